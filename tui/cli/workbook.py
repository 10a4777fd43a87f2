"""``import`` and ``template``: Excel calendars in and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from core.domain.errors import RefusedError
from core.domain.sheet import Problem
from core.domain.sheet_labels import Language
from core.domain.spread import DEFAULT_GAP
from core.domain.zones import zone
from core.services.sheet_plan import Action
from core.services.spreadsheets import Check, Imported, SpreadOver
from tui.cli.group import Command
from tui.cli.output import Output, count_of
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import iso, local, parse_length, parse_moment

if TYPE_CHECKING:
    from core.bootstrap import Core

_MOST_BYTES: Final = 64 * 1024 * 1024
"""More is not read into memory; what is a workbook and too large is refused by its reader."""


@click.command("import", cls=Command)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Say what an import would do; change nothing.")
@click.option("--account", metavar="NAME", help="For rows that name none; else the default account.")
@click.option("--start", metavar="TIME", help="Rows without a time get random ones from here ...")
@click.option("--end", metavar="TIME", help="... to here ...")
@click.option("--gap", metavar="LENGTH", help="... at least so far apart (default 5m).")
@click.option("--seed", type=int, help="The same seed draws the same times.")
@click.option("--all-or-nothing", is_flag=True, help="Import nothing when a row is bad.")
@click.option(
    "--result",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the workbook back with results.",
)
@click.option("--undo", metavar="BATCH", help="Take an import back, as far as it is not published.")
@click.pass_obj
@asynchronous
async def import_(  # noqa: PLR0913  # one per option
    output: Output,
    *,
    file: Path | None,
    only_check: bool,
    account: str | None,
    start: str | None,
    end: str | None,
    gap: str | None,
    seed: int | None,
    all_or_nothing: bool,
    result: Path | None,
    undo: str | None,
) -> None:
    """Import an Excel calendar as one batch. The same file again makes nothing twice."""
    if (file is None) == (undo is None):
        raise click.UsageError("Name one workbook, or --undo BATCH.")
    if only_check and result is not None:
        raise click.UsageError("--check changes nothing, so there are no results yet: leave --result out.")
    if bool(start) != bool(end) or ((gap or seed is not None) and not start):
        raise click.UsageError("--start and --end belong together, --gap and --seed to them.")
    if result is not None:
        _need_folder(result)
    async with opened(output) as core:
        if file is None:
            await _undo(core, output, undo or "")
            return
        data = _read(file)
        over = await _spread_over(core, account, start, end, gap, seed)
        if only_check:
            check = await core.spreadsheets.check(data, file.name, account=account, over=over)
            _tell_check(output, check, core.settings.tz)
            return
        imported = await core.spreadsheets.import_workbook(
            data, file.name, who=actor(), account=account, over=over, all_or_nothing=all_or_nothing
        )
        if result is not None:
            _write(result, await core.spreadsheets.result(data, imported))
        _tell_import(output, imported, result, core.settings.tz)


@click.command(cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language",
    type=click.Choice([each.value for each in Language]),
    default=Language.VIETNAMESE.value,
    show_default=True,
    help="Of headers and examples.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def template(output: Output, *, file: Path, language: str, force: bool) -> None:
    """Write an empty calendar with examples, drop-downs and a legend."""
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} should end in .xlsx.")
    if file.exists() and not force:
        raise RefusedError(f"{file} is there already: choose another name, or say --force.")
    from core.bootstrap import write_template  # noqa: PLC0415  # loads every adapter

    try:
        write_template(file, Language(language), today=datetime.now().date())  # noqa: DTZ005  # the person's own day
    except OSError as error:
        raise RefusedError(f"{file} cannot be written: {error.strerror}.") from error
    if output.json:
        output.data({"file": str(file), "language": language})
    else:
        output.line(f"{file} is ready: fill it in, then `autopost import {file} --check`.")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError as error:
        raise RefusedError(f"{file} cannot be read: {error.strerror}.") from error


def _need_folder(file: Path) -> None:
    """Before anything is imported: its results could be written."""
    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"The folder of {file} does not exist.")


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise RefusedError(
            f"The rows are imported, but {file} cannot be written: {error.strerror}."
            " Import again with another --result; nothing is made twice."
        ) from error


async def _spread_over(
    core: Core, account: str | None, start: str | None, end: str | None, gap: str | None, seed: int | None
) -> SpreadOver | None:
    if start is None or end is None:
        return None
    where = zone((await core.accounts.named(account)).zone)
    now = core.clock.now()
    return SpreadOver(
        start=parse_moment(start, where, now).at,
        end=parse_moment(end, where, now).at,
        gap=parse_length(gap) if gap else DEFAULT_GAP,
        seed=seed,
    )


async def _undo(core: Core, output: Output, batch_id: str) -> None:
    removed = await core.spreadsheets.undo(batch_id, who=actor())
    if output.json:
        output.data({"batch": batch_id, "removed": removed})
    else:
        output.line(f"The import {batch_id} is undone: {count_of(removed, 'post')} removed.")


def check_view(check: Check, zone_name: str) -> dict[str, Any]:
    """The contract of ``import --check --json``."""
    report = check.report
    doubles = [{"row": row, "of": None, "post": post_id} for row, post_id in check.doubles.items()]
    return {
        "rows": report.total,
        "ok": len(check.plans),
        "errors": [_problem_view(problem) for problem in report.errors],
        "warnings": [_problem_view(problem) for problem in report.warnings],
        "duplicates": [*({"row": each.row, "of": each.of} for each in report.duplicates), *doubles],
        "first": iso(report.first, zone_name),
        "last": iso(report.last, zone_name),
    }


def _problem_view(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "cause": problem.cause,
        "remedy": problem.remedy,
        "cell": problem.cell,
    }


def _tell_check(output: Output, check: Check, zone_name: str) -> None:
    if output.json:
        output.data(check_view(check, zone_name))
        return
    report = check.report
    output.line(f"{count_of(report.total, 'row')}: {len(check.plans)} can be imported. Nothing was changed.")
    actions = ", ".join(f"{check.counted(action)} to {action.value}" for action in Action)
    output.line(f"  {actions}; {len(report.left_out)} published already")
    if report.first is not None:
        output.line(f"  from {local(report.first, zone_name)} to {local(report.last, zone_name)}")
    _tell_problems(output, check)


def _tell_problems(output: Output, check: Check) -> None:
    report = check.report
    for note in report.notes:
        output.line(f"  {note}")
    for title, problems in (("Errors", report.errors), ("Warnings", report.warnings)):
        if problems:
            output.line(f"\n{title}")
            output.table(
                ("row", "cell", "column", "what is wrong", "how to mend it"), _problem_rows(problems)
            )
    doubled = [f"row {each.row} is the same as row {each.of}" for each in report.duplicates]
    doubled += [f"row {row} is the same as post {post_id}" for row, post_id in check.doubles.items()]
    if doubled:
        output.line("\nDuplicates, not imported")
        for sentence in doubled:
            output.line(f"  {sentence}")


def _problem_rows(problems: Sequence[Problem]) -> list[tuple[str, ...]]:
    return [(str(each.row), each.cell, each.column, each.cause, each.remedy) for each in problems]


def _tell_import(output: Output, imported: Imported, result: Path | None, zone_name: str) -> None:
    batch = imported.batch
    if output.json:
        output.data(
            {
                **check_view(imported.check, zone_name),
                "batch": batch.id,
                "added": batch.added,
                "updated": batch.updated,
                "unchanged": batch.unchanged,
                "rejected": batch.rejected,
                "posts": {str(row): post_id for row, post_id in imported.post_ids.items()},
                "result": str(result) if result else None,
            }
        )
        return
    output.line(
        f"Import {batch.id}: {batch.added} added, {batch.updated} updated, {batch.unchanged} unchanged,"
        f" {batch.rejected} rejected."
    )
    _tell_problems(output, imported.check)
    if result is not None:
        output.line(f"The results are in {result}.")
    if batch.added:
        added = count_of(batch.added, "added row")
        output.line(f"`autopost import --undo {batch.id}` removes the {added} again; updates stay.")
