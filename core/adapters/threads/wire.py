"""Threads' JSON and forms: from and to the types of the ports.

A reader takes the JSON object of a success and raises :class:`UnreadableError` if it lacks what was
asked for. Threads leaves empty fields out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar, cast

from core.adapters.threads.answers import Json, as_int, as_object
from core.domain.post import MediaKind
from core.domain.secret import Secret
from core.ports import ContainerSpec, ContainerState, ContainerStatus, IssuedToken, Profile, Quota, RemotePost

POST_FIELDS: Final = "id,text,timestamp,permalink,media_type,is_reply"
REPLY_FIELDS: Final = f"{POST_FIELDS},username,hide_status,replied_to"


Item = TypeVar("Item")


class UnreadableError(Exception):
    """The answer lacks what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteReply:
    """A reply under one of our posts. ``hide_status`` is Threads' word, such as NOT_HUSHED or HIDDEN."""

    post: RemotePost
    username: str
    hide_status: str
    replied_to: str | None


@dataclass(frozen=True, slots=True)
class ShortLivedToken:
    """Lives one hour; to be exchanged for a long-lived one at once."""

    token: Secret
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFacts:
    """What Threads says of a token. Times are aware, UTC; None when Threads did not say."""

    user_id: str
    valid: bool
    scopes: tuple[str, ...]
    issued_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Part of a list, and the cursor of the part behind it."""

    items: list[Item]
    after: str | None


def container_form(spec: ContainerSpec) -> dict[str, str]:
    """The form of ``POST /me/threads`` (threads_api fact sheet §3); what is empty is left out."""
    form = {
        "media_type": spec.type.value,
        "text": spec.text,
        "children": ",".join(spec.children),
        "is_carousel_item": "true" if spec.carousel_item else "",
        "reply_to_id": spec.reply_to_id or "",
        "reply_control": spec.reply_control or "",
        "topic_tag": spec.topic,
        "link_attachment": spec.link_attachment,
    }
    if spec.media is not None:
        form["image_url" if spec.media.kind is MediaKind.IMAGE else "video_url"] = spec.media.url
        form["alt_text"] = spec.media.alt_text
    return {name: value for name, value in form.items() if value}


def object_id(answer: Json) -> str:
    """The id of what was made."""
    return _text(answer, "id")


def done(answer: Json) -> None:
    """``{"success": true}``, and nothing else."""
    if answer.get("success") is not True:
        raise UnreadableError


def container_status(answer: Json) -> ContainerStatus:
    status = _text(answer, "status")
    if status not in ContainerState.__members__:
        raise UnreadableError
    return ContainerStatus(ContainerState(status), str(answer.get("error_message") or ""))


def remote_post(answer: Json) -> RemotePost:
    return RemotePost(
        id=_text(answer, "id"),
        text=str(answer.get("text") or ""),
        timestamp=_moment(_text(answer, "timestamp")),
        permalink=str(answer["permalink"]) if answer.get("permalink") else None,
        media_type=str(answer.get("media_type") or ""),
        is_reply=answer.get("is_reply") is True,
    )


def remote_reply(answer: Json) -> RemoteReply:
    parent = as_object(answer.get("replied_to"))
    return RemoteReply(
        post=remote_post(answer),
        username=str(answer.get("username") or ""),
        hide_status=str(answer.get("hide_status") or ""),
        replied_to=object_id(parent) if parent else None,
    )


def page(item: Callable[[Json], Item]) -> Callable[[Json], Page[Item]]:
    """A reader of one page of a list whose items ``item`` reads."""

    def read(answer: Json) -> Page[Item]:
        items = [item(entry) for entry in _entries(answer)]
        paging = as_object(answer.get("paging")) or {}
        cursors = as_object(paging.get("cursors")) or {}
        after = cursors.get("after")
        return Page(items, str(after) if items and after else None)

    return read


def quota(usage: str, config: str) -> Callable[[Json], Quota]:
    """A reader of one pair of fields of ``threads_publishing_limit``."""

    def read(answer: Json) -> Quota:
        for entry in _entries(answer):
            used = as_int(entry.get(usage))
            total = as_int((as_object(entry.get(config)) or {}).get("quota_total"))
            if used is not None and total is not None:
                return Quota(used, total)
        raise UnreadableError

    return read


def profile(answer: Json) -> Profile:
    return Profile(object_id(answer), _text(answer, "username"))


def issued_token(answer: Json) -> IssuedToken:
    return IssuedToken(Secret(_text(answer, "access_token")), as_int(answer.get("expires_in")))


def short_lived_token(answer: Json) -> ShortLivedToken:
    """``user_id`` comes as a number here, and as a text everywhere else (fact sheet §2.3)."""
    user_id = as_int(answer.get("user_id"))
    if user_id is None:
        raise UnreadableError
    return ShortLivedToken(Secret(_text(answer, "access_token")), str(user_id))


def token_facts(answer: Json) -> TokenFacts:
    data = as_object(answer.get("data"))
    if data is None:
        raise UnreadableError
    scopes = data.get("scopes")
    return TokenFacts(
        user_id=str(data.get("user_id") or ""),
        valid=data.get("is_valid") is True,
        scopes=tuple(str(scope) for scope in cast("list[object]", scopes))
        if isinstance(scopes, list)
        else (),
        issued_at=_unix(data.get("issued_at")),
        expires_at=_unix(data.get("expires_at")),
    )


def insights(answer: Json) -> dict[str, int]:
    """Metric by name; a daily series and clicks per link are added up. A repost has none."""
    return {_text(entry, "name"): sum(_figures(entry)) for entry in _entries(answer)}


def _figures(metric: Json) -> Iterator[int]:
    total = as_object(metric.get("total_value"))
    parts = (
        [total] if total else [*_objects(metric.get("values")), *_objects(metric.get("link_total_values"))]
    )
    for part in parts:
        yield as_int(part.get("value")) or 0


def _entries(answer: Json) -> list[Json]:
    if not isinstance(answer.get("data"), list):
        raise UnreadableError
    return _objects(answer["data"])


def _objects(value: object) -> list[Json]:
    entries = cast("list[object]", value) if isinstance(value, list) else []
    return [found for entry in entries if (found := as_object(entry)) is not None]


def _text(answer: Json, field: str) -> str:
    value = answer.get(field)
    if isinstance(value, str) and value:
        return value
    raise UnreadableError


def _moment(text: str) -> datetime:
    """``2023-10-17T05:42:03+0000`` as UTC (fact sheet §5.1)."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unix(value: object) -> datetime | None:
    seconds = as_int(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
