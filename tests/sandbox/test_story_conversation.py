"""Story: a thread with its replies, hidden and approved ones included."""

from __future__ import annotations

import httpx
from sandbox_user import SandboxUser, body, feed, limited_user, refusal

FIELDS = "id,text,is_reply,root_post,replied_to,is_reply_owned_by_me,has_replies,hide_status"


def texts(page: dict[str, list[dict[str, str]]]) -> list[str]:
    return [post["text"] for post in page["data"]]


async def test_a_chain_of_replies_belongs_together(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Each part replies to the one before; all share the root, and none counts as a post."""
    root = await an.say("1/3")
    second = await an.say("2/3", reply_to_id=root)
    third = await an.say("3/3", reply_to_id=second)

    post = await an.read(third, fields=FIELDS)
    assert post["root_post"] == {"id": root}
    assert post["replied_to"] == {"id": second}
    assert post["is_reply"] is True
    assert texts(await an.read(f"{root}/replies", fields="text")) == ["2/3"]
    assert texts(await an.read(f"{root}/conversation", fields="text", reverse="false")) == ["2/3", "3/3"]
    assert texts(await an.read("me/replies", fields="text")) == ["3/3", "2/3"]
    assert texts(await an.read("me/threads", fields="text")) == ["1/3"]
    assert [post["reply_to"] for post in await feed(http)] == [None, root, second]


async def test_a_reply_is_hidden_and_shown(an: SandboxUser, binh: SandboxUser) -> None:
    """Only the owner of the post may hide a reply to it."""
    root = await an.say("Hỏi")
    reply = await binh.say("Đáp", reply_to_id=root)
    assert refusal(await binh.post(f"{reply}/manage_reply", hide="true")) == (100, 33)
    assert body(await an.post(f"{reply}/manage_reply", hide="true")) == {"success": True}
    assert (await an.read(reply, fields="hide_status"))["hide_status"] == "HIDDEN"
    body(await an.post(f"{reply}/manage_reply", hide="false"))
    assert (await an.read(reply, fields="hide_status"))["hide_status"] == "UNHUSHED"


async def test_replies_wait_for_approval(an: SandboxUser, binh: SandboxUser) -> None:
    """With approvals on, a stranger's reply is seen only after the owner has approved it."""
    root = await an.say("Hỏi", enable_reply_approvals="true")
    reply = await binh.say("Đáp", reply_to_id=root)
    assert texts(await an.read(f"{root}/replies", fields="text")) == []
    assert texts(await an.read(f"{root}/pending_replies", fields="text")) == ["Đáp"]
    body(await an.post(f"{reply}/manage_pending_reply", approve="true"))
    assert texts(await an.read(f"{root}/replies", fields="text")) == ["Đáp"]


async def test_replying_to_others_needs_more_than_to_oneself(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """With threads_manage_replies alone, only own threads can be continued."""
    binh = await limited_user(
        http, "binh", "threads_basic", "threads_content_publish", "threads_manage_replies"
    )
    mine = await binh.say("của tôi")
    await binh.say("tiếp", reply_to_id=mine)
    foreign = await an.say("của An")
    answer = await binh.post("me/threads", media_type="TEXT", text="chào", reply_to_id=foreign)
    assert refusal(answer) == (10, None)


async def test_mentions_are_found(an: SandboxUser, binh: SandboxUser) -> None:
    """A post that names an account is in that account's mentions."""
    await an.say("Cảm ơn @binh")
    assert texts(await binh.read("me/mentions", fields="text")) == ["Cảm ơn @binh"]


async def test_lists_are_read_page_by_page(an: SandboxUser) -> None:
    """Following ``after`` visits each post once, newest first; ``before`` leads back."""
    for number in range(5):
        await an.say(f"bài {number}")
    seen: list[str] = []
    page = await an.read("me/threads", fields="text", limit="2")
    first = page
    while page["data"]:
        seen += texts(page)
        page = await an.read("me/threads", fields="text", limit="2", after=page["paging"]["cursors"]["after"])
    assert seen == [f"bài {number}" for number in (4, 3, 2, 1, 0)]
    after = first["paging"]["cursors"]["after"]
    second = await an.read("me/threads", fields="text", limit="2", after=after)
    before = second["paging"]["cursors"]["before"]
    assert await an.read("me/threads", fields="text", limit="2", before=before) == first
