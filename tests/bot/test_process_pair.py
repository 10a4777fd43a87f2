"""Two processes of `python -m bot` with one token."""

from __future__ import annotations

import time

from running_bot import Premises, cards, premises

__all__ = ["premises"]


async def test_of_two_one_answers_and_the_other_takes_over(premises: Premises) -> None:
    """Everything is answered once; killed without a word, the one that leads is replaced within 20 s."""
    linh = premises.newcomer()
    async with premises.leading_bot() as leader, premises.bot() as other:
        await other.says("bot.standby")
        for number in range(3):
            await linh.says(f"Word {number}")
            await linh.sees("Draft", f"Word {number}")
        await premises.at_rest()
        assert len(cards(linh)) == 3
        assert "bot.leads" not in other.log
        await leader.killed()
        began = time.monotonic()
        skipped = await _lease_ends(premises)
        await linh.says("Anybody there?")
        await linh.sees("Draft", "Anybody there?", within=20)
        assert skipped + time.monotonic() - began < 20
    assert len(cards(linh)) == 4
    assert [call.status for call in premises.telegram.calls("getUpdates") if call.status == 409] == []


async def _lease_ends(premises: Premises) -> float:
    """Let the lease of the dead one be over now; for how many seconds more it would have held."""
    leases = premises.database["leases"]
    lease, now = await leases.find_one({"_id": {"$regex": "^bot:"}}), premises.core.clock.now()
    assert lease is not None
    assert lease["until"] > now, "the other one was not kept back"
    await leases.update_one({"_id": lease["_id"]}, {"$set": {"until": now}})
    return (lease["until"] - now).total_seconds()
