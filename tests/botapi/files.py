"""The files that Telegram keeps, and what it takes for a photo."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from botapi.errors import ApiError, bad_request
from botapi.wire import Json

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE
UPLOAD_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
LINK_LIFETIME = 3600
_SIDES = 10_000
_RATIO = 20
_FOLDERS = {"photo": "photos", "video": "videos", "document": "documents", "animation": "animations"}


@dataclass(eq=False, slots=True, repr=False)
class StoredFile:
    """One file; ``link_until`` is when the path that getFile gave ends to work."""

    id: str
    unique_id: str
    path: str
    data: bytes
    link_until: float = 0

    def as_json(self, *, with_path: bool = False) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        } | ({"file_path": self.path} if with_path else {})


@dataclass(slots=True)
class FileStore:
    """Everything uploaded, by id and by path."""

    by_id: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])
    by_path: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])

    def keep(self, kind: str, data: bytes, extension: str) -> StoredFile:
        number = len(self.by_id)
        digest = hashlib.sha256(f"{number}:{kind}".encode() + data).hexdigest()
        path = f"{_FOLDERS.get(kind, kind)}/file_{number}{extension}"
        file = StoredFile(f"{kind[:3].upper()}AAxkBAAI{digest[:50]}", f"AQAD{digest[50:62]}", path, data)
        self.by_id[file.id] = self.by_path[path] = file
        return file


@dataclass(eq=False, slots=True)
class Media:
    """What a message carries besides text; ``file`` is what was sent, byte for byte."""

    kind: str
    file: StoredFile
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0
    thumbnail: StoredFile | None = None

    def as_json(self) -> Json:
        """The field of a Message that is named as :attr:`kind`."""
        if self.kind == "photo":
            return {"photo": self._photo_sizes()}
        fields: Json = self.file.as_json()
        if self.name:
            fields["file_name"] = self.name
        if self.mime:
            fields["mime_type"] = self.mime
        if self.kind in {"video", "animation"}:
            fields |= {"width": self.width, "height": self.height, "duration": self.duration}
        if self.kind in {"voice", "audio", "video_note"}:
            fields["duration"] = self.duration
        if self.kind == "video_note":
            fields["length"] = self.width
        return {self.kind: fields}

    def _photo_sizes(self) -> list[Json]:
        full = self.file.as_json() | {"width": self.width, "height": self.height}
        if self.thumbnail is None:
            return [full]
        ratio = 90 / max(self.width, self.height)
        small = {"width": max(1, int(self.width * ratio)), "height": max(1, int(self.height * ratio))}
        return [self.thumbnail.as_json() | small, full]


def check_upload(kind: str, data: bytes) -> None:
    """Refuse what is empty or too big."""
    if not data:
        raise bad_request("file must be non-empty")
    if kind == "photo" and len(data) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    if len(data) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture that decodes; raises as Telegram does for a photo that is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if width + height > _SIDES or max(width, height) > _RATIO * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            picture.load()
            return width, height
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def compressed(data: bytes) -> bytes:
    """A photo as Telegram keeps it: a JPEG of at most 2560 pixels a side; such a JPEG stays as it is."""
    with Image.open(io.BytesIO(data)) as picture:
        if picture.format == "JPEG" and max(picture.size) <= 2560:
            return data
        smaller = picture.convert("RGB")
    smaller.thumbnail((2560, 2560))
    return _jpeg(smaller)


def thumbnail_of(data: bytes) -> bytes:
    """A JPEG of at most 90 pixels a side."""
    with Image.open(io.BytesIO(data)) as picture:
        smaller = picture.convert("RGB")
    smaller.thumbnail((90, 90))
    return _jpeg(smaller)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=87)
    return out.getvalue()
