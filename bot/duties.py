"""What the bot does unasked: notices, cards that follow their posts, and the dead-man's switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.bulletins import Bulletins
from bot.courier import Courier
from bot.digest import digest
from bot.flows.imports import redraw_batch
from bot.flows.post_status import redraw_post, redraw_series
from bot.followers import Followers, Redraw
from bot.outgoing import Outgoing
from bot.watch import Watch
from core.bootstrap import Core

REDRAWS: Final[Mapping[str, Redraw]] = {
    "post": redraw_post,
    "series": redraw_series,
    "batch": redraw_batch,
}
"""By the kind of subject that a card follows."""


async def deliver(core: Core, out: Outgoing) -> None:
    """Tell people what happens, and keep their cards true; until cancelled."""
    bulletins = Bulletins(core, out, redraw_post, digest)
    await Courier(core, bulletins, Followers(core, out, REDRAWS)).run()


async def watch(core: Core, out: Outgoing) -> None:
    """Tell those who write posts when a part of the system is down; until cancelled."""
    await Watch(core, out).run()
