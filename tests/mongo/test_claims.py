"""Claims: what is due is handed out once, and comes back by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from builders import a_scheduled_post, a_series, an_account
from core.adapters.mongo.posts import CLAIM_LIFE
from core.adapters.mongo.stores import Stores
from core.domain.post import Claim, Post, PostStatus
from fake_clock import NOW

SECOND = timedelta(seconds=1)


async def claim(stores: Stores, *, by: str = "check", now: datetime = NOW, limit: int = 100) -> list[Post]:
    return await stores.posts.claim_due(until=now + 5 * SECOND, by=by, now=now, limit=limit)


async def test_what_is_due_in_the_window_is_claimed_in_order(stores: Stores) -> None:
    """Due posts come back in order of time with claim and new version; they stay SCHEDULED."""
    late, soon, edge = (a_scheduled_post(seconds * SECOND) for seconds in (-60, 3, 5))
    await stores.posts.add(
        [edge, soon, a_scheduled_post(5.001 * SECOND), late, a_scheduled_post(due_at=None)]
    )

    claimed = await claim(stores)

    assert [post.id for post in claimed] == [late.id, soon.id, edge.id]
    assert [post.claim for post in claimed] == [
        Claim("check", post.due_at) for post in (late, soon, edge) if post.due_at
    ]
    assert [post.due_at for post in claimed] == [
        NOW + CLAIM_LIFE,
        NOW + 3 * SECOND + CLAIM_LIFE,
        NOW + 5 * SECOND + CLAIM_LIFE,
    ]
    assert {(post.version, post.status) for post in claimed} == {(2, PostStatus.SCHEDULED)}
    assert claimed[0] == await stores.posts.get(late.id)


async def test_a_post_is_claimed_by_one_check(stores: Stores) -> None:
    """Checks that run at once share the posts out, even under one name; none gets what another got."""
    posts = [a_scheduled_post(timedelta(0)) for _ in range(60)]
    await stores.posts.add(posts)
    shares = await asyncio.gather(*(claim(stores) for _ in range(6)))
    claimed = [post.id for share in shares for post in share]
    assert sorted(claimed) == sorted(post.id for post in posts)


async def test_a_claim_that_nobody_took_up_comes_back_when_it_ends(stores: Stores) -> None:
    """A lost message is healed at the end of the claim, and not before, however wide the window is."""
    await stores.posts.add([a_scheduled_post(timedelta(0))])
    (first,) = await claim(stores, by="first")
    end = NOW + CLAIM_LIFE
    assert await claim(stores, by="early", now=end - SECOND) == []
    assert await stores.agenda.next_due() == end
    (again,) = await claim(stores, by="second", now=end)
    assert again.claim == Claim("second", end)
    assert again.version == first.version + 1


async def test_the_oldest_are_claimed_first(stores: Stores) -> None:
    """With more due than the limit, the earliest are taken and the others stay due."""
    posts = [a_scheduled_post(-number * SECOND) for number in range(10)]
    await stores.posts.add(posts)
    assert [post.id for post in await claim(stores, limit=3)] == [post.id for post in posts[:-4:-1]]
    assert len(await claim(stores)) == 7


async def test_a_claimed_post_that_was_edited_fences_its_worker_off(stores: Stores) -> None:
    """The version that a worker was handed is worth nothing once somebody has saved the post."""
    await stores.posts.add([a_scheduled_post(timedelta(0))])
    (claimed,) = await claim(stores)
    edited = replace(claimed, claim=None, due_at=NOW + timedelta(days=1))
    assert await stores.posts.save(claimed, edited, who="lan", why="later", at=NOW)
    assert (
        await stores.posts.save(claimed, replace(claimed, attempts=1), who="worker", why="", at=NOW) is None
    )


async def test_claims_are_given_back_as_they_were(stores: Stores) -> None:
    """Released, a post is due at its own time again, and its worker is fenced off."""
    post = a_scheduled_post(3 * SECOND)
    await stores.posts.add([post, a_scheduled_post()])
    await claim(stores)
    assert await stores.posts.release_claims() == 1
    assert await stores.posts.get(post.id) == replace(post, version=3)
    assert await stores.posts.release_claims() == 0


async def test_posts_that_wait_for_their_account_become_due(stores: Stores) -> None:
    """Only those of the account that wait, are scheduled and not claimed are due now, and wait no more."""
    later = NOW + timedelta(hours=1)
    waiting = a_scheduled_post(waits=True)
    others = [
        a_scheduled_post(),
        a_scheduled_post(waits=True, account_id="account-2"),
        a_scheduled_post(waits=True, claim=Claim("check", NOW)),
        a_scheduled_post(waits=True, status=PostStatus.FAILED),
    ]
    await stores.posts.add([waiting, *others])
    assert await stores.posts.release_account(waiting.account_id, now=NOW) == 1
    assert await stores.posts.get(waiting.id) == replace(waiting, waits=False, due_at=NOW, version=2)
    for other in others:
        assert await stores.posts.get(other.id) == replace(other, due_at=later)


async def test_accounts_and_series_are_claimed_too(stores: Stores) -> None:
    """Whoever claims an account or a series has it for a while, then it is due again."""
    account, series = an_account(due_at=NOW), a_series(due_at=NOW)
    await stores.accounts.add(account)
    await stores.series.add([series])

    async def claim_both(now: datetime) -> tuple[list[str], list[str]]:
        until = now + 5 * SECOND
        accounts = await stores.accounts.claim_due(until=until, now=now, limit=10)
        found = await stores.series.claim_due(until=until, now=now, limit=10)
        return [one.id for one in accounts], [one.id for one in found]

    both = ([account.id], [series.id])
    assert await claim_both(NOW) == both
    assert await claim_both(NOW + SECOND) == ([], [])
    assert await claim_both(NOW + timedelta(minutes=2)) == both


async def test_next_due_is_the_earliest_of_all(stores: Stores) -> None:
    """The agenda knows posts, accounts and series, and nothing when nothing is due ever."""
    assert await stores.agenda.next_due() is None
    await stores.accounts.add(an_account(due_at=NOW + 3 * SECOND))
    assert await stores.agenda.next_due() == NOW + 3 * SECOND
    await stores.series.add([a_series(due_at=NOW + 2 * SECOND)])
    assert await stores.agenda.next_due() == NOW + 2 * SECOND
    await stores.posts.add([a_scheduled_post(due_at=None), a_scheduled_post(SECOND)])
    assert await stores.agenda.next_due() == NOW + SECOND
