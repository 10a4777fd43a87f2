"""What the buttons of a draft card do, and the typed answers to what they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.cards.draft import (
    Draft,
    accounts_screen,
    ask_now_screen,
    ask_screen,
    discarded_screen,
    more_screen,
    preview_screen,
)
from bot.flows.drafts import draft_of, made, on_draft, put_draft, show_draft, show_outcome
from bot.flows.post_status import show_post
from bot.flows.tapped_times import moment_of
from bot.html import NOTHING, Html
from bot.pictures.card import preview_card
from bot.pictures.drawing import drawn
from bot.pictures.subjects import MEDIA_SHOWN, Preview, Thumbnail
from bot.routes import Routes
from bot.visit import Visit
from core.domain.composition import Composition
from core.domain.distance import time_label
from core.domain.errors import DuplicateError, RefusedError
from core.domain.post import Post
from core.domain.splitting import split_text
from core.domain.topic import check_topic

_ASKED: Final = ("text", "comment", "part", "topic")


async def _show(visit: Visit, composition: Composition) -> None:
    await show_draft(visit, composition)


async def _more(visit: Visit, composition: Composition) -> None:
    draft = await draft_of(visit, composition)
    await put_draft(visit, composition, more_screen(draft, visit.words))


async def _accounts(visit: Visit, composition: Composition) -> None:
    draft = await draft_of(visit, composition)
    await put_draft(visit, composition, accounts_screen(draft, visit.words))


async def _choose_account(visit: Visit, composition: Composition) -> None:
    changed = await visit.core.composing.choose_account(
        composition.id, visit.person.id, visit.arg(), version=composition.version
    )
    await show_draft(visit, changed)


async def _ask(visit: Visit, composition: Composition) -> None:
    if visit.arg() in _ASKED:
        await _ask_for(visit, composition, visit.arg())


async def _ask_for(visit: Visit, composition: Composition, what: str, wrong: Html = NOTHING) -> None:
    draft = await draft_of(visit, composition)
    card = await put_draft(visit, composition, ask_screen(draft, what, visit.words, wrong=wrong))
    version = str(composition.version)
    await visit.expect("d_ask", composition.id, card.message_id, what=what, version=version)


async def _typed(visit: Visit, composition: Composition) -> None:
    """The answer to what was asked for."""
    text = (visit.message and visit.message.text) or ""
    composing, person = visit.core.composing, visit.person.id
    match visit.talk.facts.get("what"):
        case "comment":
            changed = await composing.set_first_comment(composition.id, person, text)
        case "part":
            parts = (*composition.content.replies, text)
            asked = int(
                visit.talk.facts.get("version", composition.version)
            )  # another one has the part already
            changed = await composing.set_replies(composition.id, person, parts, version=asked)
        case "topic":
            if wrong := check_topic(text.strip().removeprefix("#").strip()):
                told = visit.words.say("draft.refused", sentence=visit.words.sentence(wrong))
                await _ask_for(visit, composition, "topic", told)
                return
            changed = await composing.set_topic(composition.id, person, text)
        case _:
            changed = await composing.set_text(composition.id, person, text)
    await show_draft(visit, changed)


async def _drop(visit: Visit, composition: Composition) -> None:
    """Take a picture or video, a part, the comment or the topic away."""
    composing, person, version = visit.core.composing, visit.person.id, composition.version
    index = int(visit.arg(1)) if visit.arg(1).isdecimal() else -1
    match visit.arg():
        case "media":
            changed = await composing.remove_media(composition.id, person, index, version=version)
        case "part":
            parts = [part for n, part in enumerate(composition.content.replies) if n != index]
            changed = await composing.set_replies(composition.id, person, parts, version=version)
        case "comment":
            changed = await composing.set_first_comment(composition.id, person, "", version=version)
        case _:
            changed = await composing.set_topic(composition.id, person, "", version=version)
    await put_draft(visit, changed, more_screen(await draft_of(visit, changed), visit.words))


async def _without(visit: Visit, composition: Composition) -> None:
    """Go on with the draft although something that was sent for it is not in it."""
    changed = await visit.core.composing.go_without(
        composition.id, visit.person.id, version=composition.version
    )
    await show_draft(visit, changed)


async def _split(visit: Visit, composition: Composition) -> None:
    """Make a thread of a text that is too long: the parts that are there already follow it."""
    parts = [*split_text(composition.content.text), *composition.content.replies]
    changed = await visit.core.composing.set_thread(
        composition.id, visit.person.id, parts, version=composition.version
    )
    await show_draft(visit, changed)


async def _preview(visit: Visit, composition: Composition) -> None:
    draft = await draft_of(visit, composition)
    subject = await _subject(draft, visit)
    picture = await drawn(preview_card, subject, visit.words.language)
    await put_draft(visit, composition, preview_screen(draft, picture, visit.words))


async def _subject(draft: Draft, visit: Visit) -> Preview:
    content, at = draft.composition.content, draft.composition.at
    shown = [
        Thumbnail(item.kind, await visit.core.media.picture(item)) for item in content.media[:MEDIA_SHOWN]
    ]
    return Preview(
        username=draft.account.username if draft.account else "…",
        text=content.text,
        when=time_label(at, visit.words.zone, visit.words.language) if at else "",
        media=(*shown, *(Thumbnail(item.kind) for item in content.media[MEDIA_SHOWN:])),
        parts=content.replies,
        first_comment=content.first_comment,
        topic=content.topic,
        link=content.link_attachment,
    )


async def _ask_now(visit: Visit, composition: Composition) -> None:
    draft = await draft_of(visit, composition)
    await put_draft(visit, composition, ask_now_screen(draft, visit.words))


async def _publish_now(visit: Visit, composition: Composition) -> None:
    composing, person = visit.core.composing, visit.person.id
    version = composition.version
    if visit.arg() == "dup" and composition.post_id is None:
        allowed = await composing.allow_duplicate(composition.id, person, version=version)
        version = allowed.version
    try:
        post = await composing.publish_now(composition.id, person, version=version, who=visit.who)
    except RefusedError as error:
        await _refused_now(visit, composition, error)
        return
    await show_post(visit, post)


async def _refused_now(visit: Visit, composition: Composition, error: RefusedError) -> None:
    """Why it cannot go out at once; a duplicate may if the person insists, all else is mended on the card."""
    newest = await visit.core.composing.get(composition.id, visit.person.id)
    if not isinstance(error, DuplicateError):
        await show_draft(visit, newest, notes=(str(error),))
        return
    wrong = visit.words.say("draft.refused", sentence=visit.words.sentence(str(error)))
    draft = await draft_of(visit, newest)
    await put_draft(visit, newest, ask_now_screen(draft, visit.words, wrong=wrong, duplicate=True))


async def _keep(visit: Visit, composition: Composition) -> None:
    try:
        post = await visit.core.composing.save_draft(
            composition.id, visit.person.id, version=composition.version, who=visit.who
        )
    except RefusedError as error:
        newest = await visit.core.composing.get(composition.id, visit.person.id)
        await show_draft(visit, newest, notes=(str(error),))
        return
    newest = await visit.core.composing.get(composition.id, visit.person.id)
    await show_outcome(visit, newest, post)


async def _discard(visit: Visit, composition: Composition) -> None:
    """Only the card says that it is gone: the draft itself is forgotten in its own time, so it can be had back."""
    draft = await draft_of(visit, composition)
    await put_draft(visit, composition, discarded_screen(draft, visit.words))


async def _undo(visit: Visit) -> None:
    composition = await visit.core.composing.get(visit.subject, visit.person.id)
    if composition.post_id is None:
        await show_draft(visit, composition)
        return
    outcome = await made(visit, composition)
    until = moment_of(visit.arg())
    if until is None or visit.core.clock.now() >= until + timedelta(seconds=1):
        if isinstance(outcome, Post):
            await show_post(visit, outcome, note=visit.words.say("card.too_late"))
        else:
            await show_outcome(visit, composition, outcome)
        return
    try:
        opened = await visit.core.composing.undo(composition.id, visit.person.id, who=visit.who)
    except RefusedError as error:
        if not isinstance(outcome, Post):
            raise
        note = visit.words.say("draft.refused", sentence=visit.words.sentence(str(error)))
        await show_post(visit, await visit.core.posts.get(outcome.id), note=note)
        return
    await show_draft(visit, opened, above=visit.words.say("card.undone"))


ROUTES: Final = Routes(
    taps={
        "d_show": on_draft(_show),
        "d_more": on_draft(_more),
        "d_accounts": on_draft(_accounts),
        "d_account": on_draft(_choose_account),
        "d_ask": on_draft(_ask),
        "d_drop": on_draft(_drop),
        "d_without": on_draft(_without),
        "d_split": on_draft(_split),
        "d_preview": on_draft(_preview),
        "d_now": on_draft(_ask_now),
        "d_now_yes": on_draft(_publish_now, decides=True),
        "d_keep": on_draft(_keep, decides=True),
        "d_discard": on_draft(_discard),
        "d_back": on_draft(_show),
        "d_undo": _undo,
    },
    answers={"d_ask": on_draft(_typed)},
)
