"""Texts with entities, checked and tidied as Telegram does (td/telegram/MessageEntity.cpp, misc.cpp)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from botapi.errors import bad_request
from botapi.html_reader import DATE_FORMAT, read_html
from botapi.wire import Json, as_array, as_object

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITIES_LIMIT = 100
_RAW_LIMIT = 2**15
_INVISIBLE = re.compile(
    "[\u1680\u180e\u2000-\u200a\u202e\u202f\u205f\u2800\u3000\ufffc\U000e0000\U000e0001\\s]"
)
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_RUN_OF_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_GIVEN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "blockquote",
    "expandable_blockquote",
    "date_time",
}
_FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/])")),
    ("url", re.compile(r"https?://[^\s<>\"]+")),
    ("mention", re.compile(r"(?<!\w)@\w{4,32}")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)


@dataclass(frozen=True, slots=True)
class RichText:
    """A text; offsets and lengths of the entities count UTF-16 units."""

    text: str = ""
    entities: tuple[Json, ...] = ()

    def part(self, entity: Json) -> str:
        """What an entity spans."""
        units = self.text.encode("utf-16-le")
        start = entity["offset"] * 2
        return units[start : start + entity["length"] * 2].decode("utf-16-le")


def units_in(text: str) -> int:
    """The length in UTF-16 units, by which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def read_message(text: str, parse_mode: str, entities: Any) -> RichText:
    """The text of a message: 1-4096 units after parsing."""
    if not text:
        raise bad_request("message text is empty")
    rich = _read(text, parse_mode, entities)
    if not _INVISIBLE.sub("", rich.text):
        raise bad_request("text must be non-empty")
    if units_in(rich.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return rich


def read_caption(text: str, parse_mode: str, entities: Any) -> RichText:
    """A caption: up to 1024 units after parsing."""
    rich = _read(text, parse_mode, entities)
    if units_in(rich.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return rich


def typed(text: str, *, caption: bool = False) -> RichText:
    """What a person typed, as it arrives: commands, addresses, mentions and hashtags are marked.

    Raises :class:`ApiError` for what a phone does not send: nothing visible, or more than fits.
    """
    text = (read_caption if caption else read_message)(text, "", None).text
    found = [
        {"type": kind, "offset": units_in(text[: match.start()]), "length": units_in(match.group())}
        for kind, pattern in _DETECTED
        for match in pattern.finditer(text)
    ]
    return RichText(text, tuple(sorted(found, key=lambda entity: entity["offset"])))


def cleaned_text(text: str) -> str:
    """A short text such as a button's, without what Telegram removes."""
    return _cleaned(RichText(text)).text


def _read(text: str, parse_mode: str, entities: Any) -> RichText:
    if len(text.encode("utf-8", "surrogatepass")) > _RAW_LIMIT:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if text and mode not in {"", "none"}:
        if mode in {"markdown", "markdownv2"}:
            raise bad_request("this server reads no parse mode but HTML")
        if mode != "html":
            raise bad_request("Unsupported parse_mode")
        parsed, marks = read_html(text)
        return _cleaned(RichText(parsed, tuple(marks)))
    return _cleaned(RichText(text, tuple(_checked_entities(text, entities or []))))


def _checked_entities(text: str, entities: Any) -> list[Json]:
    given = as_array(entities)
    if given is None:
        raise bad_request("Can't parse entities JSON object")
    length = units_in(text)
    checked: list[Json] = []
    for each in given:
        entity = as_object(each) or {}
        if problem := _entity_problem(entity, length):
            raise bad_request(f"Can't parse MessageEntity: {problem}")
        if entity["type"] in _GIVEN and entity["length"]:
            checked.append(entity)
    return checked


def _entity_problem(fields: Json, length: int) -> str | None:
    for name in ("offset", "length"):
        if not isinstance(fields.get(name), int):
            return f'Field "{name}" must be a valid Number'
        if fields[name] < 0:
            return f"Receive an entity with incorrect {name} {fields[name]}"
    if fields.get("type") not in _GIVEN | _FOUND:
        return "Unsupported type specified"
    if fields["offset"] + fields["length"] > length:
        return (
            f"Entity beginning at UTF-16 offset {fields['offset']} ends after the end of the text at "
            f"UTF-16 offset {fields['offset'] + fields['length']}"
        )
    return _fields_problem(fields)


def _fields_problem(entity: Json) -> str | None:
    match entity["type"]:
        case "text_link" if not entity.get("url"):
            return 'Field "url" must be of type String'
        case "date_time":
            if not isinstance(entity.get("unix_time"), int) or entity["unix_time"] <= 0:
                return "Invalid date specified"
            if not DATE_FORMAT.fullmatch(entity.get("date_time_format", "")):
                return "Invalid date-time format specified"
        case _:
            pass
    return None


def _cleaned(rich: RichText) -> RichText:
    """Without control characters, line and paragraph separators and direction overrides; trimmed."""
    try:
        rich.text.encode()
    except UnicodeEncodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None
    text = _RUN_OF_MARKS.sub(lambda marks: "\u200c" * len(marks.group()), rich.text)
    kept: list[str] = []
    moved: list[int] = []
    position = 0
    for char in text:
        width = 2 if ord(char) > 0xFFFF else 1
        moved += [position, position + 1][:width]
        if not _REMOVED.match(char):
            kept.append(_BLANKED.sub(" ", char))
            position += width
    moved.append(position)
    entities = [_moved(entity, moved) for entity in rich.entities]
    return _trimmed("".join(kept), [entity for entity in entities if entity["length"]])


def _moved(entity: Json, moved: list[int]) -> Json:
    offset, length = int(entity["offset"]), int(entity["length"])
    start, end = moved[offset], moved[offset + length]
    return {**entity, "offset": start, "length": end - start}


def _trimmed(text: str, entities: list[Json]) -> RichText:
    right = text.rstrip(" \n")
    end = units_in(right)
    first = min((entity["offset"] for entity in entities), default=end)
    cut = min(len(right) - len(right.lstrip(" \n")), first)
    marks = [
        {
            **entity,
            "offset": entity["offset"] - cut,
            "length": min(entity["offset"] + entity["length"], end) - entity["offset"],
        }
        for entity in entities
        if entity["offset"] < end
    ]
    return RichText(right[cut:], tuple(marks[:ENTITIES_LIMIT]))
