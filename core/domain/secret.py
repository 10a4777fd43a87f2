"""A text that must not be shown by accident."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or key; ``repr``, ``str`` and tracebacks show stars, :meth:`reveal` the text."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself, for the last line before it is sent or encrypted."""
        return self._text

    def __str__(self) -> str:
        return "********"

    def __repr__(self) -> str:
        return "Secret(********)"
