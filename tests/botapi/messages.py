"""Chats and the messages in them; a message is live: it changes as it is edited."""

from __future__ import annotations

from dataclasses import dataclass, field

from botapi.files import Media
from botapi.html_writer import as_html
from botapi.rich_text import RichText
from botapi.wire import Json

Keyboard = list[list[Json]]


@dataclass(eq=False, slots=True, repr=False)
class Chat:
    """A private chat, group, supergroup or channel, as the bot finds it."""

    id: int
    type: str
    title: str = ""
    first_name: str = ""
    username: str = ""
    reachable: bool = True
    blocked: bool = False
    kicked: bool = False
    messages: dict[int, Message] = field(default_factory=dict[int, "Message"])

    def as_json(self) -> Json:
        named = {"title": self.title, "first_name": self.first_name, "username": self.username}
        return {"id": self.id, "type": self.type} | {key: value for key, value in named.items() if value}

    @property
    def visible(self) -> list[Message]:
        """The messages on the screen, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said for a while."""

    body: RichText
    media: Media | None
    keyboard: Keyboard


@dataclass(eq=False, slots=True, repr=False, kw_only=True)
class Message:
    """A message. ``order`` numbers its last change among all changes of the server."""

    id: int
    chat: Chat
    sender: Json | None
    sent_at: int
    body: RichText
    media: Media | None = None
    keyboard: Keyboard = field(default_factory=Keyboard)
    reply_keyboard: Json | None = None
    reply_to: Message | None = None
    album: str = ""
    silent: bool = False
    edited_at: int = 0
    deleted: bool = False
    pinned: bool = False
    order: int = 0
    versions: list[Version] = field(default_factory=list[Version])

    @property
    def text(self) -> str:
        """The text or caption, as shown."""
        return self.body.text

    @property
    def html(self) -> str:
        """It again, with Telegram's HTML tags."""
        return as_html(self.body)

    @property
    def entities(self) -> tuple[Json, ...]:
        return self.body.entities

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def edits(self) -> int:
        """How often it was edited."""
        return len(self.versions)

    @property
    def from_bot(self) -> bool:
        return self.sender is not None and bool(self.sender["is_bot"])

    @property
    def photo(self) -> bytes | None:
        """The picture, byte for byte as sent."""
        return self._data("photo")

    @property
    def video(self) -> bytes | None:
        return self._data("video")

    @property
    def document(self) -> bytes | None:
        return self._data("document")

    @property
    def file_name(self) -> str:
        return self.media.name if self.media else ""

    def button(self, label: str) -> Json | None:
        """The button so labelled, or else the only one that contains the words; raises if there are several."""
        every = [button for row in self.keyboard for button in row]
        for fits in (str.__eq__, _bare_equal, str.__contains__):
            found = [button for button in every if fits(button["text"], label)]
            if len(found) == 1 or (found and fits is not str.__contains__):
                return found[0]
            if found:
                raise AssertionError(f"Several buttons contain {label!r}: {[each['text'] for each in found]}")
        return None

    def __repr__(self) -> str:
        return f"<message {self.id}: {self.text[:60]!r} {self.buttons}>"

    def change(self, *, body: RichText, media: Media | None, keyboard: Keyboard, at: int) -> None:
        """Edit it."""
        self.versions.append(Version(self.body, self.media, self.keyboard))
        self.body, self.media, self.keyboard, self.edited_at = body, media, keyboard, at

    def as_json(self, *, nested: bool = False) -> Json:
        """A Message of the Bot API as of this moment."""
        fields: Json = {"message_id": self.id, "date": self.sent_at, "chat": self.chat.as_json()}
        fields |= {"sender_chat": self.chat.as_json()} if self.sender is None else {"from": self.sender}
        if self.edited_at:
            fields["edit_date"] = self.edited_at
        if self.album:
            fields["media_group_id"] = self.album
        if self.reply_to is not None and not nested:
            fields["reply_to_message"] = self.reply_to.as_json(nested=True)
        if self.keyboard:
            fields["reply_markup"] = {"inline_keyboard": self.keyboard}
        return fields | self._content()

    def _content(self) -> Json:
        name = "caption" if self.media else "text"
        fields = self.media.as_json() if self.media else {}
        if self.media and self.media.kind == "animation":
            fields["document"] = self.media.file.as_json()
        if self.body.text:
            fields[name] = self.body.text
        if self.body.entities:
            fields["entities" if name == "text" else "caption_entities"] = list(self.body.entities)
        return fields

    def _data(self, kind: str) -> bytes | None:
        return self.media.file.data if self.media and self.media.kind == kind else None


def _bare_equal(label: str, wanted: str) -> bool:
    return _bare(label) == _bare(wanted)


def _bare(label: str) -> str:
    """A label without the emoji or marks around the words."""
    letters = [place for place, char in enumerate(label) if char.isalnum()]
    return label[letters[0] : letters[-1] + 1] if letters else label
