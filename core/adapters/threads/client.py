"""The Threads API as the services see it (threads_api fact sheet §3 to §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, TypeVar
from urllib.parse import quote

import httpx

from core.adapters.threads import wire
from core.adapters.threads.answers import Json
from core.adapters.threads.transport import PUBLISH_TIMEOUT, GraphTransport, Request
from core.domain.account import Credentials
from core.domain.classifier import is_gone
from core.domain.failures import ThreadsError
from core.domain.secret import Secret
from core.domain.threads_codes import Call
from core.ports import ContainerSpec, ContainerStatus, IssuedToken, Profile, Quota, RemotePost

_EARLIEST: Final = datetime.fromtimestamp(1688540400, UTC)
"""Threads takes no earlier ``since`` (fact sheet §5)."""
_PAGE: Final = "100"
_MOST_PAGES: Final = 20
_POST_METRICS: Final = "views,likes,replies,reposts,quotes,shares"
_ACCOUNT_METRICS: Final = "views,likes,replies,reposts,quotes"

Read = TypeVar("Read")
Item = TypeVar("Item")


class ThreadsClient:
    """Implements :class:`core.ports.Threads` over HTTP.

    ``/me`` stands for the owner of the token in every call: a numeric id that no longer fits the
    token is answered with "Media Not Found" (fact sheet §1). Nothing is repeated here.
    """

    def __init__(self, base_url: str, *, http: httpx.AsyncClient | None = None) -> None:
        """``base_url`` with or without ``/v1.0``. Raises SettingsError if it is no web address."""
        self._graph = GraphTransport(base_url, http)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._graph.aclose()

    async def warm(self, connections: int = 1) -> None:
        """Have open connections ready for calls at a due time; costs no API call and needs no token.

        Connections are kept for 100 s; one that Threads has closed meanwhile is noticed before it is
        used again.
        """
        await self._graph.warm(connections)

    async def create_container(self, who: Credentials, spec: ContainerSpec) -> str:
        """The creation id. May be repeated: an orphan container is harmless."""
        call = Call.REPLY if spec.reply_to_id else Call.CREATE
        return await self._post(call, "/me/threads", who.token, wire.container_form(spec), wire.object_id)

    async def container_status(self, who: Credentials, creation_id: str) -> ContainerStatus:
        values = {"fields": "id,status,error_message"}
        return await self._get(Call.STATUS, _path(creation_id), who.token, values, wire.container_status)

    async def publish(self, who: Credentials, creation_id: str) -> str:
        """The media id. Sent once, never repeated here; waits up to 240 s for the answer."""
        return await self._graph.ask(
            Request(
                call=Call.PUBLISH,
                method="POST",
                path="/v1.0/me/threads_publish",
                values={"creation_id": creation_id},
                token=who.token,
                wait=PUBLISH_TIMEOUT,
            ),
            wire.object_id,
        )

    async def recent_posts(
        self, who: Credentials, *, since: datetime, replies: bool = False
    ) -> list[RemotePost]:
        """The account's posts since then, or its replies instead; the newest first, 2000 at most."""
        values = {"fields": wire.POST_FIELDS, "since": str(int(max(since, _EARLIEST).timestamp()))}
        path = "/me/replies" if replies else "/me/threads"
        return await self._list(path, who.token, values, wire.remote_post)

    async def media(self, who: Credentials, media_id: str) -> RemotePost:
        return await self._get(
            Call.READ, _path(media_id), who.token, {"fields": wire.POST_FIELDS}, wire.remote_post
        )

    async def publishing_limit(self, who: Credentials) -> Quota:
        """Posts in the last 24 hours; replies are not counted."""
        return await self._quota(who, "quota_usage", "config")

    async def reply_limit(self, who: Credentials) -> Quota:
        """Replies in the last 24 hours; needs the scope threads_manage_replies."""
        return await self._quota(who, "reply_quota_usage", "reply_config")

    async def delete_limit(self, who: Credentials) -> Quota:
        """Deletions in the last 24 hours; needs the scope threads_delete."""
        return await self._quota(who, "delete_quota_usage", "delete_config")

    async def delete(self, who: Credentials, media_id: str) -> None:
        """Take the post off Threads; one that is gone already is no failure."""
        try:
            await self._ask(Call.DELETE, "DELETE", _path(media_id), who.token, {}, wire.done)
        except ThreadsError as error:
            if not is_gone(error.failure) or await self._exists(who, media_id):
                raise

    async def replies(self, who: Credentials, media_id: str) -> list[wire.RemoteReply]:
        """The direct replies to a post, the newest first; needs threads_read_replies."""
        values = {"fields": wire.REPLY_FIELDS}
        return await self._list(f"{_path(media_id)}/replies", who.token, values, wire.remote_reply)

    async def conversation(self, who: Credentials, media_id: str) -> list[wire.RemoteReply]:
        """All replies below a post at any depth, the newest first; needs threads_read_replies."""
        values = {"fields": wire.REPLY_FIELDS}
        return await self._list(f"{_path(media_id)}/conversation", who.token, values, wire.remote_reply)

    async def hide(self, who: Credentials, reply_id: str, *, hidden: bool = True) -> None:
        """Hide or show a direct reply to one of our posts; needs threads_manage_replies."""
        values = {"hide": "true" if hidden else "false"}
        await self._post(Call.MANAGE, f"{_path(reply_id)}/manage_reply", who.token, values, wire.done)

    async def insights(self, who: Credentials, media_id: str) -> dict[str, int]:
        """Views, likes, replies, reposts, quotes and shares of a post since it was published."""
        values = {"metric": _POST_METRICS}
        return await self._get(Call.READ, f"{_path(media_id)}/insights", who.token, values, wire.insights)

    async def account_insights(self, who: Credentials, *, since: datetime, until: datetime) -> dict[str, int]:
        """Views, likes, replies, reposts and quotes of the account between two moments."""
        values = {
            "metric": _ACCOUNT_METRICS,
            "since": str(int(since.timestamp())),
            "until": str(int(until.timestamp())),
        }
        return await self._get(Call.READ, "/me/threads_insights", who.token, values, wire.insights)

    async def profile(self, token: Secret) -> Profile:
        """Whose token it is."""
        return await self._get(Call.PROFILE, "/me", token, {"fields": "id,username"}, wire.profile)

    async def refresh(self, token: Secret) -> IssuedToken:
        """A token for 60 more days; Threads wants this one to be a day old at least, and not expired.

        Threads takes the old token in the address only (fact sheet §2.3).
        """
        request = Request(
            call=Call.REFRESH,
            method="GET",
            path="/refresh_access_token",
            values={"grant_type": "th_refresh_token", "access_token": token},
            token=None,
        )
        return await self._graph.ask(request, wire.issued_token)

    async def debug_token(self, token: Secret) -> wire.TokenFacts:
        """What Threads knows of a token: owner, scopes, validity, end."""
        return await self._get(Call.READ, "/debug_token", token, {"input_token": token}, wire.token_facts)

    async def _exists(self, who: Credentials, media_id: str) -> bool:
        try:
            await self.media(who, media_id)
        except ThreadsError as error:
            if is_gone(error.failure):
                return False
            raise
        return True

    async def _quota(self, who: Credentials, usage: str, config: str) -> Quota:
        values = {"fields": f"{usage},{config}"}
        return await self._get(
            Call.READ, "/me/threads_publishing_limit", who.token, values, wire.quota(usage, config)
        )

    async def _list(
        self, path: str, token: Secret, values: Mapping[str, str], item: Callable[[Json], Item]
    ) -> list[Item]:
        found: list[Item] = []
        cursor: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            part = await self._get(
                Call.READ, path, token, {**values, "limit": _PAGE, **cursor}, wire.page(item)
            )
            found += part.items
            if part.after is None:
                break
            cursor = {"after": part.after}
        return found

    async def _get(
        self,
        call: Call,
        path: str,
        token: Secret,
        values: Mapping[str, str | Secret],
        read: Callable[[Json], Read],
    ) -> Read:
        return await self._ask(call, "GET", path, token, values, read)

    async def _post(
        self, call: Call, path: str, token: Secret, values: Mapping[str, str], read: Callable[[Json], Read]
    ) -> Read:
        return await self._ask(call, "POST", path, token, values, read)

    async def _ask(
        self,
        call: Call,
        method: str,
        path: str,
        token: Secret,
        values: Mapping[str, str | Secret],
        read: Callable[[Json], Read],
    ) -> Read:
        request = Request(call=call, method=method, path=f"/v1.0{path}", values=values, token=token)
        return await self._graph.ask(request, read)


def _path(object_id: str) -> str:
    return f"/{quote(object_id, safe='')}"
