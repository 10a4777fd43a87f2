"""A Telegram for trials by hand: ``PYTHONPATH=tests python -m botapi.serve [port]``.

Each line typed is said by person 1001; ``tap LABEL`` taps a button, ``file PATH`` uploads a document,
``photo PATH`` sends a photo, ``shot PATH`` writes the screen as a PNG.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from botapi.person import Person
from botapi.screenshot import render
from botapi.telegram_side import Telegram, running_telegram


async def converse(telegram: Telegram) -> None:
    """Read deeds from standard input and print the screen after each change, until the input ends."""
    person = telegram.person(1001, started=True)
    screen = asyncio.create_task(_print_changes(telegram, person))
    while line := await asyncio.to_thread(sys.stdin.readline):
        deed, _, what = line.strip().partition(" ")
        try:
            await _do(person, deed, what, line.strip())
        except (AssertionError, OSError) as problem:
            print(problem)  # noqa: T201  # it is a console
    screen.cancel()


async def _do(person: Person, deed: str, what: str, line: str) -> None:
    match deed:
        case "tap":
            answer = await person.taps(what, within=2)
            print(f"({answer.text})")  # noqa: T201  # it is a console
        case "file":
            await person.uploads(*_file(what))
        case "photo":
            await person.sends_photo(_file(what)[1])
        case "shot":
            render(person.transcript, Path(what))
        case _ if line:
            await person.says(line)
        case _:
            pass


def _file(path: str) -> tuple[str, bytes]:
    return Path(path).name, Path(path).read_bytes()


async def _print_changes(telegram: Telegram, person: Person) -> None:
    shown = ""
    while True:
        screen = str(person.transcript)
        if screen != shown:
            print(f"\n{screen}\n", flush=True)  # noqa: T201  # it is a console
            shown = screen
        seen = telegram.world.changes.count
        await telegram.world.changes.until(
            lambda before=seen: telegram.world.changes.count > before or None, 3600
        )


async def _main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8081
    async with running_telegram(port=port) as telegram:
        print(f"TELEGRAM_API_BASE_URL={telegram.url}\nTELEGRAM_BOT_TOKEN={telegram.token}", flush=True)  # noqa: T201  # it is a console
        await converse(telegram)


if __name__ == "__main__":
    asyncio.run(_main())
