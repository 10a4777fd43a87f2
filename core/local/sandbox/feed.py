"""What was published: as a person sees it, and as JSON for tests."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from core.local.sandbox.accounts import account_named
from core.local.sandbox.page import page_response, threads_html
from core.local.sandbox.posts import Post, album_items, find_by_shortcode, select_posts
from core.local.sandbox.samples import sample
from core.local.sandbox.state import STATE, State
from core.local.sandbox.wire import media_url, permalink, username_of

_SHOWN = 100
_NOTE = "Everything here stays on this machine. Nothing is on the real Threads."


async def feed_page(request: web.Request) -> web.Response:
    """GET /: an open browser asks every two seconds, so the page is made only when it has changed."""
    state = request.app[STATE]
    tag = f"{state.revision}-{int(state.now() // 60)}"
    if any(each.value == tag for each in request.if_none_match or ()):
        return web.Response(status=304)
    roots = select_posts(state, "parent_id IS NULL", tail=f"ORDER BY seq DESC LIMIT {_SHOWN}")
    response = page_response(
        "Threads sandbox", threads_html(state, [_thread(state, each) for each in roots], _NOTE)
    )
    response.etag = tag
    return response


async def profile_page(request: web.Request) -> web.Response:
    state = request.app[STATE]
    account = account_named(state, request.match_info["username"])
    if account is None:
        raise web.HTTPNotFound(text="There is no such account in this sandbox.")
    condition = "user_id = ? AND parent_id IS NULL"
    roots = select_posts(state, condition, account.user_id, tail=f"ORDER BY seq DESC LIMIT {_SHOWN}")
    body = threads_html(state, [_thread(state, each) for each in roots], f"@{account.username}")
    return page_response(f"@{account.username} · Threads sandbox", body)


async def post_page(request: web.Request) -> web.Response:
    """GET a permalink: the post with what it replies to above it and its replies below."""
    state = request.app[STATE]
    post = find_by_shortcode(state, request.match_info["shortcode"])
    if post is None or username_of(state, post.user_id) != request.match_info["username"]:
        raise web.HTTPNotFound(text="There is no such post in this sandbox.")
    thread = [*_above(state, post), *_thread(state, post)]
    return page_response("Post · Threads sandbox", threads_html(state, [thread], _NOTE))


async def feed_json(request: web.Request) -> web.Response:
    """GET /sandbox/feed: every post that was published and not deleted, in the order of publishing."""
    state = request.app[STATE]
    return web.json_response({"posts": [_post_json(state, post) for post in select_posts(state, "1")]})


async def sample_media(request: web.Request) -> web.Response:
    data, kind = sample(request.match_info["name"])
    return web.Response(body=data, content_type=kind, headers={"Cache-Control": "max-age=3600"})


async def stored_media(request: web.Request) -> web.StreamResponse:
    """GET /sandbox/files/{container}: the copy of a container's media."""
    state, container_id = request.app[STATE], request.match_info["id"]
    row = state.one("SELECT json_extract(spec, '$.content_type') FROM containers WHERE id = ?", container_id)
    path = state.media_folder / container_id
    if row is None or not path.is_file():
        raise web.HTTPNotFound(text="There is no such file in this sandbox.")
    return web.FileResponse(path, headers={"Content-Type": row[0], "X-Content-Type-Options": "nosniff"})


def _thread(state: State, post: Post) -> list[Post]:
    """Return ``post`` and all that replies to it, each reply below its parent."""
    answers: dict[str | None, list[Post]] = {}
    for reply in select_posts(state, "root_id = ?", post.root_id or post.id):
        answers.setdefault(reply.parent_id, []).append(reply)
    ordered, waiting = list[Post](), [post]
    while waiting:
        ordered.append(waiting.pop())
        waiting += reversed(answers.get(ordered[-1].id, []))
    return ordered


def _above(state: State, post: Post) -> list[Post]:
    """Return what ``post`` replies to, the root first."""
    above: list[Post] = []
    while post.parent_id and (parents := select_posts(state, "id = ?", post.parent_id)):
        post = parents[0]
        above.insert(0, post)
    return above


def _post_json(state: State, post: Post) -> dict[str, Any]:
    username = username_of(state, post.user_id)
    items = album_items(state, post) or ([post] if post.content.source_url else [])
    return {
        "id": post.id,
        "user_id": post.user_id,
        "username": username,
        "media_type": post.media_type,
        "text": post.content.text,
        "topic_tag": post.content.topic_tag or None,
        "media": [_item_json(state, item) for item in items],
        "reply_to": post.parent_id,
        "root": post.root_id,
        "creation_id": post.creation_id,
        "permalink": permalink(state, username, post),
        "published_at_ms": post.published_at * 1000,
    }


def _item_json(state: State, item: Post) -> dict[str, Any]:
    return {
        "type": item.media_type,
        "source_url": item.content.source_url,
        "media_url": media_url(state, item),
        "alt_text": item.content.alt_text,
    }
