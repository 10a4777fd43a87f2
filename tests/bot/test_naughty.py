"""Every text of the Big List of Naughty Strings, through the whole bot: nothing is refused, all is shown as typed.

What a phone would not send is left out: nothing at all, and blanks alone.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bot_scene import BotScene
from open_drafts import open_drafts

from bot import duties
from bot.html import shorten
from bot.pacing import Pace
from botapi.messages import Message
from botapi.person import Person, together
from botapi.rich_text import cleaned_text, typed
from botapi.telegram_side import Telegram
from core.domain.text import clean_text
from core.domain.topic import check_topic
from core.ports import PostFilter
from stories.calendar_file import workbook
from stories.fixtures import Shop

_LIST = json.loads(Path(__file__).with_name("naughty_strings.json").read_text(encoding="utf-8"))["strings"]
NAUGHTY: list[str] = [text for text in _LIST if text.strip()]
Broken = Callable[[], list[str]]
_WIDTH = 6
_OWNERS = range(3001, 3001 + _WIDTH)
"""People who speak at the same time."""
_STATUS_HEAD, _HEAD, _NAME = 200, 80, 60
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no workbook holds (XML 1.0, Char)."""
_COMMANDS = ("queue", "post", "why", "calendar", "pause", "export", "stats", "help", "nothing_such")


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    return {**environment, "telegram_allowed_users": ", ".join(f"{number}:owner" for number in _OWNERS)}


