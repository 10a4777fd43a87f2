"""What goes out to Telegram: paced, retried, never lost, never refused for its text."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from telegram import InputMediaPhoto, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.api import Api
from bot.cutting import LONGEST_CAPTION, LONGEST_TEXT, cut
from bot.delivery import Delivery
from bot.html import Html
from bot.keyboard import keyboard
from bot.screens import Screen

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_MOST_KNOWN: Final = 4096
_HTML: Final = "HTML"
ParseMode = Literal["HTML"] | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Shown:
    """Digests of what a message shows: text with buttons, and picture."""

    words: bytes
    picture: bytes


class Outgoing:
    """The one way to send and edit messages. Raises telegram.error.TelegramError for what cannot be mended.

    ``urgent``: a person waits for it, so it goes before what is not.
    """

    def __init__(self, api: Api, delivery: Delivery, *, urgent: bool = True) -> None:
        self.api = api
        self._delivery = delivery
        self._urgent = urgent
        self._known: dict[tuple[int, int], _Shown] = {}
        """What messages show: no picture is uploaded twice, and the same is not said again to every tap."""

    def patient(self) -> Outgoing:
        """The same for what nobody waits for."""
        other = Outgoing(self.api, self._delivery, urgent=False)
        other._known = self._known
        return other

    def forget(self) -> None:
        """Another process may have edited since: no message is known any more."""
        self._known.clear()

    async def turn_of_many(self) -> None:
        """Return when a message to somebody may be edited for which nobody waits."""
        await self._delivery.turn_of_many()

    async def send(self, chat_id: int, screen: Screen, *, reply_to: int | None = None) -> int:
        """A new message; its id."""

        async def call(text: str, parse_mode: ParseMode) -> Message:
            return await self._send(chat_id, screen, text, parse_mode, reply_to)

        message = await self._delivery.send(chat_id, lambda: _said(screen, call), urgent=self._urgent)
        self._showed(chat_id, message.message_id, screen)
        return message.message_id

    async def turn(self, card: Message, screen: Screen) -> int:
        """Turn a message that is there into the screen; the id of the message that shows it now.

        An unchanged one is left alone; where Telegram cannot edit (text into picture, message gone), the old
        one is removed and a new one sent.
        """
        same_kind = not (screen.file or card.document) and bool(card.photo) == (screen.picture is not None)
        shown = self._known.get((card.chat_id, card.message_id))
        if same_kind and (shown == _shown(screen) or await self.edit(card.chat_id, card.message_id, screen)):
            return card.message_id
        sent = await self.send(card.chat_id, screen)
        await self.remove(card.chat_id, card.message_id)
        return sent

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Edit a message by its id (``screen.picture`` says whether it is a picture); False when it is gone."""

        async def call(text: str, parse_mode: ParseMode) -> object:
            return await self._edit(chat_id, message_id, screen, text, parse_mode)

        try:
            await self._delivery.repeat(chat_id, lambda: _said(screen, call))
        except BadRequest as error:
            if _is(error, "not modified"):
                return True
            if _is(
                error, "message to edit not found", "can't be edited", "no text in the message", "no caption"
            ):
                return False
            raise
        self._showed(chat_id, message_id, screen)
        return True

    async def remove(self, chat_id: int, message_id: int) -> None:
        """Delete a message, or take its buttons when it is too old for that; one that is gone is no fault."""
        self._known.pop((chat_id, message_id), None)
        try:
            await self._delivery.repeat(chat_id, lambda: self.api.delete_message(chat_id, message_id))
        except BadRequest:
            with suppress(BadRequest):
                await self._delivery.repeat(
                    chat_id, lambda: self.api.edit_message_reply_markup(chat_id, message_id)
                )

    async def answer(self, query_id: str) -> bool:
        """Let the tapped button stop turning; False when the tap is too old for that. What else fails hurts nobody."""
        try:
            await self.api.answer_callback_query(query_id)
        except TelegramError as error:
            log.debug("bot.answer_failed", extra={"reason": str(error)})
            return not (isinstance(error, BadRequest) and _is(error, "query is too old"))
        return True

    async def _send(
        self, chat_id: int, screen: Screen, text: str, parse_mode: ParseMode, reply_to: int | None
    ) -> Message:
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        buttons = keyboard(screen.buttons)
        if screen.file is not None:
            return await self.api.send_document(
                chat_id,
                screen.file.data,
                filename=screen.file.name,
                caption=text,
                parse_mode=parse_mode,
                reply_markup=buttons,
                disable_notification=screen.silent,
                reply_parameters=reply,
                disable_content_type_detection=True,
            )
        if screen.picture is not None:
            return await self.api.send_photo(
                chat_id,
                screen.picture,
                caption=text,
                parse_mode=parse_mode,
                reply_markup=buttons,
                disable_notification=screen.silent,
                reply_parameters=reply,
            )
        return await self.api.send_message(
            chat_id,
            text,
            parse_mode=parse_mode,
            reply_markup=buttons,
            disable_notification=screen.silent,
            reply_parameters=reply,
            link_preview_options=_NO_PREVIEW,
        )

    async def _edit(
        self, chat_id: int, message_id: int, screen: Screen, text: str, parse_mode: ParseMode
    ) -> object:
        buttons = keyboard(screen.buttons)
        if screen.picture is None:
            return await self.api.edit_message_text(
                text,
                chat_id,
                message_id,
                parse_mode=parse_mode,
                reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )
        shown = self._known.get((chat_id, message_id))
        if shown is not None and shown.picture == _shown(screen).picture:
            return await self.api.edit_message_caption(
                chat_id, message_id, caption=text, parse_mode=parse_mode, reply_markup=buttons
            )
        media = InputMediaPhoto(screen.picture, caption=text, parse_mode=parse_mode)
        return await self.api.edit_message_media(media, chat_id, message_id, reply_markup=buttons)

    def _showed(self, chat_id: int, message_id: int, screen: Screen) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        self._known[chat_id, message_id] = _shown(screen)


async def _said(screen: Screen, call: Callable[[str, ParseMode], Awaitable[T]]) -> T:
    """Say it with its markup or, when Telegram cannot read that, without."""
    longest = LONGEST_TEXT if screen.picture is None and screen.file is None else LONGEST_CAPTION
    text: Html = cut(screen.text, longest)
    try:
        return await call(text.markup, _HTML)
    except BadRequest as error:
        if not _is(error, "can't parse entities"):
            raise
        log.error("bot.markup_refused", extra={"reason": error.message.partition(":")[2].strip()[:80]})  # noqa: TRY400  # the traceback would show the text
        return await call(text.plain, None)


def _is(error: BadRequest, *descriptions: str) -> bool:
    """Whether Telegram said one of these: its descriptions are all it gives."""
    return any(description in error.message.casefold() for description in descriptions)


def _shown(screen: Screen) -> _Shown:
    words = repr((screen.text.markup, [list(row) for row in screen.buttons]))
    return _Shown(_digest(words.encode()), _digest(screen.picture) if screen.picture else b"")


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
