"""What people send from a phone, as Telegram keeps it."""

from __future__ import annotations

import io
from pathlib import PurePath

from PIL import Image

from botapi.files import FileStore, Media, compressed, picture_size, thumbnail_of

_MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".mp4": "video/mp4",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".zip": "application/zip",
}


def photo(files: FileStore, data: bytes) -> Media:
    """A picture, as the JPEG that Telegram makes of it."""
    kept = compressed(data)
    width, height = picture_size(kept)
    thumbnail = files.keep("thumbnail", thumbnail_of(kept), ".jpg")
    file = files.keep("photo", kept, ".jpg")
    return Media("photo", file, mime="image/jpeg", width=width, height=height, thumbnail=thumbnail)


def video(files: FileStore, data: bytes, name: str = "clip.mp4") -> Media:
    """A clip; the server does not look inside, it is upright and lasts 8 s."""
    return Media("video", files.keep("video", data, ".mp4"), name, "video/mp4", 720, 1280, 8)


def document(files: FileStore, name: str, data: bytes, mime: str = "") -> Media:
    """A file, with the media type that its name suggests."""
    ending = PurePath(name).suffix.lower()
    kept = files.keep("document", data, ending)
    return Media("document", kept, name, mime or _MIME.get(ending, "application/octet-stream"))


def picture_or_clip(files: FileStore, data: bytes) -> Media:
    """An item of an album."""
    try:
        with Image.open(io.BytesIO(data)):
            pass
    except OSError:
        return video(files, data)
    return photo(files, data)
