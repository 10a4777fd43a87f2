"""A call of a method: its parameters as sent by query, form, multipart or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from botapi.errors import ApiError, bad_request
from botapi.files import UPLOAD_LIMIT
from botapi.wire import Json


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    """A file in the body of a call."""

    name: str
    mime: str
    data: bytes


@dataclass(eq=False, slots=True)
class Call:
    """What the bot called, and what it got. Times are those of the event loop, in seconds."""

    method: str
    values: dict[str, str] = field(default_factory=dict[str, str])
    files: dict[str, Upload] = field(default_factory=dict[str, Upload])
    begun: float = 0
    ended: float = 0
    order: int = 0
    status: int = 0
    answer: Json | None = None
    spoilt: bool = False
    """Whether a fault set by the test is why it failed."""

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def chat_id(self) -> int | None:
        """The chat that the call is about, if it names one by number."""
        value = self.values.get("chat_id", "")
        return int(value) if value.removeprefix("-").isdigit() else None

    def text(self, name: str) -> str:
        """A parameter, empty if not given."""
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(float(self.values.get(name) or default))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """A parameter that is JSON, None if not given."""
        value = self.values.get(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"Can't parse {name.replace('_', ' ')} JSON object") from None


async def read_call(call: Call, request: web.Request) -> None:
    """Fill in the parameters that stand in an HTTP request."""
    call.values |= request.query
    try:
        if request.content_type == "application/json":
            call.values |= {key: _as_text(value) for key, value in (await request.json()).items()}
        elif request.method == "POST":
            _read_form(call, await request.post())
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the body of the request") from None
    if sum(len(upload.data) for upload in call.files.values()) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")


def _read_form(call: Call, form: Mapping[str, object]) -> None:
    for key, value in form.items():
        if isinstance(value, web.FileField):
            call.files[key] = Upload(value.filename, value.content_type, value.file.read())
        else:
            call.values[key] = value.decode() if isinstance(value, bytearray) else str(value)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
