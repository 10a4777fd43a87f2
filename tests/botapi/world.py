"""Everything that Telegram knows in one test: people, chats, files, updates, queries and calls."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

from botapi.calls import Call
from botapi.changes import Changes, Clock
from botapi.errors import bad_request, forbidden
from botapi.faults import Fault
from botapi.files import FileStore, Media
from botapi.limits import Limits
from botapi.messages import Chat, Keyboard, Message
from botapi.profile import Profile
from botapi.rich_text import RichText
from botapi.updates import UpdateQueue
from botapi.wire import Json

QUERY_LIFETIME = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """How a tap was answered; ``seconds`` is how long it took."""

    text: str
    alert: bool
    url: str
    seconds: float


@dataclass(eq=False, slots=True)
class Query:
    """A tap that the bot has been told of."""

    id: str
    person_id: int
    message: Message | None
    data: str
    sent_at: float
    begun: float
    answer: Answer | None = None


@dataclass(slots=True)
class Webhook:
    """Where updates go instead of getUpdates."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


@dataclass(slots=True, repr=False)
class World:
    """The state; ``clock`` is Telegram's."""

    token: str
    bot: Json
    clock: Clock = field(default_factory=Clock)
    changes: Changes = field(default_factory=Changes)
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    files: FileStore = field(default_factory=FileStore)
    queries: dict[str, Query] = field(default_factory=dict[str, Query])
    calls: list[Call] = field(default_factory=list[Call])
    faults: list[tuple[str, Fault]] = field(default_factory=list[tuple[str, Fault]])
    limits: Limits = field(default_factory=Limits)
    profile: Profile = field(default_factory=Profile)
    webhook: Webhook | None = None
    webhook_task: asyncio.Task[None] | None = None
    updates: UpdateQueue = field(init=False)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _query_ids: itertools.count[int] = field(
        default_factory=lambda: itertools.count(4_611_686_018_427_388_000)
    )

    def __post_init__(self) -> None:
        self.updates = UpdateQueue(self.changes)

    def now(self) -> int:
        """Unix time."""
        return int(self.clock.now())

    def chat(self, chat_id: str) -> Chat:
        """The chat of a call; raises 400."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        if chat_id.startswith("@"):
            found = [chat for chat in self.chats.values() if chat.username == chat_id[1:]]
        else:
            number = int(chat_id) if chat_id.removeprefix("-").isdigit() else 0
            found = [self.chats[number]] if number in self.chats else []
        if not found:
            raise bad_request("chat not found")
        return found[0]

    def open_chat(self, chat_id: str) -> Chat:
        """A chat that the bot may write in; raises 400 or 403."""
        chat = self.chat(chat_id)
        if chat.kicked:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.reachable:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def post(
        self,
        chat: Chat,
        sender: Json | None,
        body: RichText,
        media: Media | None = None,
        *,
        keyboard: Keyboard | None = None,
        reply_to: Message | None = None,
        album: str = "",
    ) -> Message:
        """Put a message into a chat."""
        message = Message(
            id=next(self._ids),
            chat=chat,
            sender=sender,
            sent_at=self.now(),
            body=body,
            media=media,
            keyboard=keyboard or [],
            reply_to=reply_to,
            album=album,
        )
        chat.messages[message.id] = message
        message.order = self.changes.happened()
        return message

    def ask(self, person_id: int, message: Message | None, data: str) -> Query:
        """A tap, not sent to the bot yet."""
        begun = asyncio.get_running_loop().time()
        query = Query(str(next(self._query_ids)), person_id, message, data, self.clock.now(), begun)
        self.queries[query.id] = query
        return query

    def next_fault(self, method: str) -> Fault | None:
        """The trouble that this call meets."""
        for place, (name, fault) in enumerate(self.faults):
            if name.lower() == method.lower() or (name == "*" and method != "getUpdates"):
                del self.faults[place]
                fault.met += 1
                return fault
        return None
