"""Tables, JSON and text that is safe to show: rich on a terminal, aligned plain text anywhere else."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.table import Table

_JOINERS: Final = "\u200c\u200d"
"""Not printable by themselves, but they hold emoji together."""
_WIDE: Final = 120
_WHOLE: Final = frozenset({"id", "status", "time", "row", "cell", "account", "in"})
"""Columns that are of no use when they are cut."""
_STYLES: Final = {
    "PUBLISHED": "green",
    "ok": "green",
    "running": "green",
    "ACTIVE": "green",
    "SCHEDULED": "cyan",
    "PUBLISHING": "yellow",
    "warning": "yellow",
    "paused": "yellow",
    "FAILED": "red",
    "wrong": "red",
    "stopped": "red",
    "HELD": "red",
    "NEEDS_REAUTH": "red",
}


@dataclass(slots=True)
class Output:
    """Where a command says its result. ``json``: only JSON goes to stdout."""

    json: bool = False
    debug: bool = False

    def data(self, value: object) -> None:
        """One JSON value on one line, in any mode."""
        _write(sys.stdout, json.dumps(value, ensure_ascii=False))

    def line(self, text: str = "") -> None:
        """For people on stdout, safe to show; nothing with ``--json``."""
        if not self.json:
            _write(sys.stdout, paragraphs(text))

    def aside(self, text: str) -> None:
        """What is not the result: progress, warnings. On stderr, safe to show, in every mode."""
        _write(sys.stderr, paragraphs(text))

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns for people; words of state are coloured on a terminal."""
        if self.json:
            return
        rows = [[visible(cell) for cell in row] for row in rows]
        if is_terminal(sys.stdout):
            _print_rich(rich_table(headers, rows))
        else:
            _plain_table(headers, rows)


def is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def is_wide() -> bool:
    """Whether a line has room for an address beside the rest."""
    return not is_terminal(sys.stdout) or shutil.get_terminal_size().columns >= _WIDE


def visible(text: str) -> str:
    """``text`` on one line without anything that would steer a terminal or turn its direction."""
    return "".join(_shown(char) for char in text)


def snippet(text: str, width: int = 48) -> str:
    """The first words of a text on one line, at most ``width`` characters."""
    words = " ".join(text.split())
    return words if len(words) <= width else f"{words[: width - 1].rstrip()}…"


def paragraphs(text: str) -> str:
    """``text`` with its lines kept, safe to show."""
    return "\n".join(map(visible, text.split("\n")))


def count_of(number: int, noun: str) -> str:
    """``1 post``, ``2 posts``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    return " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"


def _write(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
    stream.flush()


def rich_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The table for a terminal."""
    from rich.table import Table  # noqa: PLC0415  # only a terminal needs it
    from rich.text import Text  # noqa: PLC0415  # as above

    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold", no_wrap=header in _WHOLE)
    for row in rows:
        table.add_row(*(Text(visible(cell), _STYLES.get(cell, "")) for cell in row))
    return table


def _print_rich(table: Table) -> None:
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it

    Console().print(table)


def _plain_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [[header.upper() for header in headers], *rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        _write(sys.stdout, "  ".join(padded).rstrip())


def _width(text: str) -> int:
    """Columns that a terminal gives to ``text``."""
    return sum(
        0
        if unicodedata.combining(char) or char in _JOINERS
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
