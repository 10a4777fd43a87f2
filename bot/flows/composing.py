"""A post begins: whatever somebody sends becomes a draft."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Message

from bot.downloads import download
from bot.flows import choosing_time, drafting, post_status, repeating
from bot.flows.drafts import show_draft
from bot.flows.post_status import set_post_text, unless_gone
from bot.routes import Routes, merged
from bot.screens import Screen
from bot.visit import Visit
from core.domain.access import Role
from core.domain.account import Account
from core.domain.composition import Composition
from core.domain.errors import RefusedError, SettingsError, UnavailableError
from core.domain.post import Content, MediaKind

log = logging.getLogger(__name__)

_PHOTOS: Final = (".heic", ".heif")
"""Which few systems know: such a file comes as one of no kind."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A picture or video as Telegram names it."""

    file_id: str
    kind: MediaKind | None
    name: str = ""


async def compose(visit: Visit) -> None:
    """Make a draft of a text, picture, video or album; the same update again finds the same draft.

    The parts of an album come as updates of their own, in any order: the last one shows the card.
    """
    message = visit.message
    if message is None:
        return
    text, sent = message.text or message.caption or "", _sent(message)
    if not text and sent is None:
        await visit.say(Screen(text=visit.words.say("draft.not_a_post")))
        return
    album = message.media_group_id
    draft_id = f"a{album}" if album else f"t{visit.update_id}"
    composition = await _begun(visit, draft_id, text)
    notes: Sequence[str] = ()
    if sent is not None:
        composition, notes = await _with_media(visit, composition, message, sent)
    if not visit.more_of_album:
        await show_draft(visit, composition, notes=notes)


def is_picture_or_video(message: Message | None) -> bool:
    """Whether a file that was sent as a document belongs into a post."""
    document = message.document if message else None
    if document is None:
        return False
    name = (document.file_name or "").lower()
    return (document.mime_type or "").startswith(("image/", "video/")) or name.endswith(_PHOTOS)


async def _new(visit: Visit) -> None:
    """``/new``, and ``/new`` with the text behind it. Raises RefusedError for somebody who may not write."""
    if not visit.args:
        await _account(visit)
        await visit.expect_nothing()
        await visit.show(Screen(text=visit.words.say("draft.new")))
        return
    await show_draft(visit, await _begun(visit, f"t{visit.update_id}", visit.args))


async def _begun(visit: Visit, draft_id: str, text: str) -> Composition:
    """The draft, with the text if it has none yet: of an album one part only has it."""
    account = await _account(visit)
    composition = await visit.core.composing.begin(
        draft_id,
        visit.person.id,
        account_id=account.id if account else None,
        content=Content(text=text),
    )
    if text and not composition.content.text and composition.post_id is None:
        return await visit.core.composing.set_text(draft_id, visit.person.id, text)
    return composition


async def _account(visit: Visit) -> Account | None:
    """The account that the person writes for: the chosen one, else the default, else the only one.

    Raises RefusedError for somebody who may change posts of none.
    """
    accounts = await visit.core.accounts.list()
    rights = await visit.core.people.rights_of(visit.person)
    own = [one for one in accounts if rights.may(Role.EDITOR, one.id)]
    if not own:
        rights.require(Role.EDITOR, accounts[0].id if accounts else None)
    chosen = [one for one in own if one.id == visit.person.account_id]
    default = [one for one in own if one.is_default]
    only = own if len(own) == 1 else []
    return next(iter([*chosen, *default, *only]), None)


async def _with_media(
    visit: Visit, composition: Composition, message: Message, sent: _Sent
) -> tuple[Composition, Sequence[str]]:
    """The draft with the picture or video, and what was done to that; with the reason why it is not in it else."""
    try:
        data = await download(visit.out.api, sent.file_id)
        kept = await visit.core.media.keep(data, kind_hint=sent.kind, file_name=sent.name)
        added = await visit.core.composing.add_media(
            composition.id, visit.person.id, kept.media, message.message_id
        )
    except (RefusedError, SettingsError, UnavailableError) as error:
        log.info("draft.media_refused", extra={"composition": composition.id, "reason": str(error)})
        if visit.more_of_album and not isinstance(error, SettingsError):
            told = visit.words.say("draft.refused", sentence=visit.words.sentence(str(error)))
            await visit.out.send(visit.chat_id, Screen(text=told), reply_to=message.message_id)
        return await visit.core.composing.refuse_media(
            composition.id, visit.person.id, str(error), message.message_id
        ), ()
    return added, kept.notes


def _sent(message: Message) -> _Sent | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return _Sent(largest.file_id, MediaKind.IMAGE)
    if message.video is not None:
        return _Sent(message.video.file_id, MediaKind.VIDEO, message.video.file_name or "")
    if message.animation is not None:
        return _Sent(message.animation.file_id, MediaKind.VIDEO, message.animation.file_name or "")
    if message.document is not None:
        return _Sent(message.document.file_id, None, message.document.file_name or "")
    return None


async def _reply(visit: Visit) -> None:
    """A text that replies to the card of a draft or post takes the place of its text."""
    text = (visit.message and visit.message.text) or ""
    kind, _, subject = (visit.card.subject if visit.card else "").partition(":")
    if kind == "draft":
        await show_draft(visit, await visit.core.composing.set_text(subject, visit.person.id, text))
    elif kind == "post":
        await unless_gone(_retext)(visit)
    else:
        visit.card = None
        await compose(visit)


async def _retext(visit: Visit) -> None:
    _, _, post_id = (visit.card.subject if visit.card else "").partition(":")
    post = await visit.core.posts.get(post_id)
    await set_post_text(visit, post, (visit.message and visit.message.text) or "")


ROUTES: Final = merged(
    (
        Routes(commands={"new": _new}, taps={"new": _new}, content=compose, replies=_reply),
        drafting.ROUTES,
        choosing_time.ROUTES,
        repeating.ROUTES,
        post_status.ROUTES,
    )
)
