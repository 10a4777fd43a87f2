"""The published posts as they stand on disk."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from core.local.sandbox.content import Content
from core.local.sandbox.state import State

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published post, reply, repost, or item of a carousel.

    ``media_type`` is Threads' name for a published post (TEXT_POST, CAROUSEL_ALBUM, ...). ``approval`` is
    empty, ``pending``, ``approved`` or ``ignored``.
    """

    id: str
    user_id: str
    creation_id: str
    published_at: float
    media_type: str
    content: Content
    album_id: str | None = None
    parent_id: str | None = None
    root_id: str | None = None
    hide_status: str = "NOT_HUSHED"
    approval: str = ""

    @property
    def shortcode(self) -> str:
        """The id in base 64, as Instagram and Threads form it."""
        number, code = int(self.id), ""
        while number:
            number, digit = divmod(number, 64)
            code = _LETTERS[digit] + code
        return code


def insert_post(state: State, post: Post) -> None:
    state.revision += 1
    state.run(
        "INSERT INTO posts (id, user_id, creation_id, published_at, media_type, content, shortcode, album_id, "
        "parent_id, root_id, refers_to, hide_status, approval) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(post.id, post.user_id, post.creation_id, post.published_at, post.media_type),
        *(post.content.to_json(), post.shortcode, post.album_id, post.parent_id, post.root_id),
        *(post.content.quote_post_id or post.content.reposted_id or None, post.hide_status, post.approval),
    )


def find_post(state: State, post_id: str) -> Post | None:
    """Return the post, None when it does not exist, was deleted, or cannot be seen yet (feed lag)."""
    row = state.one(
        "SELECT * FROM posts WHERE id = ? AND deleted_at IS NULL AND published_at <= ?",
        *(post_id, visible_before(state)),
    )
    return None if row is None else _post(row)


def find_by_shortcode(state: State, shortcode: str) -> Post | None:
    row = state.one("SELECT * FROM posts WHERE shortcode = ? AND deleted_at IS NULL", shortcode)
    return None if row is None else _post(row)


def select_posts(
    state: State, condition: str, *values: str | float, tail: str = "ORDER BY seq"
) -> list[Post]:
    """Return posts that were not deleted and are no items of a carousel; ``condition`` is SQL."""
    sql = f"SELECT * FROM posts WHERE deleted_at IS NULL AND album_id IS NULL AND {condition} {tail}"  # noqa: S608  # constants of this package
    return [_post(row) for row in state.all(sql, *values)]


def count_posts(state: State, condition: str, *values: str) -> int:
    """Count posts as :func:`select_posts` finds them."""
    sql = f"SELECT count(*) FROM posts WHERE deleted_at IS NULL AND album_id IS NULL AND {condition}"  # noqa: S608  # as above
    row = state.one(sql, *values)
    return 0 if row is None else row[0]


def album_items(state: State, post: Post) -> list[Post]:
    return [_post(row) for row in state.all("SELECT * FROM posts WHERE album_id = ? ORDER BY seq", post.id)]


def mark_deleted(state: State, post: Post) -> None:
    state.revision += 1
    state.run("UPDATE posts SET deleted_at = ? WHERE ? IN (id, album_id)", state.now(), post.id)


def visible_before(state: State) -> float:
    """Return the moment up to which posts can be found by reading."""
    return state.now() - state.options.feed_lag_seconds


def _post(row: sqlite3.Row) -> Post:
    return Post(
        id=row["id"],
        user_id=row["user_id"],
        creation_id=row["creation_id"],
        published_at=row["published_at"],
        media_type=row["media_type"],
        content=Content.from_json(row["content"]),
        album_id=row["album_id"],
        parent_id=row["parent_id"],
        root_id=row["root_id"],
        hide_status=row["hide_status"],
        approval=row["approval"],
    )
