"""`python -m bot` with a real worker, from the first word to the permalink."""

from __future__ import annotations

from running_bot import Premises, picture, premises

from botapi.messages import Message
from botapi.person import Person
from core.domain.post import PostStatus

__all__ = ["premises"]


async def goes_out(premises: Premises, linh: Person, card: Message, text: str) -> None:
    """Post now, and again: the card ends at the permalink of the one post that the public sees."""
    await linh.taps("Post now", on=card)
    await linh.taps("Yes, post now", on=card)
    await linh.waits_for(lambda: card.button("Open on Threads"), within=30)
    (shown,) = await premises.feed(text)
    opens = card.button("Open on Threads")
    assert opens is not None
    assert ("Published" in card.text, opens["url"]) == (True, shown.permalink)
    assert [post.status for post in await premises.posts(text)] == [PostStatus.PUBLISHED]


async def test_what_people_send_goes_out(premises: Premises) -> None:
    """A text for tomorrow is scheduled; a text, a photo and an album go out now, each with its permalink."""
    linh = premises.newcomer()
    async with premises.leading_bot():
        await linh.says("For <b>tomorrow</b> & 🌞")
        card = await linh.sees("Draft", "For <b>tomorrow</b> & 🌞")
        await linh.taps("📅 When")
        await linh.taps("Tomorrow 09:00")
        await linh.taps("✅ Schedule")
        assert await linh.sees("Scheduled", "09:00") is card
        assert [post.status for post in await premises.posts("For <b>")] == [PostStatus.SCHEDULED]

        await linh.says("And one for now")
        card = await linh.sees("Draft", "for now")
        await goes_out(premises, linh, card, "And one for now")

        await linh.sends_photo(picture("red"), "A photo")
        card = await linh.sees("Draft", "A photo", "1 picture")
        await goes_out(premises, linh, card, "A photo")

        await linh.sends_album(
            [picture(each) for each in ("red", "green", "blue")], "An album", shuffled=True
        )
        card = await linh.sees("Draft", "An album", "3 pictures")
        await goes_out(premises, linh, card, "An album")
        (album,) = await premises.feed("An album")
        assert (album.media_type, len(set(album.media))) == ("CAROUSEL_ALBUM", 3)
        assert all(url.startswith(premises.environment["MEDIA_PUBLIC_URL"]) for url in album.media)
    assert premises.telegram.refusals == []
