"""``POST /{user}/threads_publish`` and repost: the calls that make a post public, each exactly once."""

from __future__ import annotations

from dataclasses import replace

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.containers import Container, find_container
from core.local.sandbox.content import Content
from core.local.sandbox.errors import already_reposted, media_not_found, missing_object
from core.local.sandbox.posts import Post, count_posts, find_post, insert_post
from core.local.sandbox.quotas import spend
from core.local.sandbox.state import State, new_id
from core.local.sandbox.webhooks import send_publish

_PUBLISHED_TYPE = {"TEXT": "TEXT_POST", "IMAGE": "IMAGE", "VIDEO": "VIDEO", "CAROUSEL": "CAROUSEL_ALBUM"}


async def threads_publish(call: Call) -> Answer:
    """Publish a finished container; the media id.

    A container that is unknown, foreign, not FINISHED, or not yet replicated answers 24/4279009. What a
    published one answers is a setting, because Meta's answer is not known.
    """
    account = call.writable_user()
    creation_id = call.params.required("creation_id")
    container = find_container(call.state, creation_id)
    if container is None or container.user_id != account.user_id or container.content.carousel_item:
        raise media_not_found(creation_id)
    mode = call.state.options.second_publish
    if container.media_id and mode == "same-id":
        call.entry.media_id = container.media_id
        return {"id": container.media_id}
    _check_ready(call.state, container, again=mode == "again")
    post = publish(call.state, container)
    call.entry.media_id = post.id
    announce(call, post)
    answer: Answer = {"id": post.id}
    if container.content.share_to_instagram:
        answer["crossreshare_to_ig_status"] = "SUCCESS"
    return answer


def publish(state: State, container: Container) -> Post:
    """Make the post of ``container`` and count it, in one transaction.

    Raises:
        GraphError: 613/4279002, the quota of the account is used up.
    """
    content = container.content
    post = Post(
        id=new_id(),
        user_id=container.user_id,
        creation_id=container.id,
        published_at=state.now(),
        media_type=_PUBLISHED_TYPE[container.media_type],
        content=content,
    )
    with state.transaction():
        spend(state, post.user_id, "reply_quota" if content.reply_to_id else "quota")
        if content.reply_to_id:
            post = _as_reply(state, post)
        insert_post(state, post)
        for child_id in content.children:
            _publish_child(state, post, child_id)
        state.run("UPDATE containers SET media_id = ? WHERE id = ?", post.id, container.id)
    return post


def announce(call: Call, post: Post) -> None:
    send_publish(call.request.app, call.me.username, post)


async def repost(call: Call) -> Answer:
    """POST /{media}/repost; a second time answers subcode 4279050."""
    original = find_post(call.state, call.path_id())
    if original is None:
        raise missing_object(call.path_id(), "post")
    mine = "user_id = ? AND media_type = 'REPOST_FACADE' AND refers_to = ?"
    if count_posts(call.state, mine, call.me.user_id, original.id):
        raise already_reposted(original.id)
    post = Post(
        id=new_id(),
        user_id=call.me.user_id,
        creation_id="",
        published_at=call.state.now(),
        media_type="REPOST_FACADE",
        content=Content(reposted_id=original.id),
    )
    with call.state.transaction():
        spend(call.state, post.user_id, "quota")
        insert_post(call.state, post)
    call.entry.media_id = post.id
    return {"id": post.id}


def _check_ready(state: State, container: Container, *, again: bool) -> None:
    now = state.now()
    ready = container.status(now) == "FINISHED" or (again and container.media_id is not None)
    if not ready or now < container.visible_at:
        raise media_not_found(container.id)


def _as_reply(state: State, post: Post) -> Post:
    parent = find_post(state, post.content.reply_to_id)
    if parent is None:
        raise media_not_found(post.content.reply_to_id)
    root = find_post(state, parent.root_id or parent.id) or parent
    waits = root.content.reply_approvals and root.user_id != post.user_id
    return replace(post, parent_id=parent.id, root_id=root.id, approval="pending" if waits else "")


def _publish_child(state: State, album: Post, container_id: str) -> None:
    child = find_container(state, container_id)
    if child is None:
        raise media_not_found(container_id)
    item = replace(album, id=new_id(), creation_id=child.id, content=child.content, album_id=album.id)
    insert_post(state, replace(item, media_type=child.media_type))
    state.run("UPDATE containers SET media_id = ? WHERE id = ?", item.id, child.id)
