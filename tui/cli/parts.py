"""The parts by themselves: ``worker``, ``bot``, ``sandbox``."""

from __future__ import annotations

import os
import signal
import time

import click

from core.domain.errors import RefusedError
from core.local.processes import python_environment, python_module
from core.local.sandbox_server import SandboxServer
from tui.cli.group import Command
from tui.cli.output import Output
from tui.cli.session import end_like_ctrl_c, settings_of


@click.command(cls=Command)
@click.pass_obj
def worker(output: Output) -> None:
    """Run a worker until SIGTERM or Ctrl-C. On other machines: with MONGODB_URI and REDIS_URL."""
    _become("worker", output)


@click.command(cls=Command)
@click.pass_obj
def bot(output: Output) -> None:
    """Run the Telegram bot until SIGTERM or Ctrl-C; it needs TELEGRAM_BOT_TOKEN."""
    _become("bot", output)


@click.command(cls=Command, hidden=True)
def bench() -> None:
    """Measure punctuality and throughput."""
    raise RefusedError("The benchmarks run in a checkout: `make bench`, or `python -m bench --help`.")


@click.command(cls=Command)
@click.pass_obj
def sandbox(output: Output) -> None:
    """Run the Threads sandbox of the data folder until Ctrl-C, or say where it runs already."""
    server = SandboxServer(settings_of(output).data_dir.resolve())
    end_like_ctrl_c()
    started = server.daemon.pid() is None
    server.start()
    try:
        _tell(output, server)
        if started:
            output.line("Ctrl-C stops it.")
            while server.daemon.pid() is not None:
                time.sleep(0.3)
    except KeyboardInterrupt:
        output.line("Stopped.")
    finally:
        if started:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            server.stop()


def _become(module: str, output: Output) -> None:
    """Go on as this module of ours."""
    settings_of(output)  # a wrong one is told here, in one line
    command = python_module(module)
    os.execve(command[0], command, python_environment())  # noqa: S606  # our own module, no shell


def _tell(output: Output, server: SandboxServer) -> None:
    token = server.access_token()
    if output.json:
        output.data({"url": server.url, "access_token": token})
        return
    output.line(f"The sandbox serves at {server.url} (page: {server.url}/feed).")
    output.line(f"THREADS_API_BASE_URL={server.url}")
    output.line(f"A token of its user: {token}")
