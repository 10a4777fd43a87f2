"""The ``fields`` parameter: which fields of an object are asked for, and the answer cut to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from core.local.sandbox.errors import GraphError, invalid

_EMPTY: tuple[Any, ...] = (None, "", [], {})


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


def parse_names(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


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
        if value not in _EMPTY:
            answer[name] = _cut(value, inner)
    return {"id": values["id"]} | answer if "id" in values else answer


def _cut(value: Any, inner: str) -> Any:
    """Expand an object to the fields in its braces; a list of nodes has their ids in any case."""
    if not isinstance(value, dict):
        return value
    node = cast("dict[str, Any]", value)
    if "data" in node:
        return {"data": [_cut(each, f"id,{inner}") for each in node["data"]]}
    if not inner:
        return node
    return {name: node[name] for name in parse_fields(inner) if node.get(name) not in _EMPTY}
