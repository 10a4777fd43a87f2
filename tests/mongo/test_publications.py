"""The ledger of publish attempts in a real MongoDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import ACCOUNT_ID, a_post, a_publication
from core.adapters.mongo.stores import Stores
from core.domain.failures import Failure, FailureClass
from core.domain.post import PostStatus
from core.domain.publication import Answer
from fake_clock import NOW

SECOND = timedelta(seconds=1)


async def test_attempts_are_kept_with_their_answers(stores: Stores) -> None:
    """The attempts of a post come back in the order in which they were sent, with what came back."""
    second = a_publication(post_id="the-post", sent_at=NOW + SECOND, attempt=2)
    first = a_publication(post_id="the-post")
    for publication in (second, first, a_publication()):
        await stores.publications.append(publication)
    failure = Failure(FailureClass.TRANSIENT, "busy", "wait", code=2)
    refused = replace(first, answer=Answer.REFUSED, failure=failure, answered_at=NOW)
    await stores.publications.answer(refused)
    assert await stores.publications.of_post("the-post") == [refused, second]


async def test_an_answer_is_not_overtaken_by_its_attempt(stores: Stores) -> None:
    """An attempt whose storing was delayed behind its own answer does not erase it."""
    publication = a_publication()
    published = replace(publication, answer=Answer.PUBLISHED, media_id="1")
    await stores.publications.answer(published)
    await stores.publications.append(publication)
    assert await stores.publications.of_post(publication.post_id) == [published]


async def test_the_allowance_counts_what_may_have_gone_out(stores: Stores) -> None:
    """Published, pending and unknown posts of the account count; replies, refused and unsent ones do not."""
    counted = (Answer.PUBLISHED, Answer.PENDING, Answer.UNKNOWN)
    for number, answer in enumerate(counted):
        await stores.publications.append(a_publication(answer=answer, sent_at=NOW - number * SECOND))
    for other in (
        a_publication(answer=Answer.REFUSED),
        a_publication(answer=Answer.NOT_SENT),
        a_publication(answer=Answer.PUBLISHED, reply=0),
        a_publication(answer=Answer.PUBLISHED, account_id="account-2"),
    ):
        await stores.publications.append(other)

    async def nth(n: int) -> object:
        return await stores.publications.nth_latest(ACCOUNT_ID, n, since=NOW - 3 * SECOND)

    assert [await nth(n) for n in (1, 2, 3, 4)] == [NOW, NOW - SECOND, NOW - 2 * SECOND, None]
    assert await stores.publications.nth_latest(ACCOUNT_ID, 3, since=NOW - 2 * SECOND) is None


async def test_an_attempt_that_was_refused_gives_its_place_back(stores: Stores) -> None:
    """The answer decides whether an attempt counts."""
    publication = a_publication()
    await stores.publications.append(publication)
    assert await stores.publications.nth_latest(ACCOUNT_ID, 1, since=NOW - SECOND) == NOW
    await stores.publications.answer(replace(publication, answer=Answer.REFUSED))
    assert await stores.publications.nth_latest(ACCOUNT_ID, 1, since=NOW - SECOND) is None


async def test_latenesses_are_of_published_posts(stores: Stores) -> None:
    """Milliseconds behind the scheduled time, of posts that were published since then."""
    published = {"answer": Answer.PUBLISHED}
    for other in (
        a_publication(**published, sent_at=NOW + 0.003 * SECOND),
        a_publication(**published, sent_at=NOW + 1.5 * SECOND),
        a_publication(**published, sent_at=NOW - SECOND),
        a_publication(**published, reply=1, sent_at=NOW + 9 * SECOND),
        a_publication(answer=Answer.UNKNOWN),
    ):
        await stores.publications.append(other)
    assert await stores.publications.latenesses(since=NOW) == [3.0, 1500.0]


async def test_bound_media_ids_are_known(stores: Stores) -> None:
    """A media id is bound by the ledger or by a post, of this account."""
    await stores.publications.append(a_publication(media_id="1"))
    await stores.publications.append(a_publication(media_id="2", account_id="account-2"))
    await stores.posts.add([a_post(status=PostStatus.PUBLISHED, media_id="3")])
    assert await stores.publications.media_ids(ACCOUNT_ID, ["1", "2", "3", "4"]) == {"1", "3"}
