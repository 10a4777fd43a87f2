"""The look of the sandbox's pages: plain HTML, everything escaped, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import zlib
from importlib.resources import files

from aiohttp import web

from core.local.sandbox.figures import figure
from core.local.sandbox.posts import Post, album_items, find_post
from core.local.sandbox.state import State
from core.local.sandbox.wire import media_url, permalink, timestamp, username_of

_STYLE = (files("core.local.sandbox") / "feed.css").read_text("utf-8")
_SCRIPT = (files("core.local.sandbox") / "feed.js").read_text("utf-8")
_SCRIPT_HASH = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    f"style-src 'unsafe-inline'; script-src 'sha256-{_SCRIPT_HASH}'"
)
_LINK = re.compile(r"(https?://[^\s<>\"]+|(?<!\w)@[A-Za-z0-9._]+|(?<!\w)#[^\s.&@!?,;:#]+)")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def page_response(title: str, body: str, *, refreshed: bool = True) -> web.Response:
    """Wrap ``body`` (HTML) into a page; ``refreshed`` ones renew their ``main`` by themselves."""
    script = f"<script>{_SCRIPT}</script>" if refreshed else ""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body>{body}{script}</body></html>"
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return web.Response(text=text, content_type="text/html", headers=headers)


def threads_html(state: State, threads: list[list[Post]], subtitle: str) -> str:
    """Return the page's body: one block for each thread, its replies below it."""
    blocks = "".join(_thread_html(state, thread) for thread in threads)
    content = blocks or '<p class="empty">Nothing has been published yet.</p>'
    version = zlib.crc32(content.encode())
    header = f"<header><h1>Threads sandbox</h1><p>{html.escape(subtitle)}</p></header>"
    return f'{header}<main data-version="{version}">{content}</main>'


def _thread_html(state: State, posts: list[Post]) -> str:
    last = len(posts) - 1
    parts = (_post_html(state, post, joined=number < last) for number, post in enumerate(posts))
    return f'<section class="thread">{"".join(parts)}</section>'


def _post_html(state: State, post: Post, *, joined: bool) -> str:
    username = username_of(state, post.user_id)
    rail = f'<div class="rail">{_avatar_html(username)}</div>'
    body = _who_html(state, post, username) + _body_html(state, post) + _counts_html(state, post)
    return (
        f'<article class="post{" joined" if joined else ""}" id="{post.id}">{rail}<div>{body}</div></article>'
    )


def _avatar_html(username: str) -> str:
    hue = zlib.crc32(username.encode()) % 360
    return (
        f'<div class="avatar" style="background:hsl({hue} 55% 45%)">{html.escape(username[0].upper())}</div>'
    )


def _who_html(state: State, post: Post, username: str) -> str:
    name = html.escape(username)
    topic = (
        f'<span class="topic">{html.escape(post.content.topic_tag)}</span>' if post.content.topic_tag else ""
    )
    link = html.escape(permalink(state, username, post))
    moment = timestamp(post.published_at)
    when = f'<a href="{link}"><time datetime="{moment}" title="{moment}">{_age(state, post)}</time></a>'
    ghost = '<span class="label">ghost post</span>' if post.content.ghost else ""
    return f'<div class="who"><a href="/@{name}"><b>{name}</b></a>{topic}{when}{ghost}</div>'


def _age(state: State, post: Post) -> str:
    seconds = int(state.now() - post.published_at)
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE}m"
    return f"{seconds // _HOUR}h" if seconds < _DAY else f"{seconds // _DAY}d"


def _body_html(state: State, post: Post) -> str:
    content = post.content
    text = f'<p class="text">{_linked(content.text)}</p>' if content.text else ""
    quoted = find_post(state, content.quote_post_id or content.reposted_id)
    return (
        text
        + _media_html(state, post)
        + (_card_html(content.link_attachment, content.link_attachment) if content.link_attachment else "")
        + (_quote_html(state, quoted) if quoted else "")
        + _poll_html(content.poll or {})
        + (_card_html("", str(content.text_attachment["plaintext"])) if content.text_attachment else "")
    )


def _linked(text: str) -> str:
    pieces = _LINK.split(text)
    return "".join(
        _anchor(piece) if number % 2 else html.escape(piece) for number, piece in enumerate(pieces)
    )


def _anchor(piece: str) -> str:
    shown = html.escape(piece)
    if piece.startswith("#"):
        return f"<a>{shown}</a>"
    target = f"/{shown}" if piece.startswith("@") else shown
    return f'<a href="{target}" rel="noreferrer">{shown}</a>'


def _media_html(state: State, post: Post) -> str:
    items = album_items(state, post) or ([post] if post.content.content_type else [])
    if not items:
        return ""
    kinds = (
        "media" + (" album" if len(items) > 1 else "") + (" spoiler" if post.content.spoiler_media else "")
    )
    return f'<div class="{kinds}">{"".join(_item_html(state, item) for item in items)}</div>'


def _item_html(state: State, item: Post) -> str:
    path = html.escape(media_url(state, item).removeprefix(state.base_url))
    alt = html.escape(item.content.alt_text)
    if item.content.content_type.startswith("video/"):
        return f'<video src="{path}" aria-label="{alt}" controls muted preload="metadata"></video>'
    return f'<img src="{path}" alt="{alt}" title="{alt}" loading="lazy">'


def _card_html(address: str, text: str) -> str:
    host = re.sub(r"^https?://([^/?#]*).*", r"\1", address)
    link = (
        f' href="{html.escape(address)}" rel="noreferrer"'
        if address.startswith(("http://", "https://"))
        else ""
    )
    return f'<a class="card"{link}><small>{html.escape(host)}</small>{html.escape(text)}</a>'


def _quote_html(state: State, quoted: Post) -> str:
    username = username_of(state, quoted.user_id)
    link = html.escape(permalink(state, username, quoted))
    text = html.escape(quoted.content.text)
    return f'<a class="card" href="{link}"><b>{html.escape(username)}</b><br>{text}</a>'


def _poll_html(poll: dict[str, str]) -> str:
    options = "".join(f"<span>{html.escape(option)}</span>" for option in poll.values())
    return f'<div class="poll">{options}</div>' if options else ""


def _counts_html(state: State, post: Post) -> str:
    likes, replies = figure(state, post, "likes"), figure(state, post, "replies")
    return f'<div class="counts"><span>♡ {likes}</span><span>↩ {replies}</span></div>'
