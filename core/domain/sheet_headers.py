"""The header row of a calendar sheet: which column is which, in Vietnamese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import WorkbookError
from core.domain.sheet import Merge, RawRow

HEADER_SEARCH = 10
"""The header is looked for in this many rows from the top of the sheet."""


class Field(StrEnum):
    """What a column means. Those of :data:`NUMBERED` may come several times, as in ``Link ảnh 2``."""

    CONTENT = "content"
    TYPE = "type"
    ID = "id"
    TOPIC = "topic"
    STATUS = "status"
    SKIP_AI = "skip AI"
    FIRST_COMMENT = "first comment"
    PART = "part"
    VIDEO = "video"
    IMAGE = "image"
    MERGED_LINKS = "merged links"
    ALT_TEXT = "alt text"
    ACCOUNT = "account"
    SCHEDULED_AT = "scheduled at"
    DATE = "date"
    TIME = "time"
    ZONE = "zone"
    PATTERN = "pattern"
    DAYS = "days"
    END_DATE = "end date"
    ERROR = "error"
    LOCAL_TIME = "local time"
    PERMALINK = "permalink"
    ROW_NUMBER = "row number"


NUMBERED = frozenset({Field.IMAGE, Field.PART, Field.ALT_TEXT, Field.VIDEO})
RESULTS = frozenset({Field.ERROR, Field.LOCAL_TIME, Field.PERMALINK})
"""Columns that we write into a result workbook and do not read."""

_NAMES: dict[Field, str] = {
    Field.CONTENT: "noi dung bai post|noi dung bai viet|noi dung bai dang|noi dung|bai viet|bai post|bai dang"
    "|content|text|post|post content|post text|caption|message",
    Field.TYPE: "loai bai viet|loai bai post|loai bai dang|loai bai|loai|post type|type|media type",
    Field.ID: "id|ma|ma bai|ma bai viet|ma so|post id|row id",
    Field.TOPIC: "chu de|topic|topic tag|the chu de",
    Field.STATUS: "trang thai|status|state|tinh trang",
    Field.SKIP_AI: "skip ai|bo qua ai",
    Field.FIRST_COMMENT: "comment|comment dau|comment dau tien|binh luan|binh luan dau|binh luan dau tien"
    "|first comment|first reply",
    Field.PART: "phan|part|thread part|thread|bai noi|noi dung phan",
    Field.VIDEO: "link video|video|video link|video url|lien ket video",
    Field.IMAGE: "link anh|anh|hinh|hinh anh|link hinh|link hinh anh|lien ket anh|url anh|image|image link"
    "|image url|link image|photo|photo url|photo link|picture|media|media url|media link|link media",
    Field.MERGED_LINKS: "gop link|link gop|cac link|merged links|merge links|merged link|merge link|links"
    "|media links|all links|image links|image urls|images",
    Field.ALT_TEXT: "mo ta anh|mo ta hinh|mo ta hinh anh|van ban thay the|alt text|alt|alt texts"
    "|image description",
    Field.ACCOUNT: "tai khoan|tai khoan threads|ten tai khoan|kenh|account|account name|threads account|channel",
    Field.SCHEDULED_AT: "thoi gian dang|thoi gian dang bai|thoi gian|ngay gio dang|lich dang|scheduled at"
    "|schedule|scheduled|scheduled time|scheduled for|schedule time|publish at|post at|date time|datetime",
    Field.DATE: "ngay dang|ngay dang bai|ngay|date|post date|publish date|scheduled date|schedule date",
    Field.TIME: "gio dang|gio dang bai|gio|time|post time|publish time",
    Field.ZONE: "mui gio|time zone|timezone|tz",
    Field.PATTERN: "lap lai|kieu lap|lap|chu ky|pattern|repeat|repeats|recurrence",
    Field.DAYS: "ngay trong tuan|cac ngay trong tuan|thu trong tuan|cac thu|thu|ngay lap|ngay lap lai|days"
    "|weekdays|days of week|day of week|days of the week|repeat days|repeat on",
    Field.END_DATE: "ngay ket thuc|ket thuc|den ngay|end date|until|ends|ends on|repeat until",
    Field.ERROR: "loi|error",
    Field.LOCAL_TIME: "gio dia phuong|local time",
    Field.PERMALINK: "permalink|lien ket bai dang|link bai dang|link bai viet|post link",
    Field.ROW_NUMBER: "stt|so thu tu|no|nr",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_LONGEST = 200
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_WORD = re.compile(r"[\W_]+")
_NUMBERED_NAME = re.compile(r"(?P<name>.*?) ?(?P<number>\d{1,3})")
_DECORATED = re.compile("[Đđ]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was recognised: ``label`` is its header as the file writes it."""

    field: Field
    label: str
    index: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet. ``row`` is its first row, data begins below ``last_row``.

    ``unknown`` are the labels of columns that were not recognised.
    """

    row: int
    last_row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...] = ()
    vietnamese: bool = True

    def of(self, field: Field) -> tuple[Column, ...]:
        """The columns of this field, in order of the number behind their name, then from left to right."""
        return tuple(sorted((c for c in self.columns if c.field is field), key=lambda c: (c.number, c.index)))

    def one(self, field: Field) -> Column | None:
        return next(iter(self.of(field)), None)


def plain_words(text: str) -> str:
    """Fold case, accents, punctuation and spacing away: ``Nội  dung bài POST*`` is ``noi dung bai post``."""
    decomposed = unicodedata.normalize("NFKD", _DECORATED.sub("d", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_A_WORD.sub(" ", bare).strip()


def recognise(label: str) -> tuple[Field, int] | None:
    """Say which field a header cell names, and the number behind it (0 when there is none)."""
    if len(label) > _LONGEST:
        return None
    for words in (plain_words(label), plain_words(_BRACKETED.sub(" ", label))):
        if words in _FIELDS:
            return _FIELDS[words], 0
        numbered = _NUMBERED_NAME.fullmatch(words)
        field = _FIELDS.get(numbered["name"]) if numbered else None
        if numbered and field is not None and field in NUMBERED:
            return field, int(numbered["number"])
    return None


def find_header(rows: Sequence[RawRow], merges: Sequence[Merge] = ()) -> Header | None:
    """Find the header among the first rows: the row with the most known columns, the content among them.

    Raises:
        WorkbookError: two columns have the same name.
    """
    best: tuple[int, RawRow] | None = None
    for row in rows:
        if row.number > HEADER_SEARCH:
            break
        known = _known(row)
        if Field.CONTENT in known and (best is None or len(known) > best[0]):
            best = (len(known), row)
    return _header(best[1], merges) if best else None


def score(rows: Sequence[RawRow]) -> int:
    """How many known columns the header row among these rows has; 0 when there is none."""
    found = (_known(row) for row in rows if row.number <= HEADER_SEARCH)
    return max((len(known) for known in found if Field.CONTENT in known), default=0)


def _known(row: RawRow) -> set[Field]:
    found = (recognise(cell.value) for cell in row.cells.values())
    return {field for field, _ in filter(None, found)}


def _header(row: RawRow, merges: Sequence[Merge]) -> Header:
    columns: list[Column] = []
    unknown: list[str] = []
    for index, cell in sorted(row.cells.items()):
        label = " ".join(cell.value.split())
        found = recognise(label)
        if found is None:
            unknown.append(label)
        else:
            columns.extend(
                Column(found[0], label, at, found[1]) for at in _span(row.number, index, found[0], merges)
            )
    _refuse_twins(columns)
    last_row = max(
        (m.last_row for m in merges if m.first_row <= row.number <= m.last_row), default=row.number
    )
    content = next(column.label for column in columns if column.field is Field.CONTENT)
    vietnamese = plain_words(content).startswith(("noi dung", "bai"))
    return Header(row.number, last_row, tuple(columns), tuple(unknown), vietnamese)


def _span(row: int, index: int, field: Field, merges: Sequence[Merge]) -> Iterator[int]:
    """The columns under a header cell: several when it is merged and its field may be repeated."""
    yield index
    for merge in merges:
        if merge.first_row <= row <= merge.last_row and merge.first_column == index and field in NUMBERED:
            yield from range(index + 1, merge.last_column + 1)


def _refuse_twins(columns: Sequence[Column]) -> None:
    seen: dict[tuple[Field, int], Column] = {}
    for column in columns:
        twin = seen.setdefault((column.field, column.number), column)
        if twin is column or (column.field in NUMBERED and not column.number):
            continue
        same = f'"{twin.label}"' if twin.label == column.label else f'"{twin.label}" and "{column.label}"'
        raise WorkbookError(
            f"Two columns mean the same ({same}, columns {letters(twin.index)} and {letters(column.index)}):"
            " keep one of them or rename the other."
        )


def letters(column: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
