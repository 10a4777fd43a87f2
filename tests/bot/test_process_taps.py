"""Taps that no thumb makes, on `python -m bot` with a real worker: many at once, replayed, and forged."""

from __future__ import annotations

from running_bot import Premises, premises

from botapi.messages import Message
from botapi.person import Person, together
from core.domain.post import PostStatus

__all__ = ["premises"]


def data_of(card: Message, label: str) -> str:
    button = card.button(label)
    assert button is not None
    return button["callback_data"]


async def all_answered(person: Person, card: Message, data: list[str]) -> None:
    """Send these taps at once, and wait until each is answered."""
    queries = await together(*(person.taps_raw(each, card) for each in data))
    await together(*(person.gets_answer(query) for query in queries))


async def test_twenty_taps_on_publish_are_one_post(premises: Premises) -> None:
    """Twenty times "Post now", twenty times "Yes, post now", and all of them again afterwards: one post is public."""
    linh, text = premises.newcomer(), "Only once"
    async with premises.leading_bot():
        await linh.says(text)
        card = await linh.sees("Draft", text)
        ask = data_of(card, "Post now")
        await all_answered(linh, card, [ask] * 20)
        await linh.sees("right now?", text)
        publish = data_of(card, "Yes, post now")
        await all_answered(linh, card, [publish] * 20)
        await linh.waits_for(lambda: "Published" in card.text, within=30)
        await all_answered(linh, card, [ask, publish] * 10)
        premises.telegram.delivers_again(20)
        await premises.at_rest()
        await linh.waits_for(lambda: "Published" in card.text)
    assert len(await premises.feed(text)) == 1
    assert [post.status for post in await premises.posts(text)] == [PostStatus.PUBLISHED]


async def test_nobody_taps_for_another(premises: Premises) -> None:
    """Every button of one person's draft and post, tapped by another, by a viewer and by a stranger: nothing happens."""
    linh, minh, text = premises.newcomer(), premises.newcomer(), "Mine alone"
    viewer = premises.telegram.person(4001, name="An", language="en", started=True)
    stranger = premises.telegram.person(4002, name="Mallory", language="en", started=True)
    allowed = f"{linh.id}:owner, {minh.id}:editor, 4001:viewer"
    async with premises.leading_bot(TELEGRAM_ALLOWED_USERS=allowed):
        await linh.says(text)
        card = await linh.sees("Draft", text)
        found = [button["callback_data"] for row in card.keyboard for button in row]
        await linh.taps("Post now")
        found.append(data_of(await linh.sees("right now?"), "Yes, post now"))
        await linh.taps("Back")
        await linh.taps("Keep as draft")
        kept = await linh.sees_button("Edit")
        posts = await premises.posts(text)
        buttons = [button["callback_data"] for row in kept.keyboard for button in row]
        post_id, version = posts[0].id, posts[0].version
        buttons += [f"{verb}:{post_id}:{version}:" for verb in ("f_now", "f_retry", "f_skip_yes", "f_edit")]
        forged = ["", "f_now", ":::", "x" * 64, "d_now_yes:*:1:", "d_now_yes:t1:-1:", "f_now:{$ne:null}:1:"]
        for person, data in ((minh, found), (viewer, [*found, *buttons]), (linh, forged)):
            await person.says("/whoami")
            mine = await person.sees(str(person.id))
            await all_answered(person, mine, data)
        for each in [*found, *buttons]:
            await stranger.taps_raw(each, None)
        await premises.at_rest()
    assert await premises.posts(text) == posts
    assert await premises.feed(text) == []
    assert [message for message in stranger.messages if message.from_bot] == []
    assert not any(
        query.answer for query in premises.telegram.world.queries.values() if query.person_id == 4002
    )
