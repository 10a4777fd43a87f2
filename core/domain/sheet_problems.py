"""Collects what is wrong with a row, each with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.domain.sheet import Problem
from core.domain.sheet_headers import Column, letters

_MOST = 20
"""Problems of each kind that one row may collect."""

_QUOTED = 60


def quoted(text: str) -> str:
    """A cell's text for a sentence, cut where it is long."""
    return f'"{text}"' if len(text) <= _QUOTED else f'"{text[: _QUOTED - 1]}…"'


class CellError(Exception):
    """A cell cannot be used; ``cause`` and ``remedy`` are sentences without the cell's name."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause} {remedy}")
        self.cause, self.remedy = cause, remedy


def told(sentence: str) -> CellError:
    """Split a sentence of the rules, ``cause: remedy.``, into its two parts."""
    cause, _, remedy = sentence.rpartition(": ")
    return CellError(f"{cause}.", remedy[:1].upper() + remedy[1:]) if cause else CellError(sentence, "")


@dataclass(slots=True)
class RowProblems:
    """The errors and warnings of one row; with an error the row is not imported."""

    row: int
    errors: list[Problem] = field(default_factory=list[Problem])
    warnings: list[Problem] = field(default_factory=list[Problem])

    def error(self, column: Column | None, found: CellError) -> None:
        if len(self.errors) < _MOST:
            self.errors.append(self._problem(column, found))

    def warn(self, column: Column | None, cause: str, remedy: str) -> None:
        if len(self.warnings) < _MOST:
            self.warnings.append(self._problem(column, CellError(cause, remedy)))

    def _problem(self, column: Column | None, found: CellError) -> Problem:
        label, cell = (column.label, f"{letters(column.index)}{self.row}") if column else ("", "")
        return Problem(row=self.row, column=label, cell=cell, cause=found.cause, remedy=found.remedy)
