"""Every command in one table; whatever goes wrong becomes one line on stderr and an exit code.

0 done, 1 not done (our reason on stderr), 2 wrong usage, 130 interrupted, 141 nobody reads the output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from core.domain.errors import AutopostError
from tui.cli.group import Catalogue, Entry
from tui.cli.output import Output

_SECTIONS: Final = {
    "Run": {
        "up": Entry("tui.cli.stack:up", "Start everything and keep it up (-d: in the background)."),
        "down": Entry("tui.cli.stack:down", "Stop everything."),
        "status": Entry("tui.cli.status:status", "Show what runs, what is next and what is late."),
        "monitor": Entry("tui.cli.monitor:monitor", "Watch the queue."),
        "doctor": Entry("tui.cli.doctor:doctor", "Say what is wrong and how to mend it."),
        "demo": Entry("tui.cli.demo:demo", "Publish a sample calendar to a sandbox, in two minutes."),
    },
    "Posts": {
        "posts": Entry("tui.cli.posts:posts", "List, write, schedule, publish, retry, explain."),
        "import": Entry("tui.cli.workbook:import_", "Import an Excel calendar, or check or undo it."),
        "template": Entry("tui.cli.workbook:template", "Write an empty Excel calendar."),
    },
    "Accounts": {
        "accounts": Entry("tui.cli.accounts:accounts", "Link, list, pause and unlink accounts."),
    },
    "Parts": {
        "worker": Entry("tui.cli.parts:worker", "Run a worker in the foreground."),
        "bot": Entry("tui.cli.parts:bot", "Run the Telegram bot."),
        "sandbox": Entry("tui.cli.parts:sandbox", "Run the Threads sandbox."),
        "bench": Entry("tui.cli.parts:bench", "Measure punctuality and throughput.", hidden=True),
    },
}
_INTERRUPTED: Final = 130
_NO_READER: Final = 141
_NO_DASHBOARD: Final = "The dashboard comes with a later version; `autopost up` starts everything."


@click.group(
    "autopost",
    cls=Catalogue,
    sections=_SECTIONS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="threads-auto-post", prog_name="autopost")
@click.pass_context
def autopost(context: click.Context) -> None:
    """Schedule posts for several Threads accounts; each is published exactly once, on the dot."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        click.echo(f"\n{_NO_DASHBOARD}")


def _open_missing_streams() -> None:
    """A shell may close a stream (``>&-``); what is written to it is then nobody's."""
    if sys.stdout is None:  # Python sets None for a closed one
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open as long as the process
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # as above


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code."""
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # real streams are TextIOWrapper
    output = Output()
    try:
        return _invoke(list(arguments), output)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NO_READER
    except (KeyboardInterrupt, click.Abort):
        output.aside("Interrupted.")
        return _INTERRUPTED


def _invoke(arguments: list[str], output: Output) -> int:
    try:
        _refuse_undecodable(arguments)
        with autopost.make_context("autopost", arguments, obj=output) as context:
            code = autopost.invoke(context)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        output.aside(error.format_message())
        return error.exit_code
    except click.ClickException as error:
        output.aside(f"autopost: {_usage(error)}")
        return error.exit_code
    except AutopostError as error:
        output.aside(f"autopost: {_one_line(str(error))}")
        return 1
    except (BrokenPipeError, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001  # the last line of defence: told, kept and shown with --debug
        return _unexpected(error, output)


def _refuse_undecodable(arguments: Sequence[str]) -> None:
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not Path(argument).exists():
                raise click.UsageError(f'"{argument}" is no UTF-8 text.') from None


def _usage(error: click.ClickException) -> str:
    sentence = _one_line(error.format_message())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{sentence} See `{context.command_path} --help`." if context else sentence


def _one_line(text: str) -> str:
    from core.log import redact  # noqa: PLC0415  # an error may afford it

    return redact(" ".join(text.split()))


def _unexpected(error: Exception, output: Output) -> int:
    from tui.cli.session import keep_traceback  # noqa: PLC0415  # an error may afford it

    where = keep_traceback(error, show=output.debug)
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    output.aside(f"autopost: This should not have happened ({_one_line(reason)}): {where}.")
    return 1
