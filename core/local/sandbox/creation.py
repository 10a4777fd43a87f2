"""``POST /{user}/threads``: makes a container, and downloads what it shows."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.containers import Container, find_container, insert_container, unfetched
from core.local.sandbox.content import Content
from core.local.sandbox.errors import carousel_children, media_not_found
from core.local.sandbox.faults import Stage
from core.local.sandbox.media import DownloadError, download_image, download_video
from core.local.sandbox.outbound import OUTBOUND, Outbound
from core.local.sandbox.posts import Post, find_post
from core.local.sandbox.publishing import announce, publish
from core.local.sandbox.rules import read_content
from core.local.sandbox.state import STATE, State, new_id

_NEVER = 1e12
_OTHERS_POSTS = {"threads_keyword_search", "threads_manage_mentions"}


async def create_container(call: Call) -> Answer:
    """Make a container; with ``auto_publish_text`` publish it too and return the media id."""
    account, state = call.writable_user(), call.state
    kind, content = read_content(call.params, state.options.counter)
    _check_permissions(call, content)
    _check_children(state, account.user_id, content)
    container_id = new_id()
    if kind == "IMAGE":
        target = state.media_folder / container_id
        content_type = await download_image(call.request.app[OUTBOUND], content.source_url, target)
        content = replace(content, content_type=content_type)
    container = _made(call, container_id, kind, content)
    insert_container(state, container)
    if container.fetching:
        outbound = call.request.app[OUTBOUND]
        outbound.spawn(_fetch_video(state, outbound, container))
    call.entry.creation_id = container.id
    if not call.params.flag("auto_publish_text"):
        return {"id": container.id}
    post = publish(state, container)
    call.entry.media_id = post.id
    announce(call, post)
    return {"id": post.id}


async def resume_downloads(app: web.Application) -> None:
    """Go on with the videos that a restart interrupted."""
    for container in unfetched(app[STATE]):
        app[OUTBOUND].spawn(_fetch_video(app[STATE], app[OUTBOUND], container))


def _made(call: Call, container_id: str, kind: str, content: Content) -> Container:
    now, fault = call.state.now(), call.take_fault(Stage.CONTAINER)
    container = Container(
        id=container_id,
        user_id=call.me.user_id,
        media_type=kind,
        content=content,
        created_at=now,
        ready_at=now + call.state.options.processing_seconds[kind.lower()],
        visible_at=0.0,
        fetching=kind == "VIDEO",
    )
    if fault is None:
        return container
    if fault.kind == "container_error":
        return replace(container, error_message=fault.error_message or "UNKNOWN", fetching=False)
    if fault.kind == "container_stuck":
        return replace(container, ready_at=_NEVER)
    return replace(container, visible_at=container.ready_at + fault.seconds)


def _check_permissions(call: Call, content: Content) -> None:
    """Check the scopes that parts of the content need, and that the posts it points to exist."""
    if content.location_id:
        call.require_scope("threads_location_tagging")
    if content.share_to_instagram:
        call.require_scope("threads_share_to_instagram")
    if content.reply_to_id:
        call.require_scope("threads_manage_replies")
        parent = _existing(call.state, content.reply_to_id)
        if parent.content.ghost:
            raise media_not_found(parent.id)
        _check_others_post(call, find_post(call.state, parent.root_id or parent.id) or parent)
    if content.quote_post_id:
        _check_others_post(call, _existing(call.state, content.quote_post_id))


def _existing(state: State, post_id: str) -> Post:
    post = find_post(state, post_id)
    if post is None:
        raise media_not_found(post_id)
    return post


def _check_others_post(call: Call, post: Post) -> None:
    granted = call.grant.scopes if call.grant else frozenset[str]()
    if post.user_id != call.me.user_id and not granted & _OTHERS_POSTS:
        call.require_scope("threads_manage_mentions")


def _check_children(state: State, user_id: str, content: Content) -> None:
    bad = [child for child in content.children if not _usable(state, user_id, child)]
    if bad:
        raise carousel_children(",".join(bad))


def _usable(state: State, user_id: str, child_id: str) -> bool:
    child = find_container(state, child_id)
    return (
        child is not None
        and child.user_id == user_id
        and child.media_type in {"IMAGE", "VIDEO"}
        and child.content.carousel_item
        and child.status(state.now()) == "FINISHED"
    )


async def _fetch_video(state: State, outbound: Outbound, container: Container) -> None:
    """Download the video; failure shows in the container's status, never in the answer to its creation."""
    target = state.media_folder / container.id
    try:
        content_type = await download_video(outbound, container.content.source_url, target)
    except DownloadError:
        state.run(
            "UPDATE containers SET fetching = 0, error_message = 'FAILED_DOWNLOADING_VIDEO', ready_at = ? "
            "WHERE id = ?",
            *(state.now(), container.id),
        )
        return
    state.run(
        "UPDATE containers SET fetching = 0, spec = json_set(spec, '$.content_type', ?) WHERE id = ?",
        *(content_type, container.id),
    )
