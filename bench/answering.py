"""From a tap to its answer and to the edited card, while 50 people tap at the same moment.

The baseline does nothing but that: a bot written as the examples of python-telegram-bot are, which answers the
tap and edits the card, without a person let in, a draft read or a tap remembered in MongoDB. Both are processes of their
own and take turns, with the same server for Telegram. A tap begins when the server has it ready for the bot.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.figures import Figure, latencies
from bench.stage import BenchmarkError, Stage, open_stage
from bench.telegram_side import Tap, TelegramSide, serving
from core.domain.stats import Percentiles, percentiles
from core.local.processes import Daemon, python_module

_PEOPLE: Final = range(5001, 5051)
_ROUNDS: Final = 20
_WARM_UP: Final = 4
_PATIENCE: Final = 60.0
_OURS: Final = "7000000001:bench-ours"
_BARE: Final = "7000000002:bench-bare"


async def run() -> list[Figure]:
    """Milliseconds by p50 and p99."""
    ours, bare = TelegramSide(_OURS), TelegramSide(_BARE)
    async with (
        serving([ours, bare]) as url,
        open_stage(
            telegram_bot_token=_OURS,
            telegram_api_base_url=url,
            telegram_allowed_users=", ".join(f"{person}:editor" for person in _PEOPLE),
        ) as stage,
    ):
        await stage.link(1)
        daemons = _start(stage, url)
        try:
            await _draft(ours)
            await _draft(bare)
            taps = [(await _round(ours, n), await _round(bare, n)) for n in range(_WARM_UP + _ROUNDS)]
        finally:
            for daemon in daemons:
                daemon.kill()
    pairs = taps[_WARM_UP:]
    return _compared([tap for us, _ in pairs for tap in us], [tap for _, them in pairs for tap in them])


def _start(stage: Stage, url: str) -> list[Daemon]:
    folder = stage.worker.data_dir
    product, bare = Daemon("bot", folder), Daemon("bare_bot", folder)
    product.start(python_module("bot"), stage.environment)
    bare.start([sys.executable, str(Path(__file__).with_name("bare_bot.py")), _BARE, url], stage.environment)
    return [product, bare]


async def _draft(side: TelegramSide) -> None:
    """Everybody sends a text, and has a card to tap on."""
    await side.until(lambda: side.polled, _PATIENCE)
    for person in _PEOPLE:
        side.says(person, f"A post of {person}")
    await side.until(lambda: len(side.cards) == len(_PEOPLE), _PATIENCE)


async def _round(side: TelegramSide, number: int) -> list[Tap]:
    label = "Back" if number % 2 else "More"
    taps = side.taps([side.cards[person] for person in _PEOPLE], label)
    try:
        await side.until(lambda: all(tap.answered and tap.edited for tap in taps), _PATIENCE)
    except TimeoutError:
        raise BenchmarkError(f"Not every tap was answered in {_PATIENCE:g} s.") from None
    return taps


def _compared(ours: Sequence[Tap], bare: Sequence[Tap]) -> list[Figure]:
    """To the answer, then to the card."""
    answers = [percentiles([_ms(tap, tap.answered) for tap in taps]) for taps in (ours, bare)]
    cards = [percentiles([_ms(tap, tap.edited) for tap in taps]) for taps in (ours, bare)]
    return [*_figures("to the answer", *answers), *_figures("to the edited card", *cards)]


def _figures(what: str, ours: Percentiles, bare: Percentiles) -> list[Figure]:
    what = f"{what}, {len(_PEOPLE)} taps at once"
    return latencies("answering", what, ours, bare, against="bare bot", which=("p50", "p99"))


def _ms(tap: Tap, moment: float) -> float:
    return (moment - tap.began) * 1000
