"""The main loop of a child process: limits first, then one job from standard input to standard output."""

from __future__ import annotations

import resource
import sys
import warnings
from collections.abc import Callable

from core.adapters.workbook import wire
from core.adapters.workbook.child import OK, REFUSED
from core.domain.errors import WorkbookError

MEMORY = 512 * 2**20
CPU_SECONDS = 8


def run(job: Callable[[bytes], bytes], name: str, *, file_size: int = 0) -> int:
    """Run ``job`` under the limits; ``file_size`` is how much it may write to disk, in bytes.

    Returns the exit code. Whatever goes wrong is told as one sentence about the workbook ``name``.
    """
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_FSIZE, file_size)
    warnings.simplefilter("ignore")
    try:
        output, code = job(sys.stdin.buffer.read()), OK
    except WorkbookError as error:
        output, code = wire.encode_error(error), REFUSED
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a broken file provokes
        told = WorkbookError(
            f"{name} is damaged ({type(error).__name__}): open it with Excel, let it be repaired and save it again."
        )
        output, code = wire.encode_error(told), REFUSED
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
    return code


def _limit(what: int, wanted: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(what, (allowed, hard))
    except (ValueError, OSError):
        # macOS refuses RLIMIT_AS below what is mapped already; the parent's clock remains.
        return
