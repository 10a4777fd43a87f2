"""Runs the benchmarks and prints their figures: ``python -m bench [SUBJECT] [--json]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Final

from bench import answering, burst, claiming, counting, idling, importing, punctuality
from bench.figures import Figure, table
from core.domain.errors import AutopostError

SUBJECTS: Final[dict[str, Callable[[], Awaitable[list[Figure]]]]] = {
    "punctuality": punctuality.run,
    "burst": burst.run,
    "claiming": claiming.run,
    "importing": importing.run,
    "counting": counting.run,
    "answering": answering.run,
    "idling": idling.run,
}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured. The load is the average of the last minute: above ``cores``, others had to wait."""

    cores: int | None
    python: str
    load_before: float
    load_after: float

    def sentence(self) -> str:
        return (
            f"Machine: {self.cores} cores, Python {self.python},"
            f" load average {self.load_before:.1f} before and {self.load_after:.1f} after."
        )


def main() -> int:
    """Measure what the command line names, or everything; 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks that print ratios.")
    parser.add_argument("subject", nargs="?", choices=SUBJECTS, help="one of them; all when none is named")
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    asked = parser.parse_args()
    load_before = os.getloadavg()[0]
    try:
        figures = asyncio.run(_measured([asked.subject] if asked.subject else SUBJECTS))
    except AutopostError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    machine = Machine(os.cpu_count(), platform.python_version(), load_before, os.getloadavg()[0])
    if asked.json:
        print(json.dumps({"figures": [figure.view() for figure in figures], "machine": asdict(machine)}))
    else:
        print(*table(figures), machine.sentence(), sep="\n")
    return 0


async def _measured(names: Iterable[str]) -> list[Figure]:
    figures: list[Figure] = []
    for name in names:
        began = time.monotonic()
        figures += await SUBJECTS[name]()
        sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
    return figures


if __name__ == "__main__":
    sys.exit(main())
