"""Parameters of a call, from wherever a client puts them: query, form, multipart or JSON body."""

from __future__ import annotations

import json
from typing import Any, cast

from aiohttp import web
from multidict import MultiMapping

from core.local.sandbox.errors import invalid

_TRUE = {"true", "1", "yes"}


class Params(dict[str, str]):
    """The parameters of one call; a value of the body wins over one of the query."""

    def flag(self, name: str) -> bool:
        return self.get(name, "").strip().lower() in _TRUE

    def required(self, name: str) -> str:
        value = self.get(name, "").strip()
        if not value:
            raise invalid(f"The parameter {name} is required.")
        return value

    def listed(self, name: str) -> list[str]:
        """Return the comma separated values of ``name``; brackets and quotes around them are left out."""
        parts = self.get(name, "").strip("[] ").split(",")
        return [part for part in (each.strip(" \"'") for each in parts) if part]

    def parsed(self, name: str) -> Any:
        """Return the JSON value of ``name``, None when it is absent or malformed.

        Malformed JSON is dropped without a word (D: create-posts/polls).
        """
        try:
            return json.loads(self.get(name, "null"))
        except ValueError:
            return None


async def read_params(request: web.Request) -> Params:
    """Read the parameters of ``request``; one without a value (``limit=``) counts as absent.

    Raises:
        GraphError: 100, the body is not what its content type says.
    """
    params = _joined(request.query)
    if request.can_read_body:
        if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            params.update(_joined(cast("MultiMapping[object]", await _form(request))))
        elif request.content_type.endswith("json"):
            params.update(await _json_object(request))
    return Params({name: readable(value) for name, value in params.items() if value})


def bearer(request: web.Request) -> str | None:
    """Return the token of the ``Authorization`` header, if there is one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return readable(token.strip()) if scheme.lower() == "bearer" and token.strip() else None


def readable(text: str) -> str:
    """Replace lone surrogates, which come of bytes that are no UTF-8 and cannot be stored or answered."""
    return text.encode("utf-8", "replace").decode()


async def _form(request: web.Request) -> MultiMapping[Any]:
    try:
        return await request.post()
    except (ValueError, LookupError) as error:
        raise invalid(f"The form of the request cannot be read: {error}") from error


async def _json_object(request: web.Request) -> dict[str, str]:
    try:
        body: Any = await request.json()
    except (ValueError, LookupError) as error:
        raise invalid(f"The JSON body of the request cannot be read: {error}") from error
    if not isinstance(body, dict):
        raise invalid("The JSON body of the request must be an object.")
    values = cast("dict[str, Any]", body)
    return {name: _as_text(value) for name, value in values.items() if value is not None}


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str | int) for each in cast("list[Any]", value)):
        return ",".join(str(each) for each in cast("list[Any]", value))
    return json.dumps(value)


def _joined(source: MultiMapping[Any]) -> Params:
    """Turn repeated names (``children=1&children=2`` or ``children[]=1``) into one comma list."""
    params = Params()
    for name in dict.fromkeys(source):
        values = [each for each in source.getall(name) if isinstance(each, str)]
        if values:
            params[name.removesuffix("[]")] = ",".join(values)
    return params
