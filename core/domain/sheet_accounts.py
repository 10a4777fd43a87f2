"""Which accounts a calendar sheet speaks of."""

from __future__ import annotations

from core.domain.sheet import RawSheet
from core.domain.sheet_headers import Field, find_header
from core.domain.sheet_lines import lines_of
from core.domain.sheet_problems import RowProblems


def account_names(sheet: RawSheet) -> tuple[str, ...]:
    """The names in the account column, each once, as first written and without ``@``."""
    header = find_header(sheet.rows, sheet.merges)
    if header is None:
        return ()
    written = (
        line.text(Field.ACCOUNT, RowProblems(line.row)).lstrip("@") for line in lines_of(sheet, header)
    )
    names: dict[str, str] = {}
    for name in written:
        if name:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())
