"""How Threads writes a post, a moment and an address into its JSON (D: retrieve-and-manage-posts)."""

from __future__ import annotations

import time
from typing import Any

from core.local.sandbox.accounts import Account, account_by_id
from core.local.sandbox.fields import parse_names
from core.local.sandbox.figures import figure
from core.local.sandbox.posts import Post, album_items, count_posts
from core.local.sandbox.state import State

MEDIA_FIELDS = parse_names(
    "id,media_product_type,media_type,media_url,permalink,owner,username,text,timestamp,shortcode,"
    "thumbnail_url,children,is_quote_post,quoted_post,reposted_post,alt_text,link_attachment_url,"
    "gif_url,poll_attachment,topic_tag,is_spoiler_media,text_entities,text_attachment,"
    "ghost_post_status,ghost_post_expiration_timestamp,location_id,location,allowlisted_country_codes,"
    "is_verified,profile_picture_url,has_replies,like_count,is_reply,is_reply_owned_by_me,root_post,replied_to,"
    "hide_status,reply_audience,reply_approval_status"
)
_GHOST_LIFE = 86400.0


def timestamp(moment: float) -> str:
    """Write epoch seconds as Threads does: UTC, ``2023-10-17T05:42:03+0000``."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(moment))


def permalink(state: State, username: str, post: Post) -> str:
    return f"{state.base_url}/@{username}/post/{post.shortcode}"


def username_of(state: State, user_id: str) -> str:
    account = account_by_id(state, user_id)
    return account.username if account else "unknown"


def avatar_url(state: State, username: str) -> str:
    return f"{state.base_url}/sandbox/media/avatar-{username}.png"


def media_url(state: State, post: Post) -> str:
    """Return the address of the copy that the sandbox made, or of the source while there is none."""
    if post.content.content_type:
        return f"{state.base_url}/sandbox/files/{post.creation_id}"
    return post.content.source_url


def post_json(state: State, post: Post, reader: Account) -> dict[str, Any]:
    """Return every field of ``post`` as ``reader`` gets it; those that are empty have yet to be left out."""
    username = username_of(state, post.user_id)
    return {
        "id": post.id,
        "media_product_type": "THREADS",
        "media_type": post.media_type,
        "permalink": permalink(state, username, post),
        "owner": {"id": post.user_id},
        "username": username,
        "text": post.content.text,
        "timestamp": timestamp(post.published_at),
        "shortcode": post.shortcode,
        "profile_picture_url": avatar_url(state, username),
        "is_verified": False,
        **_media_json(state, post),
        **_attachments_json(post),
        **_ghost_json(state, post),
        **_conversation_json(state, post, reader),
    }


def _media_json(state: State, post: Post) -> dict[str, Any]:
    content = post.content
    items = album_items(state, post)
    return {
        "media_url": media_url(state, post),
        "thumbnail_url": f"{state.base_url}/sandbox/media/{post.shortcode}.jpg"
        if post.media_type == "VIDEO"
        else "",
        "children": {"data": [_item_json(state, item) for item in items]} if items else None,
        "alt_text": content.alt_text,
        "is_spoiler_media": content.spoiler_media,
    }


def _item_json(state: State, item: Post) -> dict[str, Any]:
    return {
        "id": item.id,
        "media_type": item.media_type,
        "media_url": media_url(state, item),
        "alt_text": item.content.alt_text,
    }


def _attachments_json(post: Post) -> dict[str, Any]:
    content = post.content
    return {
        "is_quote_post": bool(content.quote_post_id),
        "quoted_post": {"id": content.quote_post_id} if content.quote_post_id else None,
        "reposted_post": {"id": content.reposted_id} if content.reposted_id else None,
        "link_attachment_url": content.link_attachment,
        "gif_url": f"https://giphy.com/gifs/{content.gif_id}" if content.gif_id else "",
        "poll_attachment": _poll_json(post),
        "topic_tag": content.topic_tag,
        "text_entities": content.text_entities,
        "text_attachment": content.text_attachment,
        "location_id": content.location_id,
        "location": {"id": content.location_id} if content.location_id else None,
    }


def _poll_json(post: Post) -> dict[str, Any] | None:
    poll = post.content.poll
    if poll is None:
        return None
    votes = {f"{name}_votes_percentage": 0.0 for name in poll}
    expires = timestamp(post.published_at + 86400)
    return {**poll, **votes, "total_votes": 0, "expiration_timestamp": expires}


def _ghost_json(state: State, post: Post) -> dict[str, Any]:
    if not post.content.ghost:
        return {}
    archived_at = post.published_at + _GHOST_LIFE
    return {
        "ghost_post_status": "ACTIVE" if state.now() < archived_at else "ARCHIVED",
        "ghost_post_expiration_timestamp": timestamp(archived_at),
    }


def _conversation_json(state: State, post: Post, reader: Account) -> dict[str, Any]:
    is_reply = post.parent_id is not None
    return {
        "like_count": figure(state, post, "likes"),
        "has_replies": count_posts(state, "parent_id = ?", post.id) > 0,
        "is_reply": is_reply,
        "is_reply_owned_by_me": is_reply and post.user_id == reader.user_id,
        "root_post": {"id": post.root_id} if is_reply else None,
        "replied_to": {"id": post.parent_id} if is_reply else None,
        "hide_status": post.hide_status,
        "reply_audience": post.content.reply_control.upper(),
        "reply_approval_status": post.approval.upper(),
    }
