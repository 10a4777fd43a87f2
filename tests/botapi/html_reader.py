"""Telegram's HTML, read as ``parse_html`` of td/telegram/MessageEntity.cpp reads it, errors included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from botapi.errors import ApiError, bad_request
from botapi.links import link_problem
from botapi.wire import Json

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_STYLES, "code", "pre", "a", "tg-emoji", "tg-time", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
DATE_FORMAT = re.compile("r|w?[dD]?[tT]?")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>/"']+)\s*(?:=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[A-Za-z0-9.-]+)(?=[\s>])))?"""
)


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def error(self, problem: str, at: int | None = None) -> ApiError:
        if at is not None:
            problem += f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"Can't parse entities: {problem}")

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "&":
                self._write(self._reference())
            elif char != "<":
                self.at += 1
                self._write(char)
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise self.error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), self.entities

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text.encode("utf-16-le", "surrogatepass")) // 2

    def _reference(self) -> str:
        match = _REFERENCE.match(self.source, self.at)
        text = _referred(match) if match else ""
        self.at = match.end() if match and text else self.at + 1
        return text or "&"

    def _start_tag(self) -> None:
        begin = self.at
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        assert name is not None
        if name.end() == len(self.source):
            raise self.error("Unclosed start tag", begin)
        tag = name.group().lower()
        if tag not in _TAGS:
            raise self.error(f'Unsupported start tag "{tag}"', begin)
        self.at = name.end()
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            blank = re.compile(r"\s*").match(self.source, self.at)
            assert blank is not None
            self.at = blank.end()
            if self.source.startswith(">", self.at):
                self.at += 1
                return attributes
            if self.at == len(self.source):
                raise self.error(f'Unclosed start tag "{tag}"', begin)
            found = _ATTRIBUTE.match(self.source, self.at)
            if found is None:
                raise self.error(f'Empty attribute name in the tag "{tag}"', begin)
            self.at = found.end()
            if self.source.startswith("=", self.at):
                raise self.error("Unexpected end of name token", self.at + 1)
            quoted = found["double"] if found["double"] is not None else found["single"]
            attributes[found["name"]] = (
                _REFERENCE.sub(lambda match: _referred(match) or match.group(), quoted)
                if quoted is not None
                else (found["token"] or "").lower()
            )

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.error("Unexpected end tag", begin)
        end = re.compile(r"</([^\s>]*)\s*").match(self.source, begin)
        assert end is not None
        if not self.source.startswith(">", end.end()):
            raise self.error("Unclosed end tag", begin)
        opened = self.open.pop()
        found = end.group(1).lower()
        if found and found != opened.tag:
            raise self.error(
                f"Unmatched end tag at byte offset {len(self.source[:begin].encode())}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        self.at = end.end() + 1
        if self.length > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        span: Json = {"offset": opened.offset, "length": self.length - opened.offset}
        match opened.tag:
            case "a":
                extra = _link(opened.attributes.get("href") or "".join(self.pieces[opened.start :]))
            case "tg-time":
                extra = self._time(opened.attributes)
            case "tg-emoji":
                extra = self._emoji(opened.attributes)
            case "blockquote":
                expandable = "expandable" in opened.attributes
                extra = {"type": "expandable_blockquote" if expandable else "blockquote"}
            case "code" | "pre":
                extra = self._program(span, opened)
            case tag:
                extra = {"type": _STYLES[tag]}
        if extra:
            self.entities.append({**extra, **span})

    def _program(self, span: Json, opened: _Open) -> Json | None:
        """A pair of ``pre`` and ``code class="language-x"`` over the same text is one entity."""
        language = opened.attributes.get("class", "").removeprefix("language-")
        last = self.entities[-1] if self.entities else {}
        paired = all(last.get(key) == span[key] for key in span)
        if opened.tag == "pre" and paired and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
            return None
        if opened.tag == "code" and paired and last["type"] == "pre" and language:
            last["language"] = language
            return None
        return {"type": opened.tag} | ({"language": language} if language and opened.tag == "code" else {})

    def _time(self, attributes: dict[str, str]) -> Json:
        unix = attributes.get("unix", "")
        if not re.fullmatch(r"[1-9][0-9]{0,9}", unix) or int(unix) >= 2**31:
            raise self.error("Invalid date specified")
        shape = attributes.get("format", "")
        if not DATE_FORMAT.fullmatch(shape):
            raise self.error("Invalid date format used")
        return {"type": "date_time", "unix_time": int(unix), "date_time_format": shape}

    def _emoji(self, attributes: dict[str, str]) -> Json:
        identifier = attributes.get("emoji-id", "")
        if not re.fullmatch(r"[1-9][0-9]{0,18}", identifier):
            raise self.error("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": identifier}


def read_html(source: str) -> tuple[str, list[Json]]:
    """The text and its entities; raises 400 "can't parse entities"."""
    return _Reader(source).read()


def _link(url: str) -> Json | None:
    """An address that Telegram does not take is shown without a link, and no error."""
    if mention := re.fullmatch(r"tg://user\?id=([0-9]+)", url):
        user = {"id": int(mention[1]), "is_bot": False, "first_name": "Somebody"}
        return {"type": "text_mention", "user": user}
    return None if link_problem(url) else {"type": "text_link", "url": url}


def _referred(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], "")
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF else ""
