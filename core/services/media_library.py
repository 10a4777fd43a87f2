"""The media library: a file that somebody sent becomes a picture or video that Threads can download."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from core.domain.errors import RefusedError, UnavailableError
from core.domain.media_files import PICTURE_BYTES, FileFormat, Prepared, sniff
from core.domain.post import Media, MediaKind
from core.domain.video_files import check_video, read_video
from core.ports import Clock, LeaseStore
from core.ports.media import MediaMentions, MediaStorage, PreparePicture

log = logging.getLogger(__name__)

_SHOWN: Final = 60
MEDIA_LIFE: Final = timedelta(days=60)
"""Longer than a composition is remembered; a file that is in somebody's hands is younger."""
_SWEPT_EVERY: Final = timedelta(days=1)
_OURS: Final = re.compile(r"[0-9a-f]{40}\.[a-z0-9]+")
"""Names that :meth:`MediaLibrary.keep` gives; a folder or bucket may hold files of the person's own too."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An item for a post; ``notes`` say what was changed or is doubtful, a sentence each."""

    media: Media
    notes: tuple[str, ...] = ()


class MediaSweep:
    """Removes the files that nobody needs any more, once a day whoever asks."""

    def __init__(
        self, storage: MediaStorage, mentions: MediaMentions, leases: LeaseStore, clock: Clock
    ) -> None:
        self._storage = storage
        self._mentions = mentions
        self._leases = leases
        self._clock = clock

    async def sweep_if_due(self) -> int | None:
        """Remove what was stored more than 60 days ago and no post, series or composition names; how many.

        None if that was done within a day. What is stored again meanwhile stays, and so does what has no name
        of the library's. Raises UnavailableError; the next try is a day later.
        """
        now = self._clock.now()
        if not await self._leases.take("media-sweep", uuid4().hex, until=now + _SWEPT_EVERY, now=now):
            return None
        moment = now - MEDIA_LIFE
        old = [name for name in await self._storage.stored_before(moment) if _OURS.fullmatch(name)]
        addresses = await self._mentions.addresses() if old else set[str]()
        named = {urlsplit(address).path.rpartition("/")[2] for address in addresses}
        removed = 0
        for name in old:
            if name not in named:
                removed += await self._storage.remove(name, stored_before=moment)
        log.info("media.swept", extra={"removed": removed, "old": len(old)})
        return removed


class MediaLibrary:
    """Checks, prepares and stores files."""

    def __init__(self, storage: MediaStorage, prepare: PreparePicture) -> None:
        self._storage = storage
        self._prepare = prepare

    async def keep(self, data: bytes, *, kind_hint: MediaKind | None = None, file_name: str = "") -> Kept:
        """Keep a file of any origin; what it is is known by its bytes alone.

        Its address is that of its content: the same file again has the same one, and nobody can guess it.
        ``kind_hint`` and ``file_name`` only name it in the sentences. Raises RefusedError for what Threads
        would not take, and what :class:`core.ports.media.MediaStorage` raises.
        """
        found = sniff(data)
        if found is None:
            raise RefusedError(_unknown(data, kind_hint, file_name))
        prepared = _video(data, found) if found.kind is MediaKind.VIDEO else await self._prepare(data)
        name = hashlib.sha256(prepared.data).hexdigest()[:40] + prepared.suffix
        url = await self._storage.store(name, prepared.data, prepared.content_type)
        facts = {"format": found.value, "bytes": len(prepared.data), "was_bytes": len(data)}
        log.info("media.kept", extra=facts)
        return Kept(Media(found.kind, url), prepared.notes)

    async def picture(self, media: Media) -> bytes | None:
        """The picture as it is kept here; None for a video, for what is kept elsewhere, gone or out of reach."""
        if media.kind is not MediaKind.IMAGE:
            return None
        try:
            return await self._storage.read(media.url, at_most=PICTURE_BYTES)
        except UnavailableError as error:
            log.warning("media.unread", extra={"reason": str(error)})
            return None


def _video(data: bytes, found: FileFormat) -> Prepared:
    """Videos are kept as they are."""
    notes = check_video(len(data), read_video(data))
    if found is FileFormat.MOV:
        return Prepared(data, "video/quicktime", ".mov", notes)
    return Prepared(data, "video/mp4", ".mp4", notes)


def _unknown(data: bytes, kind_hint: MediaKind | None, file_name: str) -> str:
    what = {MediaKind.IMAGE: "The picture", MediaKind.VIDEO: "The video", None: "The file"}[kind_hint]
    named = f"{what} {file_name[:_SHOWN]}".rstrip()
    if not data:
        return f"{named} is empty: send it again."
    return f"{named} is of a kind that Threads does not take: send a JPEG or PNG picture, or an MP4 or MOV video."
