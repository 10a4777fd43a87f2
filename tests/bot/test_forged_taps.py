"""Whatever a client sends as a tap, no handler stumbles and no post changes."""

from __future__ import annotations

from typing import Any

import pytest
from bot_scene import BotScene
from composing_scene import only_draft
from flow_steps import settled

from bot.cards.post_status import seen
from bot.pacing import Pace
from bot.table import ROUTES
from botapi.person import Person
from core.adapters.mongo.client import Database
from core.domain.post import Content
from stories.fixtures import Shop

HUGE = "9" * 24
JUNK = ("", "-1,-1,-1", f"{HUGE},{HUGE}", "a=b/c,x.y,@@", "2026-13-99,77,u1", f"s,{HUGE}{HUGE[:16]}")
"""Arguments that no button says."""
FLOWS = sorted({verb.partition("_")[0] for verb in ROUTES.taps})
ONCE_MORE = {"d_keep", "d_now_yes", "p_copy"}
"""What a button without arguments may do to one's own draft or post."""


async def posts_of(database: Database) -> list[dict[str, Any]]:
    """All posts as MongoDB has them."""
    return [post async for post in database["posts"].find({}).sort("_id")]


@pytest.fixture(autouse=True)
def _unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of answers in one chat need not wait for one another here."""

    async def at_once(_pace: Pace, *_args: object, **_options: object) -> None: ...

    monkeypatch.setattr(Pace, "turn", at_once)


@pytest.mark.parametrize("flow", FLOWS)
async def test_no_forged_tap_breaks_anything(  # all that is forged with
    scene: BotScene,
    database: Database,
    shop: Shop,
    linh: Person,
    minh: Person,
    flow: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Subjects and arguments that are empty, junk, huge or belong to somebody else."""
    post = await shop.draft(Content(text="Untouched"))
    await minh.says("Of another")
    await minh.sees("Of another")
    other = await only_draft(scene, minh)
    await linh.says("Of mine")
    card = await linh.sees("Of mine")
    own = await only_draft(scene, linh)
    before = await posts_of(database)
    for verb in (verb for verb in ROUTES.taps if verb.partition("_")[0] == flow):
        subjects = ["::", "x::", f"{HUGE}:{HUGE}:", f"p.{post.id}::", f"{post.id}::", f"p.{HUGE}::"]
        subjects += [f"{other.id}:{other.version}:", f"{shop.account.id}::"]
        if verb.startswith(("t_", "r_", "d_")) and verb not in ONCE_MORE:
            subjects += [f"{own.id}:{own.version}:", f"p.{post.id}:{seen(post)}:"]
        junk = JUNK[:1] if verb == "x_template" else JUNK  # which writes a workbook each time
        for data in (f"{verb}:{subject}{args}" for subject in subjects for args in junk):
            await linh.taps_raw(data, card)
    await settled(linh, within=120)
    assert [vars(record) for record in caplog.records if record.message == "bot.handler_failed"] == []
    assert "fault of this bot" not in "\n".join(message.text for message in linh.messages)
    assert await posts_of(database) == before
