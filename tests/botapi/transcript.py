"""What one person sees of a chat, as text and as the input of the renderer."""

from __future__ import annotations

from dataclasses import dataclass

from botapi.messages import Message


@dataclass(frozen=True, slots=True)
class Transcript:
    """The visible messages of a chat, oldest first; ``viewer`` is the id of the person whose screen it is."""

    title: str
    viewer: int
    messages: list[Message]

    def since(self, first: Message) -> Transcript:
        """Only what begins with this message."""
        later = [message for message in self.messages if message.id >= first.id]
        return Transcript(self.title, self.viewer, later)

    def last(self, count: int) -> Transcript:
        return Transcript(self.title, self.viewer, self.messages[-count:])

    def is_own(self, message: Message) -> bool:
        """Whether the viewer wrote it."""
        return message.sender is not None and message.sender["id"] == self.viewer

    def __str__(self) -> str:
        return "\n".join(self._described(message) for message in self.messages) or "(an empty chat)"

    def _described(self, message: Message) -> str:
        lines = [f"{'me ' if self.is_own(message) else 'bot'} #{message.id} | {message.text}"]
        if message.media:
            lines.append(f"  <{message.media.kind} {message.media.name}>".rstrip())
        lines += [f"  {' '.join(f'[{label}]' for label in row)}" for row in message.buttons]
        return "\n".join(lines)
