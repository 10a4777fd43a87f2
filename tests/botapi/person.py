"""A person with a phone: says, taps, uploads, sees."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from botapi import attachments
from botapi.calls import Call
from botapi.files import Media
from botapi.messages import Chat, Message
from botapi.rich_text import RichText, typed
from botapi.transcript import Transcript
from botapi.wire import Json
from botapi.world import Answer, Query, World

PATIENCE = 10.0
"""Seconds that a person waits for what should be there."""


@dataclass(eq=False, slots=True, repr=False)
class Person:
    """Somebody in the private chat with the bot; ``within`` is always a number of seconds."""

    world: World
    user: Json
    chat: Chat
    acted: int = 0
    """The number of the change that the last deed of this person was."""

    @property
    def id(self) -> int:
        return self.user["id"]

    @property
    def messages(self) -> list[Message]:
        """What is on the screen, oldest first, own messages too."""
        return self.chat.visible

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return next(message for message in reversed(self.messages) if message.from_bot)

    @property
    def transcript(self) -> Transcript:
        return self.transcript_of(self.chat)

    async def says(self, text: str, *, to: Chat | None = None) -> Message:
        """Send a text, to the bot or in a group."""
        return self._send(typed(text), to=to)

    async def replies_to(self, message: Message, text: str) -> Message:
        return self._send(typed(text), to=message.chat, reply_to=message)

    async def edits(self, message: Message, text: str) -> Message:
        """Change an own message."""
        message.change(
            body=typed(text, caption=message.media is not None),
            media=message.media,
            keyboard=[],
            at=self.world.now(),
        )
        self.acted = message.order = self.world.changes.happened()
        self.world.updates.push("edited_message", message.as_json())
        return message

    async def deletes(self, message: Message) -> None:
        """Remove a message for both sides; Telegram does not tell the bot."""
        message.deleted = True
        self.acted = message.order = self.world.changes.happened()

    async def sends_photo(self, data: bytes, caption: str = "") -> Message:
        """Send a picture as a photo: Telegram makes a JPEG of it."""
        return self._send(typed(caption, caption=True), attachments.photo(self.world.files, data))

    async def sends_video(self, data: bytes, caption: str = "", *, name: str = "clip.mp4") -> Message:
        return self._send(typed(caption, caption=True), attachments.video(self.world.files, data, name))

    async def uploads(self, name: str, data: bytes, caption: str = "", *, mime: str = "") -> Message:
        """Send a file as a document."""
        media = attachments.document(self.world.files, name, data, mime)
        return self._send(typed(caption, caption=True), media)

    async def sends_album(
        self, items: Sequence[bytes], caption: str = "", *, shuffled: bool = False, seed: int = 1
    ) -> list[Message]:
        """Send pictures and clips in one go: one update each, the caption on the first of them.

        ``shuffled`` lets the updates arrive in another order than the messages have.
        """
        media = [attachments.picture_or_clip(self.world.files, item) for item in items]
        album = f"{14_000_000_000_000_000 + self.world.changes.count}"
        order = list(range(len(media)))
        if shuffled:
            random.Random(seed).shuffle(order)  # noqa: S311  # an order for a test, no secret
        captions = [caption, *[""] * len(media)]
        messages = [
            self._post(typed(words, caption=True), each, album=album)
            for words, each in zip(captions, media, strict=False)
        ]
        for place in order:
            self.world.updates.push("message", messages[place].as_json())
        return messages

    async def taps(
        self, label: str, *, on: Message | None = None, in_: Chat | None = None, within: float = PATIENCE
    ) -> Answer:
        """Tap the button of the newest message that has it, and wait until the tap is answered."""
        message = await self.sees_button(label, on=on, in_=in_, within=within)
        button = message.button(label)
        assert button is not None
        if "callback_data" not in button:
            raise AssertionError(f"{label!r} is not for tapping in a test: {button}")
        query = await self.taps_raw(button["callback_data"], message)
        return await self.gets_answer(query, within=within)

    async def taps_raw(self, data: str, message: Message | None) -> Query:
        """Send any callback data at all, and wait for nothing."""
        query = self.world.ask(self.id, message, data)
        self.acted = self.world.changes.happened()
        fields: Json = {"id": query.id, "from": self.user, "chat_instance": str(self.chat.id), "data": data}
        if message is not None:
            gone = {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
            fields["message"] = gone if message.deleted else message.as_json()
        self.world.updates.push("callback_query", fields)
        return query

    async def gets_answer(self, query: Query, *, within: float = PATIENCE) -> Answer:
        """How the bot answers a tap."""
        answer = await self.world.changes.until(lambda: query.answer, within)
        if answer is None:
            raise AssertionError(
                f"The tap on {query.data!r} was not answered in {within:g} s\n{self.transcript}"
            )
        return answer

    async def sees(
        self, *texts: str, fresh: bool = False, in_: Chat | None = None, within: float = PATIENCE
    ) -> Message:
        """Wait for a message of the bot that shows all these texts; the newest such.

        ``fresh`` takes only what was sent or edited after the last deed of this person.
        """

        def fits(message: Message) -> bool:
            shown = f"{message.text}\n{message.file_name}"
            return all(text in shown for text in texts)

        return await self._finds(fits, f"{texts} not seen", fresh=fresh, in_=in_, within=within)

    async def sees_button(
        self, label: str, *, on: Message | None = None, in_: Chat | None = None, within: float = PATIENCE
    ) -> Message:
        """Wait for a message of the bot with such a button."""

        def fits(message: Message) -> bool:
            return on in (None, message) and message.button(label) is not None

        return await self._finds(fits, f"no button {label!r}", fresh=False, in_=in_, within=within)

    async def sees_photo(self, *, fresh: bool = True, within: float = PATIENCE) -> Message:
        """Wait for a picture of the bot."""
        return await self._finds(
            lambda message: message.photo is not None, "no photo", fresh=fresh, in_=None, within=within
        )

    async def sees_document(self, name: str = "", *, fresh: bool = True, within: float = PATIENCE) -> Message:
        """Wait for a file of the bot, whose name contains this."""
        return await self._finds(
            lambda message: message.document is not None and name in message.file_name,
            f"no document {name!r}",
            fresh=fresh,
            in_=None,
            within=within,
        )

    async def sees_gone(self, message: Message, *, within: float = PATIENCE) -> None:
        """Wait until a message is deleted."""
        if not await self.world.changes.until(lambda: message.deleted or None, within):
            raise AssertionError(f"Message {message.id} is still there\n{self.transcript}")

    async def waits_for(self, condition: Callable[[], object], *, within: float = PATIENCE) -> None:
        """Wait until something on the server is so; it is asked after every call and update."""
        if not await self.world.changes.until(lambda: bool(condition()) or None, within):
            raise AssertionError(f"It did not become so in {within:g} s\n{self.transcript}")

    async def sees_nothing_new(self, after: Awaitable[object], *, in_: Chat | None = None) -> None:
        """From the last deed of this person until ``after`` is done, the bot does nothing towards them.

        Nothing in the private chat, or the chat ``in_``; and no query is answered but other people's taps.
        """
        since = self.acted
        await after
        deeds = [
            call.method
            for call in self.world.calls
            if call.order > since and (call.chat_id == (in_ or self.chat).id or self._is_answered(call))
        ]
        if deeds:
            raise AssertionError(f"Expected silence, but the bot called {deeds}\n{self.transcript}")

    async def blocks_bot(self) -> None:
        """From now on every message to this person is refused."""
        self.chat.blocked = True
        self._membership("member", "kicked")

    async def unblocks_bot(self) -> None:
        self.chat.blocked = False
        self._membership("kicked", "member")

    async def asks_inline(self, query: str) -> None:
        """Type ``@bot query`` in some other chat."""
        self.acted = self.world.changes.happened()
        fields: Json = {"id": f"99{self.acted}", "from": self.user, "query": query, "offset": ""}
        self.world.updates.push("inline_query", fields)

    async def gets_update(self, kind: str, payload: Json) -> None:
        """Let the bot get any update, asked for or not."""
        self.acted = self.world.changes.happened()
        self.world.updates.push(kind, payload, always=True)

    def _is_answered(self, call: Call) -> bool:
        query = self.world.queries.get(call.text("callback_query_id"))
        if query is not None:
            return query.person_id == self.id
        return call.method.startswith(("answer", "approve", "decline")) or call.number("user_id") == self.id

    async def _finds(
        self, fits: Callable[[Message], bool], problem: str, *, fresh: bool, in_: Chat | None, within: float
    ) -> Message:
        chat = in_ or self.chat
        since = self.acted if fresh else -1

        def look() -> Message | None:
            newest = reversed(chat.visible)
            return next(
                (each for each in newest if each.from_bot and each.order > since and fits(each)), None
            )

        found = await self.world.changes.until(look, within)
        if found is None:
            raise AssertionError(f"In {within:g} s: {problem}\n{self.transcript_of(chat)}")
        return found

    def transcript_of(self, chat: Chat) -> Transcript:
        """The screen of a group or channel."""
        return Transcript(self.world.bot["first_name"], self.id, chat.visible)

    def _send(
        self,
        body: RichText,
        media: Media | None = None,
        *,
        to: Chat | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        message = self._post(body, media, to=to, reply_to=reply_to)
        self.world.updates.push("message", message.as_json())
        return message

    def _post(
        self,
        body: RichText,
        media: Media | None,
        *,
        to: Chat | None = None,
        reply_to: Message | None = None,
        album: str = "",
    ) -> Message:
        chat = to or self.chat
        if chat is self.chat:
            chat.reachable, chat.blocked = True, False
        message = self.world.post(chat, self.user, body, media, reply_to=reply_to, album=album)
        self.acted = message.order
        return message

    def _membership(self, old: str, new: str) -> None:
        self.acted = self.world.changes.happened()
        change: dict[str, Any] = {
            "chat": self.chat.as_json(),
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": _member(self.world.bot, old),
            "new_chat_member": _member(self.world.bot, new),
        }
        self.world.updates.push("my_chat_member", change)


async def together(*deeds: Awaitable[Any]) -> list[Any]:
    """Several people, or several taps, at once."""
    return await asyncio.gather(*deeds)


def _member(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
