"""From a calendar sheet to posts: reads every row, and says of each bad one what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.duplicates import content_hash
from core.domain.errors import WorkbookError
from core.domain.post import PostStatus
from core.domain.sheet import Duplicate, Problem, RawSheet, SheetReport, SheetRow
from core.domain.sheet_content import read_content
from core.domain.sheet_headers import Field, Header, find_header, letters
from core.domain.sheet_lines import Line, lines_of
from core.domain.sheet_problems import CellError, RowProblems, quoted
from core.domain.sheet_schedule import read_account, read_schedule
from core.domain.sheet_words import status_of

_LISTED = 10
_DUPLICATE_WINDOW = timedelta(hours=24)
_LONGEST_ID = 100
_ON_THE_WAY = (PostStatus.PUBLISHED, PostStatus.PUBLISHING)


def read_rows(
    sheet: RawSheet,
    *,
    default_zone_of: Mapping[str | None, str],
    now: datetime,
    default_account: str | None = None,
    apart: timedelta = _DUPLICATE_WINDOW,
    live: Container[int] = (),
) -> SheetReport:
    """Read all rows of ``sheet``.

    ``default_zone_of`` maps each known account name to its IANA zone, and None to the zone of rows that
    name no account. ``now`` is aware: what lies before it cannot be scheduled. A row whose text, media
    and account repeat an earlier row's is left out as a duplicate, unless their times are ``apart`` or
    more; series are not compared, and rows that name no account belong to ``default_account``. The rows
    ``live`` are known to be published already and are left out, whatever their cells say.

    Raises:
        WorkbookError: the sheet has no header, or a header with two columns of the same meaning.
    """
    header = find_header(sheet.rows, sheet.merges)
    if header is None:
        raise WorkbookError(
            f'The sheet "{sheet.name}" has no header row with "Nội dung bài post" or "Content".'
        )
    lines = lines_of(sheet, header)
    reading = _Reading(header, default_zone_of, now, default_account, apart, live)
    for line in lines:
        reading.add(line)
    return SheetReport(
        total=len(lines) - len(reading.empty),
        rows=tuple(reading.rows),
        errors=tuple(reading.errors),
        warnings=tuple(reading.warnings),
        duplicates=tuple(reading.duplicates),
        left_out=tuple(reading.left_out),
        marked=reading.marked,
        notes=tuple(_notes(sheet, header, lines, reading)),
    )


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    header: Header
    default_zone_of: Mapping[str | None, str]
    now: datetime
    default_account: str | None
    apart: timedelta
    live: Container[int]
    rows: list[SheetRow] = field(default_factory=list[SheetRow])
    errors: list[Problem] = field(default_factory=list[Problem])
    warnings: list[Problem] = field(default_factory=list[Problem])
    duplicates: list[Duplicate] = field(default_factory=list[Duplicate])
    left_out: list[int] = field(default_factory=list[int])
    marked: dict[int, str] = field(default_factory=dict[int, str])
    failed: list[int] = field(default_factory=list[int])
    empty: list[int] = field(default_factory=list[int])
    seen: dict[tuple[str | None, str], list[SheetRow]] = field(
        default_factory=dict[tuple[str | None, str], list[SheetRow]]
    )
    ids: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, line: Line) -> None:
        problems = RowProblems(line.row)
        status = _read_status(line, problems)
        if status in _ON_THE_WAY or line.row in self.live:
            self.left_out.append(line.row)
            self.marked[line.row] = line.text(Field.ID, RowProblems(line.row))
            return
        if not line.holds_a_post:
            self.empty.append(line.row)
            return
        row = self._read(line, status, problems)
        self.errors.extend(sorted(problems.errors, key=_from_left_to_right))
        self.warnings.extend(sorted(problems.warnings, key=_from_left_to_right))
        if status is PostStatus.FAILED:
            self.failed.append(line.row)
        if not problems.errors and not self._is_duplicate(row):
            self.rows.append(row)

    def _read(self, line: Line, status: PostStatus | None, problems: RowProblems) -> SheetRow:
        sheet_id = self._read_id(line, problems)
        account = read_account(line, self.default_zone_of, problems)
        texts = RowProblems(line.row)
        content = read_content(line, self.header, texts)
        times = RowProblems(line.row)
        schedule = read_schedule(line, self.header, self.default_zone_of[account], self.now, times)
        if status is PostStatus.DRAFT:
            # It is not scheduled, so whatever its time is keeps nobody from importing it.
            times = RowProblems(line.row, warnings=times.errors + times.warnings)
        for found in (texts, times):
            problems.errors.extend(found.errors)
            problems.warnings.extend(found.warnings)
        row = SheetRow(
            row=line.row,
            sheet_id=sheet_id,
            account=account,
            content=content,
            content_hash=content_hash(content),
            scheduled_at=schedule.at,
            zone=schedule.zone,
            recurrence=schedule.recurrence,
        )
        return _with_status(row, status, line, self.header, problems)

    def _read_id(self, line: Line, problems: RowProblems) -> str | None:
        sheet_id = line.text(Field.ID, problems)
        if not sheet_id:
            return None
        column = self.header.one(Field.ID)
        first = self.ids.setdefault(sheet_id, line.row)
        if first != line.row:
            cause = f"Row {first} has the ID {quoted(sheet_id)} too."
            problems.error(column, CellError(cause, "Give each row an ID of its own, or clear the cell."))
        if len(sheet_id) > _LONGEST_ID:
            cause = f"The ID has {len(sheet_id)} characters and {_LONGEST_ID} are allowed."
            problems.error(column, CellError(cause, "Shorten it."))
        return sheet_id

    def _is_duplicate(self, row: SheetRow) -> bool:
        if row.recurrence is not None:
            return False
        alike = self.seen.setdefault((row.account or self.default_account, row.content_hash), [])
        near = next((other for other in alike if self._are_near(row, other)), None)
        if near is not None:
            self.duplicates.append(Duplicate(row.row, near.row))
            return True
        if alike:
            cause = f"It says the same as row {alike[-1].row}, at another time."
            self.warnings.append(
                Problem(row=row.row, cause=cause, remedy="Change the text if that is not meant.")
            )
        alike.append(row)
        return False

    def _are_near(self, row: SheetRow, other: SheetRow) -> bool:
        if row.scheduled_at is None or other.scheduled_at is None:
            return True
        return abs(row.scheduled_at - other.scheduled_at) < self.apart


def _from_left_to_right(problem: Problem) -> tuple[int, str]:
    return len(problem.cell), problem.cell


def _read_status(line: Line, problems: RowProblems) -> PostStatus | None:
    found = line.cell(Field.STATUS)
    word = line.text(Field.STATUS, problems)
    status = status_of(word)
    if found and word and status is None:
        remedy = "It is not looked at; write DRAFT/NHÁP, SCHEDULED/ĐANG CHỜ, PUBLISHED/ĐÃ ĐĂNG or FAILED/LỖI."
        problems.warn(found[0], f"{quoted(word)} is no status.", remedy)
    return status


def _with_status(
    row: SheetRow, status: PostStatus | None, line: Line, header: Header, problems: RowProblems
) -> SheetRow:
    """A row marked as a draft stays one; one marked as scheduled needs a time."""
    found = line.cell(Field.STATUS)
    column = found[0] if found else header.one(Field.STATUS)
    word = found[1].value if found else ""
    if status is PostStatus.SCHEDULED and row.scheduled_at is None and not problems.errors:
        problems.warn(
            column,
            f"The status is {quoted(word)} but there is no time.",
            "It becomes a draft; give it a time.",
        )
    if status is PostStatus.DRAFT and row.scheduled_at is not None:
        remedy = "It stays a draft without a time; clear the status to schedule it."
        problems.warn(column, f"The status is {quoted(word)} although there is a time.", remedy)
        return replace(row, scheduled_at=None, recurrence=None)
    return row


def _notes(sheet: RawSheet, header: Header, lines: Sequence[Line], reading: _Reading) -> Iterator[str]:
    hidden = [line.row for line in lines if line.hidden]
    joined = [number for line in lines for number in line.joined]
    marked = [row for row in reading.left_out if row not in reading.live]
    live = [row for row in reading.left_out if row in reading.live]
    of_rows = (
        (marked, "left out: the status says published, or being published"),
        (live, "left out: published already"),
        (reading.failed, "marked as failed and taken up again"),
        (reading.empty, "left out: no text, no picture, no video"),
        (hidden, "hidden in the sheet and read all the same"),
        (joined, "merged into the post above, with their pictures"),
    )
    yield from (f"{_rows(numbers)} {said}." for numbers, said in of_rows if numbers)
    if header.unknown:
        yield f"Not known and not read: the columns {', '.join(header.unknown)}."
    unnamed = sorted({at for line in lines for at in line.unnamed})
    if unnamed:
        yield f"Without a header and not read: the columns {', '.join(map(letters, unnamed[:_LISTED]))}."
    if sheet.beyond:
        yield "Columns far to the right are not read."
    if sheet.also:
        yield f'Only the sheet "{sheet.name}" is read; these look like a calendar too: {", ".join(sheet.also)}.'


def _rows(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:_LISTED]))
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return f"{'Row' if len(numbers) == 1 else 'Rows'} {listed}{more}"
