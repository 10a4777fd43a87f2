"""Conversations: replies to a post, hiding them, and approving those that wait.

Lists are newest first unless ``reverse=false``.
"""

from __future__ import annotations

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.errors import invalid, missing_object
from core.local.sandbox.posts import Post, find_post
from core.local.sandbox.reading import page

_SHOWN = "approval NOT IN ('pending', 'ignored')"


async def replies_of(call: Call) -> Answer:
    """GET /{media}/replies: those right below it; GET /{user}/replies: those that the user wrote."""
    if call.path_id() in {"me", call.me.user_id}:
        return page(call, "user_id = ? AND parent_id IS NOT NULL", call.me.user_id)
    return page(call, f"parent_id = ? AND {_SHOWN}", _readable(call).id, newest_first=_newest_first(call))


async def media_conversation(call: Call) -> Answer:
    """GET /{media}/conversation: all replies below a root post, flattened."""
    return page(call, f"root_id = ? AND {_SHOWN}", _readable(call).id, newest_first=_newest_first(call))


async def pending_replies(call: Call) -> Answer:
    status = call.params.get("approval_status", "pending").lower()
    if status not in {"pending", "ignored"}:
        raise invalid("Param approval_status must be one of {pending, ignored}.")
    post = _readable(call)
    if post.user_id != call.me.user_id:
        raise missing_object(post.id, "get")
    return page(call, "root_id = ? AND approval = ?", post.id, status, newest_first=_newest_first(call))


async def manage_reply(call: Call) -> Answer:
    """POST /{reply}/manage_reply: hide or show a top-level reply to an own post."""
    call.params.required("hide")
    reply = _reply_to_me(call)
    if reply.parent_id != reply.root_id:
        raise invalid("Only top-level replies can be hidden.")
    status = "HIDDEN" if call.params.flag("hide") else "UNHUSHED"
    call.state.run("UPDATE posts SET hide_status = ? WHERE id = ?", status, reply.id)
    return {"success": True}


async def manage_pending_reply(call: Call) -> Answer:
    call.params.required("approve")
    reply = _reply_to_me(call)
    if not reply.approval:
        raise invalid("The reply is not waiting for approval.")
    approval = "approved" if call.params.flag("approve") else "ignored"
    call.state.run("UPDATE posts SET approval = ? WHERE id = ?", approval, reply.id)
    return {"success": True}


def _readable(call: Call) -> Post:
    post = find_post(call.state, call.path_id())
    if post is None:
        raise missing_object(call.path_id(), "get")
    return post


def _reply_to_me(call: Call) -> Post:
    reply = find_post(call.state, call.path_id())
    root = find_post(call.state, reply.root_id) if reply and reply.root_id else None
    if reply is None or root is None or root.user_id != call.me.user_id:
        raise missing_object(call.path_id(), "post")
    return reply


def _newest_first(call: Call) -> bool:
    return call.params.get("reverse", "true").lower() != "false"
