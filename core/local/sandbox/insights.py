"""Insights: the figures of one post, and those of all posts of an account in a window."""

from __future__ import annotations

import zlib
from typing import Any

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.errors import invalid, missing_object
from core.local.sandbox.figures import figure
from core.local.sandbox.posts import Post, find_post, select_posts
from core.local.sandbox.state import State
from core.local.sandbox.wire import timestamp

EARLIEST = 1712991600
"""The smallest ``since`` of user insights, epoch seconds (D: insights)."""
_DAY = 86400
_TITLES = {
    "views": ("Views", "The number of times your post was viewed."),
    "likes": ("Likes", "The number of likes on your post."),
    "replies": ("Replies", "The number of replies on your post."),
    "reposts": ("Reposts", "The number of times your post was reposted."),
    "quotes": ("Quotes", "The number of times your post was quoted."),
    "shares": ("Shares", "The number of times your post was shared."),
    "clicks": ("Clicks", "The number of times people clicked your links."),
    "followers_count": ("Followers", "The number of followers of your profile."),
    "follower_demographics": ("Follower demographics", "Who follows your profile."),
}
_DEMOGRAPHICS = {
    "country": {"VN": 90, "US": 10},
    "city": {"Ho Chi Minh City": 60, "Hanoi": 40},
    "age": {"18-24": 55, "25-34": 45},
    "gender": {"F": 60, "M": 40},
}
_OF_MEDIA = ("views", "likes", "replies", "reposts", "quotes", "shares")
_OF_USER = (
    "views",
    "likes",
    "replies",
    "reposts",
    "quotes",
    "clicks",
    "followers_count",
    "follower_demographics",
)


async def media_insights(call: Call) -> Answer:
    """GET /{media}/insights: own posts; a repost has no figures, and ``clicks`` is refused."""
    post = find_post(call.state, call.path_id())
    if post is None or post.user_id != call.me.user_id:
        raise missing_object(call.path_id(), "get")
    metrics = _metrics(call, _OF_MEDIA)
    if post.media_type == "REPOST_FACADE":
        return {"data": []}
    return {"data": [_lifetime(call.state, post, name) for name in metrics]}


async def user_insights(call: Call) -> Answer:
    """GET /{user}/threads_insights: the posts of the window, by default the last two days."""
    account, state = call.readable_user(), call.state
    metrics = _metrics(call, _OF_USER)
    since, until = _window(call, "since", state.now() - 2 * _DAY), _window(call, "until", state.now())
    posts = select_posts(state, "user_id = ? AND published_at BETWEEN ? AND ?", account.user_id, since, until)
    return {"data": [_of_user(call, name, posts, until) for name in metrics]}


def _metrics(call: Call, known: tuple[str, ...]) -> list[str]:
    call.params.required("metric")
    names = call.params.listed("metric")
    for name in names:
        if name not in known:
            raise invalid(f"Param metric must be one of {{{', '.join(known)}}} - got '{name}'.")
    return names


def _window(call: Call, name: str, default: float) -> float:
    text = call.params.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) < EARLIEST:
        raise invalid(f"Param {name} must be a Unix timestamp greater than or equal to {EARLIEST}.")
    return float(text)


def _lifetime(state: State, post: Post, name: str) -> dict[str, Any]:
    values = [{"value": figure(state, post, name)}]
    return _named(name, "lifetime", f"{post.id}/insights/{name}/lifetime") | {"values": values}


def _of_user(call: Call, name: str, posts: list[Post], until: float) -> dict[str, Any]:
    metric = _named(name, "day", f"{call.me.user_id}/insights/{name}/day")
    if name == "follower_demographics":
        return metric | _demographics(call)
    if name == "clicks":
        return metric | {"link_total_values": _clicks(posts)}
    if name == "followers_count":
        return metric | {"total_value": {"value": 100 + zlib.crc32(call.me.user_id.encode()) % 5000}}
    values = [figure(call.state, post, name) for post in posts]
    if name == "views":
        return metric | {"values": [{"value": sum(values), "end_time": timestamp(until)}]}
    return metric | {"total_value": {"value": sum(values)}}


def _clicks(posts: list[Post]) -> list[dict[str, Any]]:
    links = [post.content.link_attachment for post in posts if post.content.link_attachment]
    return [{"value": links.count(link), "link_url": link} for link in dict.fromkeys(links)]


def _demographics(call: Call) -> dict[str, Any]:
    breakdown = call.params.get("breakdown", "")
    if breakdown not in _DEMOGRAPHICS:
        raise invalid(f"Param breakdown must be one of {{{', '.join(_DEMOGRAPHICS)}}}.")
    results = [
        {"dimension_values": [name], "value": value} for name, value in _DEMOGRAPHICS[breakdown].items()
    ]
    return {"total_value": {"breakdowns": [{"dimension_keys": [breakdown], "results": results}]}}


def _named(name: str, period: str, identity: str) -> dict[str, Any]:
    title, description = _TITLES[name]
    return {"name": name, "period": period, "title": title, "description": description, "id": identity}
