"""What one part of a round stumbles over keeps no other waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from notices_scene import comes

from botapi.person import Person
from stories.fixtures import Shop

HOUR = timedelta(hours=1)


async def test_an_account_that_cannot_be_read_keeps_no_notice_back(
    product: BotScene,
    shop: Shop,
    linh: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The accounts cannot be looked at, round after round: people hear of their posts, the log of it once."""
    monkeypatch.setattr("bot.courier._AGAIN", 0.05)
    async with product.answering(duties=[]):
        await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100)
    await shop.schedule("Broken", HOUR)
    await product.run_for(2 * HOUR)

    async def unreadable(*_args: object) -> None:
        raise ValueError("an account cannot be read")

    monkeypatch.setattr(type(product.core.notices), "look_at_accounts", unreadable)
    async with product.answering():
        card = await linh.sees("Broken", "Failed")
        await linh.taps("Retry", on=card)
        await linh.waits_for(lambda: "Scheduled" in card.text)
        await product.run_for(HOUR)
        await linh.waits_for(lambda: "Published" in card.text)
    assert [shown.text for shown in await shop.feed()] == ["Broken"]
    assert len([one for one in caplog.records if one.message == "courier.step_failed"]) == 1
