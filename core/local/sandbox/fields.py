"""The ``fields`` parameter: which fields of an object are asked for, and the answer cut to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.local.sandbox.errors import GraphError, invalid


def parse_fields(text: str) -> dict[str, str]:
    """Split ``id,children{id,media_url}`` at its outer commas; each name with what is in its braces."""
    found: dict[str, str] = {}
    depth, name, inner = 0, "", ""
    for letter in text + ",":
        if letter == "," and depth == 0:
            if name.strip():
                found[name.strip()] = inner
            name, inner = "", ""
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
            inner += letter if (letter == "{" and depth > 1) or (letter == "}" and depth > 0) else ""
        elif depth > 0:
            inner += letter
        else:
            name += letter
    return found


def unknown_field(name: str, node: str) -> GraphError:
    return invalid(f"Tried accessing nonexisting field ({name}) on node type ({node})")


def chosen(values: Mapping[str, Any], known: frozenset[str], fields: str, node: str) -> dict[str, Any]:
    """Return ``values`` cut to ``fields``, and ``id`` always; what is empty is left out, not null.

    Raises:
        GraphError: 100, a field is not one of ``known``.
    """
    answer: dict[str, Any] = {}
    for name, inner in parse_fields(fields).items():
        if name not in known:
            raise unknown_field(name, node)
        value = values.get(name)
        if value not in (None, "", [], {}):
            answer[name] = _cut(value, inner)
    return {"id": values["id"]} | answer if "id" in values else answer


def _cut(value: Any, inner: str) -> Any:
    if not inner or not isinstance(value, dict):
        return value
    names = parse_fields(inner)
    if "data" in value:
        return {"data": [{name: each[name] for name in ("id", *names) if name in each} for each in value["data"]]}
    return {name: value[name] for name in names if name in value} or value
