"""Looking around: other people's profiles and posts, search, places, and embedding."""

from __future__ import annotations

import html

from core.local.sandbox.accounts import Account, account_named
from core.local.sandbox.call import Answer, Call
from core.local.sandbox.errors import invalid, missing_object
from core.local.sandbox.posts import find_by_shortcode
from core.local.sandbox.quotas import spend
from core.local.sandbox.reading import page
from core.local.sandbox.wire import avatar_url, permalink, username_of

_PLACE = {
    "id": "110843418940484",
    "name": "Menlo Park",
    "city": "Menlo Park",
    "country": "United States",
    "address": "Menlo Park, California",
    "latitude": 37.4529,
    "longitude": -122.1817,
}
"""The only place that an app without approval finds (D: location search)."""


async def profile_lookup(call: Call) -> Answer:
    account = _named(call)
    return {
        "username": account.username,
        "name": account.username.title(),
        "profile_picture_url": avatar_url(call.state, account.username),
        "is_verified": False,
    }


async def profile_posts(call: Call) -> Answer:
    return page(call, "user_id = ? AND parent_id IS NULL", _named(call).user_id)


async def keyword_search(call: Call) -> Answer:
    word = call.params.required("q").lower()
    return page(call, "instr(lower(json_extract(content, '$.text')), ?)", word)


async def location_search(call: Call) -> Answer:
    spend(call.state, call.me.user_id, "location_search_quota")
    return {"data": [_PLACE]}


async def oembed(call: Call) -> Answer:
    """GET /oembed: the HTML by which a web page shows a post."""
    shortcode = call.params.required("url").split("?")[0].rstrip("/").rpartition("/")[2]
    post = find_by_shortcode(call.state, shortcode)
    if post is None:
        raise invalid("The url is not the address of a post.")
    address = permalink(call.state, username_of(call.state, post.user_id), post)
    text = html.escape(post.content.text)
    quote = (
        f'<blockquote class="text-post-media" cite="{address}"><a href="{address}">{text}</a></blockquote>'
    )
    return {"version": "1.0", "type": "rich", "provider_name": "Threads", "width": 658, "html": quote}


def _named(call: Call) -> Account:
    username = call.params.required("username")
    account = account_named(call.state, username)
    if account is None:
        raise missing_object(username, "get")
    return account
