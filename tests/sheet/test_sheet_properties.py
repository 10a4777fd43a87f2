"""Whatever stands in a sheet, it is read, and every row is accounted for."""

from __future__ import annotations

from datetime import date, datetime, time
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import NOW, ZONES, Value, read, sheet

from core.domain.errors import WorkbookError
from core.domain.sheet import Cell, CellKind, Merge, RawSheet, SheetReport
from core.domain.sheet_labels import LABELS
from core.domain.sheet_rows import read_rows

WORDS = st.sampled_from(
    [
        "WEEKLY monthly hàng ngày IMAGE VIDEO TEXT ĐÃ ĐĂNG",
        "NHÁP",
        "LỖI",
        "ĐANG CHỜ",
        "https://x.vn/a.jpg",
        "x.vn/b.mp4",
        "T2, T4",
        "shop-gom",
        "01/03/2027 09:30",
        "9h30",
        "31/02/2027",
        "Berlin",
        "UTC+7",
        "#N/A",
        "=1+1",
        "undefined",
        "-",
    ]
)
TEXTS = st.text(max_size=30)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    WORDS,
    TEXTS,
    st.integers(-5, 50_000),
    st.floats(-1, 2, allow_nan=False),
    st.booleans(),
    st.datetimes(min_value=datetime(1905, 1, 1), max_value=datetime(9999, 1, 1)),  # noqa: DTZ001 - cells have no zone
    st.dates(min_value=date(1905, 1, 1)),
    st.times().map(lambda at: time(at.hour, at.minute)),
    st.builds(
        Cell, st.just(""), st.sampled_from((CellKind.ERROR, CellKind.UNCALCULATED)), TEXTS.filter(bool)
    ),
)
HEAD = [label.vi for label in LABELS.values()]
ROWS = st.lists(st.lists(VALUES, min_size=len(HEAD), max_size=len(HEAD)), max_size=4)


def merge(row: int, height: int, column: int, width: int) -> Merge:
    return Merge(row, row + height, column, column + width)


MERGES = st.lists(
    st.builds(merge, *(st.integers(low, 6) for low in (1, 0, 1, 0))),
    max_size=3,
)


@given(ROWS, MERGES)
def test_every_row_is_accounted_for(rows: list[list[Value]], merges: list[Merge]) -> None:
    """A row is imported, an error, a duplicate or left out; every problem names its row and mends it."""
    report = read(HEAD, *rows, merges=merges)
    bad = {problem.row for problem in report.errors}
    good = {row.row for row in report.rows}
    doubles = {duplicate.row for duplicate in report.duplicates}
    assert len(bad) + len(good) + len(doubles) + len(report.left_out) == report.total
    assert not (bad & good) | (bad & doubles) | (good & doubles)
    for problem in (*report.errors, *report.warnings):
        assert problem.cause
        assert problem.remedy
        assert problem.cell.endswith(str(problem.row))
    for row in report.rows:
        assert row.content.text or row.content.media
        assert row.scheduled_at is None or row.scheduled_at > NOW


@given(st.lists(st.lists(VALUES, max_size=6), max_size=5))
def test_any_sheet_is_read_or_refused_in_a_sentence(rows: list[list[Value]]) -> None:
    """A sheet without a usable header is refused; nothing else can happen."""
    found = outcome(sheet(*rows))
    assert isinstance(found, SheetReport) or str(found).endswith(".")


def outcome(raw: RawSheet) -> SheetReport | WorkbookError:
    try:
        return read_rows(raw, default_zone_of=ZONES, now=NOW)
    except WorkbookError as error:
        return error


@given(ROWS)
def test_reading_twice_gives_the_same(rows: list[list[Value]]) -> None:
    """Checking and importing see one and the same thing."""
    assert read(HEAD, *rows) == read(HEAD, *rows)


@pytest.mark.parametrize(
    "filling",
    [
        "a",
        " ",
        "\n",
        ")",
        "https://a ",
        "www.a.b ",
        ",a.b/",
        "😀",
        "ệ",
        "jan",
        "01/03/2027 ",
        "T2,",
        "_x0041_",
        "thu ",
    ],
)
def test_no_cell_keeps_its_reader_busy(filling: str) -> None:
    """A row full of the longest cells that Excel allows is judged in a moment."""
    began = monotonic()
    read(HEAD, [(filling * 32_767)[:32_767]] * len(HEAD))
    assert monotonic() - began < 10
