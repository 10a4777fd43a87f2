"""Entities written as Telegram's HTML, and cut into runs of one look each."""

from __future__ import annotations

import html
import itertools
from dataclasses import dataclass

from botapi.rich_text import RichText
from botapi.wire import Json

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same entities on all of it, outermost first."""

    text: str
    entities: tuple[Json, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(entity["type"] for entity in self.entities)


def runs(rich: RichText) -> list[Run]:
    """The text in runs."""
    units = rich.text.encode("utf-16-le")
    bounds = {0, len(units) // 2}
    for entity in rich.entities:
        bounds |= {entity["offset"], entity["offset"] + entity["length"]}
    cuts = sorted(bounds)
    return [
        Run(units[start * 2 : end * 2].decode("utf-16-le", "replace"), _covering(rich, start, end))
        for start, end in itertools.pairwise(cuts)
    ]


def as_html(rich: RichText) -> str:
    """Each run in tags of its own; neighbours are joined where one entity spans them."""
    out: list[str] = []
    opened: list[Json] = []
    for run in runs(rich):
        keep = 0
        while keep < min(len(opened), len(run.entities)) and opened[keep] is run.entities[keep]:
            keep += 1
        while len(opened) > keep:
            out.append(_closing(opened.pop()))
        for entity in run.entities[keep:]:
            out.append(_opening(entity))
            opened.append(entity)
        out.append(html.escape(run.text, quote=False))
    out += [_closing(entity) for entity in reversed(opened)]
    return "".join(out)


def _covering(rich: RichText, start: int, end: int) -> tuple[Json, ...]:
    found = [
        each for each in rich.entities if each["offset"] <= start and end <= each["offset"] + each["length"]
    ]
    return tuple(sorted(found, key=lambda each: (each["offset"], -each["length"])))


def _opening(entity: Json) -> str:
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">'
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">'
        case "date_time":
            return f'<tg-time unix="{entity["unix_time"]}" format="{entity.get("date_time_format", "")}">'
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">'
        case "expandable_blockquote":
            return "<blockquote expandable>"
        case kind:
            return f"<{_TAGS[kind]}>" if kind in _TAGS else ""


def _closing(entity: Json) -> str:
    match entity["type"]:
        case "text_link" | "text_mention":
            return "</a>"
        case "date_time":
            return "</tg-time>"
        case "custom_emoji":
            return "</tg-emoji>"
        case "expandable_blockquote":
            return "</blockquote>"
        case kind:
            return f"</{_TAGS[kind]}>" if kind in _TAGS else ""
