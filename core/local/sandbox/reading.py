"""Reading: the profile, one object by its id, and lists of posts with cursors; and deleting."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from core.local.sandbox.accounts import Account
from core.local.sandbox.call import Answer, Call
from core.local.sandbox.containers import find_container, read_status
from core.local.sandbox.errors import invalid, missing_object
from core.local.sandbox.fields import chosen, parse_names
from core.local.sandbox.posts import Post, find_post, mark_deleted, select_posts, visible_before
from core.local.sandbox.quotas import spend
from core.local.sandbox.state import State
from core.local.sandbox.webhooks import send_delete
from core.local.sandbox.wire import MEDIA_FIELDS, avatar_url, post_json

EARLIEST = 1688540400
"""The smallest ``since`` or ``until`` that Threads takes, epoch seconds."""
_USER_FIELDS = parse_names(
    "id,username,name,threads_profile_picture_url,threads_biography,is_verified,is_eligible_for_geo_gating,"
    "recently_searched_keywords"
)
_LIMIT, _MOST = 25, 100


async def read_object(call: Call) -> Answer:
    """GET /{id}: a container's status, a post, or the profile of the token's owner."""
    object_id = call.path_id()
    if object_id in {"me", call.me.user_id}:
        return _profile(call, call.me)
    container = find_container(call.state, object_id)
    if container is not None:
        return await read_status(call, container)
    post = find_post(call.state, object_id)
    if post is not None:
        return post_answer(call, post)
    raise missing_object(object_id, "get")


async def delete_post(call: Call) -> Answer:
    """DELETE /{media}: own posts only, 100 in 24 hours."""
    post = find_post(call.state, call.path_id())
    if post is None or post.user_id != call.me.user_id:
        raise missing_object(call.path_id(), "delete")
    with call.state.transaction():
        spend(call.state, post.user_id, "delete_quota")
        mark_deleted(call.state, post)
    call.entry.media_id = post.id
    send_delete(call.request.app, call.me.username, post)
    return {"success": True, "deleted_id": post.id}


async def user_posts(call: Call) -> Answer:
    return page(call, "user_id = ? AND parent_id IS NULL", call.readable_user().user_id)


async def user_mentions(call: Call) -> Answer:
    account = call.readable_user()
    condition = "user_id != ? AND instr(lower(json_extract(content, '$.text')), ?)"
    return page(call, condition, account.user_id, f"@{account.username}")


async def user_ghost_posts(call: Call) -> Answer:
    return page(call, "user_id = ? AND json_extract(content, '$.ghost')", call.readable_user().user_id)


def post_answer(call: Call, post: Post) -> Answer:
    values = post_json(call.state, post, call.me)
    return chosen(values, MEDIA_FIELDS, call.params.get("fields", "id"), "ThreadsMedia")


def page(call: Call, condition: str, *values: str, newest_first: bool = True) -> Answer:
    """Return one page of the posts that fit ``condition`` (SQL), with ``since``, ``until`` and cursors.

    A limit above 100 counts as 100.

    Raises:
        GraphError: 100; limit, cursor, since or until cannot be used.
    """
    params = call.params
    if "before" in params and "after" in params:
        raise invalid("Use one of before and after, not both.")
    limit = _limit(params.get("limit", str(_LIMIT)))
    backwards = "before" in params
    descending = newest_first != backwards
    condition += " AND published_at <= ? AND published_at >= ? AND published_at <= ?"
    times = (visible_before(call.state), _moment(call, "since", 0.0), _moment(call, "until", 1e12))
    bounds: tuple[str | float, ...] = (*values, *times)
    if cursor := params.get("before") or params.get("after"):
        condition += " AND seq < ?" if descending else " AND seq > ?"
        bounds = (*bounds, _position(call.state, cursor))
    order = "DESC" if descending else "ASC"
    posts = select_posts(call.state, condition, *bounds, tail=f"ORDER BY seq {order} LIMIT {limit}")
    return _page_json(call, posts[::-1] if backwards else posts)


def _page_json(call: Call, posts: list[Post]) -> Answer:
    answer: Answer = {"data": [post_answer(call, post) for post in posts]}
    if posts:
        answer["paging"] = {"cursors": {"before": _cursor(posts[0]), "after": _cursor(posts[-1])}}
    return answer


def _profile(call: Call, account: Account) -> Answer:
    values: dict[str, Any] = {
        "id": account.user_id,
        "username": account.username,
        "name": account.username.replace(".", " ").replace("_", " ").title(),
        "threads_profile_picture_url": avatar_url(call.state, account.username),
        "threads_biography": "An account of the Threads sandbox.",
        "is_verified": False,
        "is_eligible_for_geo_gating": False,
    }
    return chosen(values, _USER_FIELDS, call.params.get("fields", "id"), "ThreadsUser")


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise invalid("Param limit must be a number greater than 0.")
    return min(int(text), _MOST)


def _moment(call: Call, name: str, default: float) -> float:
    """Read epoch seconds, or a date as ``strtotime`` does in its plainest form: ``2026-01-31``."""
    text = call.params.get(name)
    if not text:
        return default
    try:
        moment = float(text) if text.isdecimal() else _parsed_date(text)
    except ValueError as error:
        raise invalid(f"Param {name} must be a Unix timestamp or a date.") from error
    if moment < EARLIEST:
        raise invalid(f"Param {name} must be greater than or equal to {EARLIEST}.")
    return moment


def _parsed_date(text: str) -> float:
    parsed = datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def _cursor(post: Post) -> str:
    return base64.urlsafe_b64encode(post.id.encode()).decode()


def _position(state: State, cursor: str) -> int:
    """Return the place in the order of publishing at which ``cursor`` points."""
    try:
        post_id = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise invalid("The cursor is not valid.") from error
    row = state.one("SELECT seq FROM posts WHERE id = ?", post_id)
    if row is None:
        raise invalid("The cursor is not valid.")
    return row["seq"]
