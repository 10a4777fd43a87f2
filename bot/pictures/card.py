"""A post as Threads shows it: account, text, media, link, and the parts and comment under it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.pictures.canvas import MARGIN, SCALE, WIDTH, Box, Canvas, Type
from bot.pictures.gallery import gallery
from bot.pictures.lettering import drawable, has_tiles
from bot.pictures.palette import AVATARS, FAINT, INK, LINE, LINK, MUTED, PAPER, SHADE, WARNING
from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import Preview
from core.domain.access import Language
from core.domain.text import clean_text, count_text

_AVATAR = 40
_LEFT = MARGIN + _AVATAR + 14
_ROOM = WIDTH - MARGIN - _LEFT
_NAME = Type(15.5, bold=True)
_BODY = Type(15.5)
_NOTE = Type(12, colour=MUTED)
_LINE_HEIGHT = 23
_LINES, _REPLY_LINES = 30, 10
_MOST_PARTS = 4
_TOPIC_ROOM = 130
_MOST_LETTERS = 3000
_TALLEST = 3000
_TINTED = re.compile(
    r"https?://[^\s]*[^\s.,;:!?'\")\]]|\bwww\.[^\s]*[^\s.,;:!?'\")\]]|(?<![\w@.])@\w[\w.]*\w|(?<![\w#&])#\w+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Link:
    """One post of the chain: ``label`` says what it is, ``last`` that no line leads on from it."""

    text: str
    label: str
    lines: int
    last: bool
    topic: str = ""
    when: str = ""


def preview_card(preview: Preview, language: Language) -> bytes:
    """Draw the card as a PNG. Very long texts are cut, with the number of characters left out."""
    words = phrases(language)
    canvas = Canvas(_TALLEST)
    y = 22.0
    for number, link in enumerate(_chain(preview, words)):
        top = y
        y = _head(canvas, y, preview.username.removeprefix("@"), link)
        y = _text(canvas, y, link, words)
        if number == 0:
            y = _attachments(canvas, y, preview, words)
        y = _counter(canvas, y, link, preview.limit)
        if not link.last:
            canvas.box(Box(MARGIN + _AVATAR / 2 - 1, top + _AVATAR + 8, 2, y - top - _AVATAR - 2), LINE, 1)
            y += 14
    written = (preview.text, *preview.parts[:_MOST_PARTS], preview.first_comment, preview.topic)
    if any(has_tiles(drawable(text[:_MOST_LETTERS])) for text in written):
        y = _footnote(canvas, y, words)
    return canvas.png(y + 16)


def _chain(preview: Preview, words: Phrases) -> Iterator[_Link]:
    """The post, its parts and its first comment; of many parts the first few."""
    parts = preview.parts[:_MOST_PARTS]
    hidden = len(preview.parts) - len(parts)
    comment = preview.first_comment
    count = len(preview.parts) + 1
    numbered = [f"{number}/{count}" if count > 1 else "" for number in range(1, len(parts) + 2)]
    if hidden:
        numbered[-1] += f"   {words.more_parts.format(hidden)}"
    alone = not parts and not comment
    yield _Link(preview.text, numbered[0], _LINES, alone, preview.topic.removeprefix("#"), preview.when)
    for number, part in enumerate(parts, start=1):
        yield _Link(part, numbered[number], _REPLY_LINES, number == len(parts) and not comment)
    if comment:
        yield _Link(comment, words.first_comment, _REPLY_LINES, last=True)


def _head(canvas: Canvas, y: float, name: str, link: _Link) -> float:
    colour = AVATARS[zlib.crc32(name.encode("utf-8", "surrogatepass")) % len(AVATARS)]
    middle = y + _AVATAR / 2
    canvas.circle(MARGIN + _AVATAR / 2, middle, _AVATAR / 2, colour)
    letter = (drawable(name).strip() or "?")[0].upper()
    canvas.text(MARGIN + _AVATAR / 2, middle + 6.5, letter, Type(18, bold=True, colour=PAPER), "middle")
    right = float(WIDTH - MARGIN)
    if link.label:
        canvas.text(right, y + 16, link.label, _NOTE, "right")
        right -= _NOTE.width(link.label) + 12
    x = _fitted(canvas, _LEFT, right - (_TOPIC_ROOM if link.topic else 0), y, name, _NAME)
    if link.topic:
        x = canvas.text(x + 7, y + 16, "\u203a", Type(15.5, colour=FAINT))
        x = _fitted(canvas, x + 7, right, y, link.topic, _NAME)
    if link.when:
        _fitted(canvas, x + 10, right, y, link.when, Type(13, colour=FAINT))
    return y + 24


def _fitted(canvas: Canvas, x: float, right: float, y: float, text: str, kind: Type) -> float:
    return canvas.text(x, y + 16, kind.face.fit(text, (right - x) * SCALE), kind)


def _text(canvas: Canvas, y: float, link: _Link, words: Phrases) -> float:
    text = drawable(link.text[:_MOST_LETTERS]).strip("\n ")
    if not text:
        canvas.text(_LEFT, y + 17, words.empty_post, Type(15.5, colour=FAINT))
        return y + _LINE_HEIGHT
    tints = [match.span() for match in _TINTED.finditer(text)]
    for number, (start, end) in enumerate(_BODY.face.wrap(text, _ROOM * SCALE)):
        if number == link.lines:
            left = len(text) - start + max(0, len(link.text) - _MOST_LETTERS)
            canvas.text(_LEFT, y + 17, words.more_lines.format(words.whole(left)), Type(13, colour=MUTED))
            return y + _LINE_HEIGHT
        x = float(_LEFT)
        for first, last, tinted in _spans(start, end, tints):
            x = canvas.text(x, y + 17, text[first:last], Type(15.5, colour=LINK if tinted else INK))
        y += _LINE_HEIGHT
    return y


def _spans(start: int, end: int, tints: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """The pieces of a line, and whether each is a link, a topic or a mention."""
    at = start
    for first, last in tints:
        if first < end and last > at:
            yield at, max(at, first), False
            yield max(at, first), min(end, last), True
            at = min(end, last)
    yield at, end, False


def _attachments(canvas: Canvas, y: float, preview: Preview, words: Phrases) -> float:
    if preview.media:
        y = gallery(canvas, Box(_LEFT, y + 8, _ROOM, 0), preview.media, words) + 4
    if preview.link:
        card = Box(_LEFT, y + 8, _ROOM, 58)
        canvas.framed(card, LINE, SHADE, 10)
        canvas.box(Box(card.x + 10, card.y + 10, 38, 38), PAPER, 8)
        canvas.fitted(Box(card.x + 10, card.y + 10, 38, 38), "\u2197", Type(20, colour=LINK), "middle")
        canvas.fitted(Box(card.x + 60, card.y + 9, _ROOM - 72, 18), _host(preview.link), Type(14, bold=True))
        canvas.fitted(Box(card.x + 60, card.y + 31, _ROOM - 72, 16), preview.link, _NOTE)
        y = card.bottom + 4
    return y


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or link).removeprefix("www.")
    except ValueError:
        return link


def _counter(canvas: Canvas, y: float, link: _Link, limit: int) -> float:
    used = count_text(clean_text(link.text)).doc
    kind = Type(12, bold=True, colour=WARNING) if used > limit else _NOTE
    sign = "\u26a0 " if used > limit else ""
    canvas.text(WIDTH - MARGIN, y + 16, f"{sign}{used}/{limit}", kind, "right")
    return y + 22


def _footnote(canvas: Canvas, y: float, words: Phrases) -> float:
    canvas.box(Box(MARGIN, y + 10, WIDTH - 2 * MARGIN, 0.5), LINE)
    y += 14
    for start, end in _NOTE.face.wrap(words.replaced, (WIDTH - 2 * MARGIN) * SCALE):
        canvas.text(MARGIN, y + 13, words.replaced[start:end], _NOTE)
        y += 17
    return y
