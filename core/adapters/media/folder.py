"""Files in a folder that a web server serves."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from core.domain.errors import UnavailableError

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z0-9]+")


class FolderStorage:
    """Implements :class:`core.ports.media.MediaStorage`; a file is there as a whole or not at all."""

    def __init__(self, folder: Path, public_url: str) -> None:
        self._folder = folder
        self._public_url = public_url.rstrip("/")

    async def store(self, name: str, data: bytes, content_type: str) -> str:  # noqa: ARG002  # told by the suffix
        check_name(name)
        with self._telling():
            await asyncio.to_thread(_write, self._folder, name, data)
        return f"{self._public_url}/{name}"

    async def read(self, url: str, *, at_most: int) -> bytes | None:
        name = name_at(url, self._public_url)
        if name is None:
            return None
        with self._telling():
            return await asyncio.to_thread(_read, self._folder / name, at_most)

    async def stored_before(self, moment: datetime) -> list[str]:
        with self._telling():
            return await asyncio.to_thread(_older, self._folder, moment.timestamp())

    async def remove(self, name: str, *, stored_before: datetime) -> bool:
        check_name(name)
        with self._telling():
            return await asyncio.to_thread(_remove, self._folder, name, stored_before.timestamp())

    @contextmanager
    def _telling(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            raise UnavailableError(
                f"MEDIA_FOLDER {self._folder} cannot be written ({error.strerror}): check that it is a folder"
                " with room left that this user may write to."
            ) from error


def check_name(name: str) -> None:
    """Raise ValueError for a name that could lead elsewhere."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} names no file of the media library")


def name_at(url: str, public_url: str) -> str | None:
    """The name of the file of the media library at this address; None if it is no address of the library's."""
    start, _, name = url.rpartition("/")
    return name if start == public_url and _NAME.fullmatch(name) else None


def _read(path: Path, at_most: int) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(at_most + 1)
    except FileNotFoundError:
        return None
    return data if len(data) <= at_most else None


def _write(folder: Path, name: str, data: bytes) -> None:
    """The open mode is the umask's, so that the web server may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _older(folder: Path, moment: float) -> list[str]:
    if not folder.exists():
        return []
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]
    return sorted(path.name for path in found if path.stat().st_mtime < moment)


def _remove(folder: Path, name: str, moment: float) -> bool:
    """Put it aside, then look how old it is: what is stored under the name meanwhile is another file."""
    path, aside = folder / name, folder / f".{uuid4().hex}.part"
    try:
        path.rename(aside)
    except FileNotFoundError:
        return True
    if aside.stat().st_mtime < moment:
        aside.unlink()
        return True
    aside.replace(path)
    return False
