"""Pictures and videos of a post: which addresses may be used, and what each of them is."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from core.domain.errors import RefusedError
from core.domain.post import Media, MediaKind

MEDIA_LIMIT = 20
"""Items of a carousel (threads_api fact sheet §3.1); two at least make one."""

ALT_TEXT_LIMIT = 1000
"""Characters of an item's description (threads_api fact sheet §3)."""

_IMAGES = (
    ".jpg",
    ".jpeg",
    ".jpe",
    ".png",
    ".gif",
    ".webp",
    ".heic",
    ".heif",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
    ".avif",
)
_VIDEOS = (".mp4", ".mov", ".m4v", ".avi", ".webm", ".mkv", ".flv", ".wmv", ".mpg", ".mpeg", ".3gp")
_ACCEPTED = {MediaKind.IMAGE: (".jpg", ".jpeg", ".jpe", ".png"), MediaKind.VIDEO: (".mp4", ".mov", ".m4v")}
_ACCEPTED_WORDS = {MediaKind.IMAGE: "JPEG and PNG pictures", MediaKind.VIDEO: "MP4 and MOV videos"}
_PAGES = re.compile(
    r"(?:drive|docs|photos)\.google\.com|photos\.app\.goo\.gl|(?:www\.)?dropbox\.com|1drv\.ms|onedrive\.live\.com"
    r"|(?:www\.|m\.)?(?:youtube\.com|facebook\.com|instagram\.com|tiktok\.com|threads\.(?:net|com))|youtu\.be",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"[?&](?:export=download|dl=1|raw=1)\b|/uc\?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(
    r"localhost|\[[0-9a-f:.]+\]|[\w\u00a1-\uffff-]+(?:\.[\w\u00a1-\uffff-]+)+\.?", re.IGNORECASE
)
_KEPT = "".join(map(chr, range(0x21, 0x7F)))
_BLANKS = re.compile(r"[^\S\n]+")
_SEPARATOR = re.compile(
    r"""\s*[\n;|]\s*              # always ends an address
      | \s*,\s+ | \s+,\s*         # so does a comma with a blank beside it
      | ,(?=https?://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)   # or before the next address; else it belongs to one
      | \s+(?=https?://)""",
    re.IGNORECASE | re.VERBOSE,
)


def split_links(text: str) -> tuple[str, ...]:
    """Split a text that lists addresses; they stand on lines, or apart by ``,`` ``;`` ``|`` or a blank."""
    blanks_joined = _BLANKS.sub(" ", text)
    return tuple(part for part in (piece.strip(" ,") for piece in _SEPARATOR.split(blanks_joined)) if part)


def media_url(text: str) -> str:
    """Complete and check an address: ``https://`` is put before it when it has no scheme.

    Blanks and letters beyond ASCII are encoded, in path and query by percent signs, in the host by IDNA.

    Raises:
        RefusedError: it is no http(s) address that Threads could download from.
    """
    written = text.strip().strip("<>\"'")
    url = written if _SCHEME.match(written) else f"https://{written.removeprefix('//')}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        address = parts._replace(netloc=parts.netloc.encode("idna").decode()).geturl()
    except ValueError:
        host = address = ""
    known = _HOST.fullmatch(f"[{host}]" if ":" in host else host) is not None
    if not known or "\\" in url or not url.lower().startswith(("http://", "https://")):
        raise RefusedError(
            f'"{_short(written)}" is no web address: write one such as https://example.com/photo.jpg.'
        )
    return quote(address, safe=_KEPT)


def kind_of(url: str) -> MediaKind:
    """What an address most likely holds, by its file extension: a picture unless it is a video's."""
    return MediaKind.VIDEO if _suffix(url) in _VIDEOS else MediaKind.IMAGE


def doubt(media: Media) -> str:
    """Say why Threads may not take an item, in one sentence; empty when nothing speaks against it."""
    if _PAGES.fullmatch(urlsplit(media.url).netloc) and not _DIRECT.search(media.url):
        return f"{_short(media.url)} is a web page, not a file: use an address at which the file itself is downloaded."
    suffix = _suffix(media.url)
    if suffix in (*_IMAGES, *_VIDEOS) and suffix not in _ACCEPTED[media.kind]:
        if suffix in _ACCEPTED[MediaKind.IMAGE] or suffix in _ACCEPTED[MediaKind.VIDEO]:
            return (
                f"{_short(media.url)} is meant as {media.kind} but is called {suffix}: check that it is one."
            )
        return f"{_short(media.url)} is a {suffix} file: Threads takes {_ACCEPTED_WORDS[media.kind]} only."
    return ""


def _suffix(url: str) -> str:
    _, dot, suffix = urlsplit(url).path.rpartition("/")[2].rpartition(".")
    return dot + suffix.lower()


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
