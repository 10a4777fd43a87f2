"""Runs the code that parses workbooks in a process of its own, with little memory, time and knowledge."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import core
from core.adapters.workbook import guard, wire
from core.domain.errors import WorkbookError
from core.domain.sheet import RawSheet
from core.domain.sheet_result import RowResult

WALL_SECONDS = 10
OK, REFUSED = 0, 3
"""Exit codes of the child: the result, or a :class:`WorkbookError`, is on its standard output."""

_ROOT = Path(next(iter(core.__path__))).parent
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "LANG")


async def read_workbook(data: bytes, file_name: str) -> RawSheet:
    """Read the calendar sheet of the workbook ``data``: the visible sheet whose header row knows most columns.

    Raises:
        WorkbookError: one sentence that says why it cannot be read, with ``file_name`` and the remedy.
    """
    guard.check_container(data, file_name)
    return wire.decode(await run("reader", (file_name,), data, file_name))


async def write_result(source: bytes, results: Sequence[RowResult], file_name: str = "The workbook") -> bytes:
    """Return the workbook ``source`` with what became of its rows; see :mod:`core.adapters.workbook.writer`.

    Raises:
        WorkbookError: as :func:`read_workbook`.
    """
    guard.check_container(source, file_name)
    head = wire.encode_results(results)
    return await run("writer", (file_name, str(len(head))), head + source, file_name)


async def run(module: str, arguments: Sequence[str], data: bytes, name: str) -> bytes:
    """Feed ``data`` to the child ``module`` and return what it wrote; it inherits no secret of ours.

    Raises:
        WorkbookError: the child refused, or took too much time or memory; ``name`` is what was read.
    """
    environment = {key: os.environ[key] for key in _INHERITED if key in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"core.adapters.workbook.{module}",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": str(_ROOT), "OPENPYXL_LXML": "False", "OPENBLAS_NUM_THREADS": "1"},
        cwd=_ROOT,
    )
    try:
        async with asyncio.timeout(WALL_SECONDS):
            output, _ = await process.communicate(data)
    except TimeoutError:
        output = b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == OK:
        return output
    if process.returncode == REFUSED:
        raise wire.decode_error(output)
    raise WorkbookError(
        f"{name} takes too much time or memory to read: copy the calendar's rows into a new workbook."
    )
