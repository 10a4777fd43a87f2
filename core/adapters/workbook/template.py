"""The calendar workbook that people start from: one sheet to fill in, one that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from core.adapters.workbook.writer import put_text
from core.domain.post import PostStatus, PostType
from core.domain.recurrence import Pattern
from core.domain.sheet_export import Cells
from core.domain.sheet_headers import Field
from core.domain.sheet_labels import LABELS, Language
from core.domain.sheet_words import VIETNAMESE_STATUS

ROWS = 500
"""Rows that are formatted and have drop-downs, if no more are needed."""
_SPARE = 50


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns, and the number of the last row that is formatted."""

    columns: Sequence[Column]
    rows: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the calendar; ``wraps`` when its texts run over several lines of a cell."""

    field: Field
    number: int = 0
    width: float = 14
    wraps: bool = False


COLUMNS = (
    Column(Field.ID, width=10),
    Column(Field.ACCOUNT, width=15),
    Column(Field.SCHEDULED_AT, width=17),
    Column(Field.CONTENT, width=62, wraps=True),
    Column(Field.TYPE, width=13),
    Column(Field.TOPIC, width=16),
    Column(Field.STATUS, width=12),
    Column(Field.FIRST_COMMENT, width=38, wraps=True),
    *(Column(Field.PART, number, 38, wraps=True) for number in range(2, 5)),
    Column(Field.VIDEO, width=34, wraps=True),
    *(Column(Field.IMAGE, number, 34, wraps=True) for number in range(1, 11)),
    Column(Field.MERGED_LINKS, width=52, wraps=True),
    Column(Field.ALT_TEXT, width=44, wraps=True),
    Column(Field.ZONE, width=18),
    Column(Field.PATTERN, width=14),
    Column(Field.DAYS, width=16),
    Column(Field.END_DATE, width=14),
)
_DATE_TIMES, _DATES = "dd/mm/yyyy hh:mm", "dd/mm/yyyy"
_INK, _PAPER, _LINE, _BAND = "1F2937", "FFFFFF", "D1D5DB", "F3F4F6"
_FILLS = {
    "what": ("0F766E", (Field.CONTENT, Field.TYPE, Field.TOPIC, Field.FIRST_COMMENT, Field.PART)),
    "where": ("1D4ED8", (Field.ID, Field.ACCOUNT, Field.SCHEDULED_AT, Field.STATUS)),
    "media": ("7C3AED", (Field.VIDEO, Field.IMAGE, Field.MERGED_LINKS, Field.ALT_TEXT)),
    "result": ("475569", (Field.PERMALINK, Field.ERROR, Field.LOCAL_TIME)),
    "repeat": ("B45309", (Field.ZONE, Field.PATTERN, Field.DAYS, Field.END_DATE)),
}
_COLOURS = {field: colour for colour, fields in _FILLS.values() for field in fields}
_SHEET_NAMES = {Language.VIETNAMESE: "Danh Sách Bài Post", Language.ENGLISH: "Calendar"}
_GUIDE = "Hướng dẫn - Guide"
_STATUS_COLOURS = {
    PostStatus.DRAFT: "E5E7EB",
    PostStatus.SCHEDULED: "DBEAFE",
    PostStatus.PUBLISHED: "DCFCE7",
    PostStatus.FAILED: "FEE2E2",
}


def write_template(
    path: Path | IO[bytes],
    language: Language,
    *,
    today: date,
    accounts: Sequence[str] = (),
    zones: Sequence[str] = (),
) -> None:
    """Write a workbook to start from, with three examples that are imported as drafts at most.

    ``accounts`` become the drop-down of the account column; the examples are theirs in turn, and their
    times in the ``zones`` of these.
    """
    rows = [_at_home(row, number, accounts, zones) for number, row in enumerate(_examples(language, today))]
    write_calendar(path, language, rows, accounts=accounts)


def write_calendar(
    path: Path | IO[bytes],
    language: Language,
    rows: Sequence[Cells],
    *,
    accounts: Sequence[str] = (),
    columns: Sequence[Column] = COLUMNS,
) -> None:
    """Write a calendar workbook with ``rows``, formatted for people."""
    book: Any = Workbook()
    sheet = book.active
    sheet.title = _SHEET_NAMES[language]
    layout = _Layout(columns, max(ROWS, len(rows) + _SPARE))
    _write_header(sheet, layout, language)
    _colour_statuses(sheet, layout, language)
    _format_rows(sheet, layout)
    for number, row in enumerate(rows, 2):
        _write_row(sheet, layout, number, row)
    _add_choices(sheet, layout, language, accounts)
    _write_guide(book.create_sheet(_GUIDE))
    book.save(path)


def _at_home(row: Cells, number: int, accounts: Sequence[str], zones: Sequence[str]) -> Cells:
    """The example with one of the accounts and its zone."""
    if not accounts or not zones:
        return row
    at = number % len(accounts)
    return {**row, (Field.ACCOUNT, 0): accounts[at], (Field.ZONE, 0): zones[at]}


def _write_header(sheet: Any, layout: _Layout, language: Language) -> None:
    for index, column in enumerate(layout.columns, 1):
        label = LABELS[column.field].name(language)
        cell = sheet.cell(1, index, f"{label} {column.number}" if column.number else label)
        cell.font = Font(name="Calibri", bold=True, color=_PAPER, size=11)
        cell.fill = PatternFill("solid", fgColor=_COLOURS[column.field])
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "E2"
    sheet.sheet_view.zoomScale = 90
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.scale = 60
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(layout.columns))}{layout.rows}"


def _format_rows(sheet: Any, layout: _Layout) -> None:
    formats = {Field.SCHEDULED_AT: _DATE_TIMES, Field.END_DATE: _DATES}
    for index, column in enumerate(layout.columns, 1):
        alignment = Alignment(horizontal="left", vertical="top", wrap_text=column.wraps)
        for number in range(2, layout.rows + 1):
            cell = sheet.cell(number, index)
            cell.number_format = formats.get(column.field, "@")
            cell.alignment = alignment
    everything = f"A2:{get_column_letter(len(layout.columns))}{layout.rows}"
    line = Side("thin", color=_LINE)
    used, band = Border(bottom=line), PatternFill("solid", bgColor=_BAND)
    _format_if(sheet, everything, "AND(COUNTA($A2:$H2)>0,MOD(ROW(),2)=1)", fill=band, border=used)
    _format_if(sheet, everything, "COUNTA($A2:$H2)>0", border=used)


def _format_if(sheet: Any, cells: str, formula: str, **style: Any) -> None:
    rule = Rule("expression", formula=[formula], dxf=DifferentialStyle(**style))
    sheet.conditional_formatting.add(cells, rule)


def _write_row(sheet: Any, layout: _Layout, number: int, row: Cells) -> None:
    known = {(column.field, column.number): index for index, column in enumerate(layout.columns, 1)}
    lines = 1
    for place, value in row.items():
        cell = sheet.cell(number, known[place])
        if not isinstance(value, str):
            cell.value = value
            continue
        put_text(cell, value)
        if place[0] is Field.PERMALINK:
            cell.hyperlink = value
        column = layout.columns[known[place] - 1]
        if column.wraps:
            lines = max(lines, sum(1 + int(len(line) / column.width) for line in value.split("\n")))
    sheet.row_dimensions[number].height = 15.5 * lines + 6


def _add_choices(sheet: Any, layout: _Layout, language: Language, accounts: Sequence[str]) -> None:
    statuses = VIETNAMESE_STATUS.values() if language is Language.VIETNAMESE else list(PostStatus)
    choices = {
        Field.TYPE: list(PostType),
        Field.STATUS: statuses,
        Field.PATTERN: list(Pattern),
        Field.ACCOUNT: accounts,
    }
    for index, column in enumerate(layout.columns, 1):
        listed = ",".join(choices.get(column.field, ()))
        if not listed or len(listed) > 255:  # noqa: PLR2004 - Excel's limit of a list in a formula
            continue
        letter = get_column_letter(index)
        validation = DataValidation(
            type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning"
        )
        validation.sqref = MultiCellRange(f"{letter}2:{letter}{layout.rows}")
        sheet.add_data_validation(validation)


def _colour_statuses(sheet: Any, layout: _Layout, language: Language) -> None:
    index = next(at for at, column in enumerate(layout.columns, 1) if column.field is Field.STATUS)
    letter = get_column_letter(index)
    for status, colour in _STATUS_COLOURS.items():
        word = VIETNAMESE_STATUS[status] if language is Language.VIETNAMESE else status.value
        fill = PatternFill("solid", bgColor=colour)
        _format_if(sheet, f"{letter}2:{letter}{layout.rows}", f'${letter}2="{word}"', fill=fill)


def _write_guide(sheet: Any) -> None:
    titles = ("Cột (VN)", "Column (EN)", "Ý nghĩa", "Meaning")
    for index, (title, width) in enumerate(zip(titles, (22, 20, 64, 64), strict=True), 1):
        cell = sheet.cell(1, index, title)
        cell.font, cell.fill = (
            Font(name="Calibri", bold=True, color=_PAPER),
            PatternFill("solid", fgColor=_INK),
        )
        sheet.column_dimensions[get_column_letter(index)].width = width
    for number, label in enumerate(LABELS.values(), 2):
        for index, text in enumerate((label.vi, label.en, label.meaning_vi, label.meaning_en), 1):
            cell = sheet.cell(number, index)
            put_text(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(name="Calibri", bold=index <= 2)  # noqa: PLR2004 - the two names
        sheet.row_dimensions[number].height = 34
    sheet.freeze_panes = "A2"


def _examples(language: Language, today: date) -> list[Cells]:
    vietnamese = language is Language.VIETNAMESE
    draft = VIETNAMESE_STATUS[PostStatus.DRAFT] if vietnamese else PostStatus.DRAFT.value
    texts = (
        ("Chào buổi sáng ☕ Hôm nay quán mở cửa từ 7 giờ.", "Good morning ☕ We open at seven today."),
        ("Bộ sưu tập mới đã về 🌿", "The new collection is here 🌿"),
        ("Ghé quán mỗi thứ Hai để nhận ưu đãi nhé!", "Come by every Monday for our special offer!"),
    )
    hello, album, weekly = (pair[0] if vietnamese else pair[1] for pair in texts)
    alt = (
        "Bình gốm trắng trên kệ gỗ\nBàn tay đang vẽ hoa văn"
        if vietnamese
        else "A white vase\nA hand painting it"
    )
    at = datetime(today.year, today.month, today.day, 9, 30)  # noqa: DTZ001 - cells have no zone
    status: Cells = {(Field.STATUS, 0): draft}
    return [
        {**status, (Field.ID, 0): "EX-1", (Field.CONTENT, 0): hello, (Field.TYPE, 0): PostType.TEXT},
        {
            **status,
            (Field.ID, 0): "EX-2",
            (Field.CONTENT, 0): album,
            (Field.TYPE, 0): PostType.CAROUSEL,
            (Field.IMAGE, 1): "https://example.com/anh-1.jpg",
            (Field.IMAGE, 2): "https://example.com/anh-2.jpg",
            (Field.ALT_TEXT, 0): alt,
        },
        {
            **status,
            (Field.ID, 0): "EX-3",
            (Field.SCHEDULED_AT, 0): at,
            (Field.CONTENT, 0): weekly,
            (Field.TYPE, 0): PostType.TEXT,
            (Field.PATTERN, 0): Pattern.WEEKLY,
            (Field.DAYS, 0): "T2" if vietnamese else "Mon",
        },
    ]
