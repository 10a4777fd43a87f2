"""Figures of a post that grow with its age on the sandbox's clock, the same for every reader.

Replies, reposts and quotes are counted; views, likes and shares are invented from the post's id.
"""

from __future__ import annotations

import zlib

from core.local.sandbox.posts import Post, count_posts
from core.local.sandbox.state import State

_DAY = 86400


def figure(state: State, post: Post, metric: str) -> int:
    """Return the present value of one metric of ``post``."""
    if metric in {"replies", "reposts", "quotes"}:
        return _counted(state, post, metric)
    seed = zlib.crc32(post.id.encode())
    views = round((40 + seed % 400) * min(1.0, (state.now() - post.published_at) / _DAY))
    share = {"views": 1.0, "likes": 0.1 + seed % 7 / 100, "shares": 0.01}[metric]
    return int(views * share)


def _counted(state: State, post: Post, metric: str) -> int:
    conditions = {
        "replies": "parent_id = ?",
        "reposts": "refers_to = ? AND media_type = 'REPOST_FACADE'",
        "quotes": "refers_to = ? AND media_type != 'REPOST_FACADE'",
    }
    return count_posts(state, conditions[metric], post.id)
