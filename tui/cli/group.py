"""What all commands share: ``--json`` and ``--debug`` at any place, and loading on first use.

A command's module is imported when the command is called, so that ``autopost --help`` stays quick.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from tui.cli.output import Output


def _switch(name: str, help_text: str) -> click.Option:
    def remember(context: click.Context, _: click.Parameter, value: object) -> None:
        if value:
            setattr(context.find_root().ensure_object(Output), name, True)

    return click.Option(
        [f"--{name}"], is_flag=True, expose_value=False, is_eager=True, callback=remember, help=help_text
    )


def _switches() -> list[click.Parameter]:
    return [
        _switch("json", "Print JSON for programs."),
        _switch("debug", "Show log and traceback of an unexpected error."),
    ]


class Command(click.Command):
    """A command that takes ``--json`` and ``--debug`` as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _switches()


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _switches()


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is not loaded yet: ``target`` is ``module:attribute``."""

    target: str
    help: str
    hidden: bool = False


class Catalogue(Group):
    """The root: commands by section, each loaded when it is called."""

    def __init__(self, *args: Any, sections: Mapping[str, Mapping[str, Entry]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections = sections
        self._entries = {name: entry for section in sections.values() for name, entry in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        return getattr(importlib.import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        for title, section in self._sections.items():
            rows = [(name, entry.help) for name, entry in section.items() if not entry.hidden]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