@pytest.fixture(autouse=True)
def unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much these people say, they are answered at once."""
    monkeypatch.setattr("bot.runner.Pace", lambda: Pace(clock=lambda: time.monotonic() * 1000))


@pytest.fixture
async def scene(product: BotScene) -> AsyncIterator[BotScene]:
    """The bot answers."""
    async with product.answering(duties=()):
        yield product


@pytest.fixture
def people(telegram: Telegram) -> list[Person]:
    return [telegram.person(number, name=f"Linh {number}", language="en", started=True) for number in _OWNERS]


def said(text: str) -> str:
    """How a text is sent, so that it is a post and no command."""
    return f"/new {text}" if text.lstrip().startswith("/") else text


def shown(text: str, length: int | None = None) -> str:
    """What Telegram shows of a text that was sent to the bot: all of it, or its head on one line."""
    arrived = clean_text(typed(said(text)).text.removeprefix("/new "))
    return cleaned_text(arrived if length is None else shorten(arrived, length))


def bundles() -> list[str]:
    """All of them, a few in each, so that a status card shows the whole."""
    found: list[str] = []
    bundle = ""
    for text in NAUGHTY:
        if bundle and len(shorten(f"{bundle} {text}", 10**6)) > _STATUS_HEAD:
            found.append(bundle)
            bundle = ""
        bundle = f"{bundle} {text}".strip()
    return [*found, bundle]


async def changes(person: Person, card: Message, button: str) -> None:
    """Tap the button and wait until the card is another one."""
    before = card.text, card.keyboard
    await person.taps(button, on=card)
    await person.waits_for(lambda: (card.text, card.keyboard) != before)


async def test_every_text_becomes_a_draft(
    scene: BotScene, telegram: Telegram, shop: Shop, people: Sequence[Person]
) -> None:
    """Whatever is sent stands on the draft card as it was sent, but for controls that no post may hold."""

    async def speak(person: Person, texts: Sequence[str]) -> None:
        for text in texts:
            await person.says(said(text))
            card = await person.sees("Draft", f"@{shop.account.username}", fresh=True)
            assert f"Draft\n{shown(text) or 'no text yet'}\n" in card.text, ascii(text)

    await together(*(speak(person, NAUGHTY[n::_WIDTH]) for n, person in enumerate(people)))
    assert len(await open_drafts(scene.core, str(people[0].id))) > 80
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_every_text_goes_through_every_card(
    telegram: Telegram, shop: Shop, people: Sequence[Person]
) -> None:
    """More, the times, the question, the status card and the queue show it."""
    texts = [text for text in bundles() if shown(text)]

    async def speak(person: Person, mine: Sequence[str]) -> None:
        for text in mine:
            await person.says(said(text))
            card = await person.sees("Draft", f"@{shop.account.username}", fresh=True)
            for button, length in (
                ("More", None),
                ("Back", None),
                ("When", _STATUS_HEAD),
                ("Tomorrow 09:00", _STATUS_HEAD),
                ("✅ Schedule", _STATUS_HEAD),
            ):
                await changes(person, card, button)
                assert shown(text, length) in card.text, (button, ascii(text))
            assert "Scheduled" in card.text

    await together(*(speak(person, texts[n::_WIDTH]) for n, person in enumerate(people)))
    assert await queue_of(people[0], len(texts)) >= {shown(text, _HEAD) for text in texts}
    assert telegram.refusals == []


async def queue_of(person: Person, posts: int) -> set[str]:
    """The lines on all pages of the queue."""
    await person.says("/queue")
    card = await person.sees_button(f"1/{-(-posts // 5)}")
    found = set(card.text.splitlines())
    while card.button("Next") or card.button("›"):
        await changes(person, card, "›")
        found |= set(card.text.splitlines())
    return found


@pytest.fixture
def broken(caplog: pytest.LogCaptureFixture) -> Broken:
    """What the bot could not answer, so far."""
    return lambda: [
        record.exc_text or "" for record in caplog.records if record.message == "bot.handler_failed"
    ]


async def reply_to(person: Person) -> Message:
    """The newest message of the bot, once it is newer than what the person did."""
    return await person.sees(fresh=True)


async def asked_for_a_time(person: Person) -> None:
    await person.says("Timely")
    await person.taps("When")
    await person.taps("Type it")
    await person.sees("Type the time")


@pytest.mark.usefixtures("scene", "shop")
async def test_every_text_is_an_argument_and_a_time(
    telegram: Telegram, people: Sequence[Person], broken: Broken
) -> None:
    """Behind a command and in answer to "when" it is understood or refused in a sentence; the bot goes on."""

    async def speak(person: Person, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts[::2]):
            await person.says(f"/{_COMMANDS[number % len(_COMMANDS)]} {text}")
            await reply_to(person)
        await asked_for_a_time(person)
        for text in texts[1::2]:
            if not text.lstrip().startswith("/"):
                await person.says(text)
                if "Type the time" not in (await reply_to(person)).text:
                    await asked_for_a_time(person)

    await together(*(speak(person, NAUGHTY[n::_WIDTH]) for n, person in enumerate(people)))
    assert broken() == []
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene", "shop")
async def test_what_else_can_be_typed(telegram: Telegram, people: Sequence[Person], broken: Broken) -> None:
    """A first comment, a further part and a topic are shown as typed, or refused in a sentence; a preview is drawn."""

    async def speak(person: Person, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts):
            button = ("First comment", "Part", "Topic")[number % 3]
            await person.says(f"About {number}")
            await person.taps("More", on=await person.sees("Draft", fresh=True))
            await person.taps(button)
            await person.sees("Send the", fresh=True)
            await person.says(text)
            card = await reply_to(person)
            if button == "Topic":
                topic = cleaned_text(text.strip().removeprefix("#").strip())
                assert (f"topic {topic}" in card.text) == (check_topic(topic) is None), ascii(text)
                continue
            await person.taps("More", on=card)
            await person.waits_for(lambda card=card: card.button("Back"))
            assert shown(text, _HEAD) in card.text, (button, ascii(text))
            if number % 9 == 0:
                await person.taps("Back", on=card)
                await person.taps("Preview")
                await person.sees_photo()

    texts = [text for text in NAUGHTY if shown(text) and not text.lstrip().startswith("/")][::6]
    await together(*(speak(person, texts[n::_WIDTH]) for n, person in enumerate(people)))
    assert broken() == []
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene", "shop")
async def test_names_of_people_and_files(
    telegram: Telegram, people: Sequence[Person], broken: Broken
) -> None:
    """A person's name stands in the list of people as it is, a file's name in what is said of the file."""
    linh, minh, an, *_ = people
    texts = [text for text in NAUGHTY if shown(text)][::8]
    for number, text in enumerate(texts):
        minh.user["first_name"] = cleaned_text(text)[:64]
        await minh.says("/whoami")
        await reply_to(minh)
        await linh.says("/people")
        listed = await reply_to(linh)
        assert cleaned_text(clean_text(minh.user["first_name"])) in listed.text, ascii(text)
        kind, data = ((".xlsx", b"PK no workbook"), (".png", b"no picture"), ("", b"nothing"))[number % 3]
        name = text[:40].replace("/", "_") + kind
        await an.uploads(name, data)
        dense = _dense(name)
        await an.waits_for(
            lambda dense=dense: any(dense in _dense(told.text) for told in an.messages if told.from_bot)
        )
    assert broken() == []
    assert telegram.refusals == []


async def test_what_is_told_unasked(
    product: BotScene, telegram: Telegram, shop: Shop, people: Sequence[Person]
) -> None:
    """A post that went out and one that failed are told with the text that they are about."""
    linh = people[0]
    texts = [text for text in NAUGHTY if shown(text)][::170]
    async with product.answering(duties=[duties.deliver]):
        await linh.says("/whoami")
        await linh.sees(str(linh.id))
        for number, text in enumerate(texts):
            if number % 2:
                await shop.threads.misbehave("error", on="create", code=100)
            await shop.schedule(clean_text(text), timedelta(minutes=5), allow_duplicate=True)
            await product.run_for(timedelta(minutes=10))
            told = "Failed" if number % 2 else "Published on"
            await linh.sees(told, shown(text, _NAME).rstrip("…"))
    assert telegram.refusals == []


async def test_a_calendar_of_nothing_else(
    scene: BotScene, telegram: Telegram, shop: Shop, people: Sequence[Person], broken: Broken
) -> None:
    """A workbook whose cells hold every text is checked and imported; its posts say what its cells say."""
    linh = people[0]
    at = scene.core.clock.now().replace(second=0, microsecond=0) + timedelta(days=2)
    texts = [text for text in NAUGHTY if shown(text) and not _NO_XML.search(text)]
    rows = [
        (f"N{n}", shop.account.name, at + n * timedelta(minutes=20), f"{n} {text}", text, None)
        for n, text in enumerate(texts)
    ]
    await linh.uploads("naughty.xlsx", workbook(*rows))
    card = await linh.sees_button("Import", within=30)
    await linh.sees_document("naughty.xlsx", fresh=False, within=30)
    await linh.taps("Import", on=card, within=30)
    await linh.waits_for(lambda: "Added: " in card.text, within=30)
    posts = await scene.core.posts.find(PostFilter(), limit=1000)
    found = {post.content.text for post in posts}
    assert len(found) > 0.95 * len(rows)
    assert found <= {clean_text(row[3]) for row in rows}
    assert broken() == []
    assert telegram.refusals == []


def _dense(text: str) -> str:
    """Without blanks, of which a name loses some on its way."""
    return "".join(cleaned_text(text).split())
