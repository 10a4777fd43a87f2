"""Writes calendars. Runs as ``python -m core.adapters.workbook.export NAME``.

On standard input comes the order (:mod:`core.adapters.workbook.orders`), on standard output leaves the
workbook. It is written in a process of its own because many rows take seconds, in which nobody else would
be answered.
"""

from __future__ import annotations

import io
import sys

from core.adapters.workbook import limits, orders
from core.adapters.workbook.template import COLUMNS, Column, write_calendar, write_template
from core.adapters.workbook.writer import WIDTHS
from core.domain.sheet_export import Place, places_of
from core.domain.sheet_headers import Field

_TEMPORARY_FILES = 64 * 2**20
_BY_FIELD = {column.field: column for column in COLUMNS}


def write(order: bytes) -> bytes:
    """Write what was ordered."""
    wanted = orders.decode(order)
    output = io.BytesIO()
    if isinstance(wanted, orders.CalendarOrder):
        columns = [_column(place) for place in places_of(wanted.rows)]
        write_calendar(output, wanted.language, wanted.rows, accounts=wanted.accounts, columns=columns)
    else:
        names, zones = [*wanted.zones], [*wanted.zones.values()]
        write_template(output, wanted.language, today=wanted.today, accounts=names, zones=zones)
    return output.getvalue()


def _column(place: Place) -> Column:
    """As the template has it; columns of results are as in a workbook that comes back."""
    field, number = place
    known = _BY_FIELD.get(field)
    width = known.width if known else WIDTHS[field]
    return Column(field, number, width, wraps=known.wraps if known else field is Field.ERROR)


if __name__ == "__main__":
    sys.exit(limits.run(write, sys.argv[1], file_size=_TEMPORARY_FILES))
