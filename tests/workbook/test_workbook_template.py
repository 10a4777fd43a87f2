"""The workbooks that people start from and try the system with."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.adapters.workbook import read_workbook
from core.adapters.workbook.template import write_template
from core.domain.post import MediaKind, PostType
from core.domain.recurrence import Pattern, occurrences
from core.domain.sheet import SheetReport
from core.domain.sheet_headers import Field, recognise
from core.domain.sheet_labels import LABELS, Language
from core.domain.sheet_rows import read_rows

NOW = datetime(2027, 2, 27, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples"
ACCOUNTS = ("tiem-ca-phe", "shop-gom", "sach-cu")


async def check(path: Path) -> SheetReport:
    zones: dict[str | None, str] = dict.fromkeys((None, *ACCOUNTS), "Asia/Ho_Chi_Minh")
    data = await asyncio.to_thread(path.read_bytes)
    return read_rows(await read_workbook(data, path.name), default_zone_of=zones, now=NOW)


@pytest.mark.parametrize("language", Language)
async def test_a_fresh_template_is_imported_as_drafts(language: Language, tmp_path: Path) -> None:
    """Who forgets to delete the examples publishes nothing."""
    path = tmp_path / "mau.xlsx"
    write_template(path, language, today=date(2027, 3, 1))
    report = await check(path)
    assert report.errors == ()
    assert [row.is_draft for row in report.rows] == [True] * 3
    assert not [note for note in report.notes if "Not known" in note]


@pytest.mark.parametrize("language", Language)
def test_a_template_is_pleasant_to_fill_in(language: Language, tmp_path: Path) -> None:
    """The header stays in view, choices drop down, IDs and texts stay texts, and a second sheet explains."""
    path = tmp_path / "mau.xlsx"
    write_template(path, language, today=date(2027, 3, 1), accounts=ACCOUNTS)
    book: Any = load_workbook(io.BytesIO(path.read_bytes()))
    sheet, guide = book.worksheets
    assert sheet.freeze_panes == "E2"
    choices = [validation.formula1 for validation in sheet.data_validations.dataValidation]
    assert f'"{",".join(ACCOUNTS)}"' in choices
    assert any("CAROUSEL" in choice for choice in choices)
    assert any("WEEKLY" in choice for choice in choices)
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet[f"{columns[LABELS[Field.ID].name(language)]}9"].number_format == "@"
    assert "hh:mm" in sheet[f"{columns[LABELS[Field.SCHEDULED_AT].name(language)]}9"].number_format
    explained = {row[0].value for row in guide.iter_rows(min_row=2)}
    assert explained == {label.vi for label in LABELS.values()}


@pytest.mark.parametrize("field", LABELS)
def test_what_we_write_is_what_we_read(field: Field) -> None:
    """Every column name of ours is recognised in both languages."""
    for language in Language:
        found = recognise(LABELS[field].name(language))
        assert found is not None
        assert found[0] is field


async def test_the_example_is_a_fortnight_of_three_shops() -> None:
    """It shows every kind of post, has no fault and no warning, and every picture is in the sandbox."""
    report = await check(EXAMPLES / "content-calendar.xlsx")
    assert (report.errors, report.warnings, report.notes, report.duplicates) == ((), (), (), ())
    assert len(report.rows) >= 34
    assert {row.account for row in report.rows} == set(ACCOUNTS)
    types = Counter(row.content.type for row in report.rows)
    assert types[PostType.CAROUSEL] >= 3
    assert types[PostType.VIDEO] >= 1
    assert min(types[PostType.TEXT], types[PostType.IMAGE]) >= 5
    media = [item for row in report.rows for item in row.content.media]
    assert all(item.url.startswith("http://sandbox.localhost/media/") for item in media)
    assert any(item.alt_text for item in media)
    assert any(item.kind is MediaKind.VIDEO for item in media)
    assert any(row.content.first_comment for row in report.rows)
    assert any(len(row.content.replies) > 1 for row in report.rows)
    assert any(row.content.topic for row in report.rows)
    assert report.first == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
    assert report.last is not None
    assert report.last < datetime(2027, 3, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize("name", ["content-calendar.xlsx", "content-calendar-en.xlsx"])
async def test_the_examples_have_a_series_of_two_fridays(name: str) -> None:
    """A weekly post happens twice in the fortnight, a date range three times."""
    report = await check(EXAMPLES / name)
    assert report.errors == ()
    rules = [row.recurrence for row in report.rows if row.recurrence]
    counts = {rule.pattern: len(list(occurrences(rule))) for rule in rules}
    assert counts == {Pattern.WEEKLY: 2, Pattern.DATE_RANGE: 3}
