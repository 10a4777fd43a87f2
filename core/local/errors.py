from __future__ import annotations

from core.domain.errors import UnavailableError


class LocalStackError(UnavailableError):
    """The local stack cannot do what was asked; the message is one sentence for a person, with the remedy."""
