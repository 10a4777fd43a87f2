"""The shape of everything on the wire."""

from __future__ import annotations

from typing import Any, cast

Json = dict[str, Any]


def as_object(value: Any) -> Json | None:
    """A JSON object, None if it is something else."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_array(value: Any) -> list[Any] | None:
    """A JSON array, None if it is something else."""
    return cast("list[Any]", value) if isinstance(value, list) else None
