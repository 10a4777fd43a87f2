"""The ways in which clients in use put a call on the wire, and what they ask back."""

from __future__ import annotations

import httpx
import pytest
from sandbox_user import SandboxUser, body, feed, refusal, settings

CALLS = {"media_type": "TEXT", "text": "chào"}


@pytest.mark.parametrize("path", ["/me/threads", "/v1.0/me/threads", "/me/threads/", "/v1.0/{id}/threads/"])
@pytest.mark.parametrize("style", ["query", "form", "multipart", "json", "octets"])
@pytest.mark.parametrize("bearer", [True, False], ids=["bearer", "parameter"])
async def test_every_style_of_request_works(an: SandboxUser, path: str, style: str, *, bearer: bool) -> None:
    """Version and final slash are optional; parameters may be anywhere; so may the token."""
    address = path.format(id=an.user_id)
    headers = {"Authorization": f"Bearer {an.token}"} if bearer else {}
    params = CALLS if bearer else {**CALLS, "access_token": an.token}
    requests = {
        "query": an.http.post(address, params=params, headers=headers),
        "form": an.http.post(address, data=params, headers=headers),
        "multipart": an.http.post(
            address, files={name: (None, value) for name, value in params.items()}, headers=headers
        ),
        "json": an.http.post(address, json=params, headers=headers),
        "octets": an.http.post(
            address, params=params, headers={**headers, "Content-Type": "application/octet-stream"}
        ),
    }
    chosen = requests.pop(style)
    for other in requests.values():
        other.close()
    assert body(await chosen)["id"].isdecimal()


@pytest.mark.parametrize("children", [["{0}", "{1}"], '["{0}","{1}"]', "{0}, {1}"])
async def test_children_come_as_clients_send_them(
    an: SandboxUser, http: httpx.AsyncClient, children: list[str] | str
) -> None:
    """A JSON list, a list in a text, and a comma list with blanks are one."""
    await settings(http, processing_seconds=0)
    item = {"media_type": "IMAGE", "image_url": an.sample("1.jpg"), "is_carousel_item": "true"}
    ids = [await an.create(**item), await an.create(**item)]
    filled = [each.format(*ids) for each in children] if isinstance(children, list) else children.format(*ids)
    request = {"media_type": "CAROUSEL", "children": filled, "access_token": an.token}
    assert body(await http.post("/me/threads", json=request))["id"]


async def test_json_flags_count(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """``true`` without quotes is true."""
    request = {**CALLS, "auto_publish_text": True, "access_token": an.token}
    media_id = body(await http.post("/me/threads", json=request))["id"]
    assert [post["id"] for post in await feed(http)] == [media_id]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{", "application/json"),
        ("[1]", "application/json"),
        ("{}", "application/json; charset=nonsense"),
        ("a=b", "application/x-www-form-urlencoded; charset=nonsense"),
        ("abc", "multipart/form-data"),
    ],
)
async def test_a_broken_body_answers_100(http: httpx.AsyncClient, content: str, kind: str) -> None:
    """It is a wrong call, not a crash."""
    response = await http.post("/me/threads", content=content, headers={"Content-Type": kind})
    assert refusal(response) == (100, None)


async def test_only_the_id_comes_unasked(an: SandboxUser) -> None:
    """The default field of posts and profiles is ``id``; empty fields are left out; unknown ones refused."""
    media_id = await an.say("chào")
    assert await an.read(media_id) == {"id": media_id}
    assert await an.read("me") == {"id": an.user_id}
    assert "alt_text" not in await an.read(media_id, fields="id,alt_text,media_url")
    wrong = await an.get(media_id, fields="id,status")
    assert "nonexisting field (status)" in wrong.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/v1.0/1/nowhere", (2500, None)),
        ("PUT", "/v1.0/me/threads", (100, None)),
        ("POST", "/v1.0/access_token", (100, None)),
        ("GET", "/v1.0/18000000000000001", (100, 33)),
        ("DELETE", "/v1.0/18000000000000001", (100, 33)),
        ("GET", "/v1.0/me/threads?limit=x", (100, None)),
        ("GET", "/v1.0/me/threads?since=1000", (100, None)),
        ("GET", "/v1.0/me/threads?since=soon", (100, None)),
        ("GET", "/v1.0/me/threads?before=a&after=b", (100, None)),
        ("GET", "/v1.0/me/threads?after=%FF", (100, None)),
        ("GET", "/v1.0/me/threads_insights", (100, None)),
        ("GET", "/v1.0/me/threads_insights?metric=shares", (100, None)),
        ("GET", "/v1.0/me/threads_insights?metric=views&since=1", (100, None)),
        ("GET", "/v1.0/me/threads_publishing_limit?fields=x", (100, None)),
        ("GET", "/v1.0/profile_lookup?username=nobody", (100, 33)),
    ],
)
async def test_a_wrong_call_has_the_shape_of_graph(
    an: SandboxUser, method: str, path: str, code: tuple[int, int | None]
) -> None:
    """Nothing answers in a shape of its own, not even a path that does not exist."""
    response = await an.http.request(method, path, headers={"Authorization": f"Bearer {an.token}"})
    assert response.status_code == 400
    assert refusal(response) == code


async def test_a_list_is_cut_by_time(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """``since`` and ``until`` take epoch seconds and dates."""
    await an.say("cũ")
    now = int(body(await http.post("/sandbox/clock", json={"advance_seconds": 2 * 86400}))["now"])
    await an.say("mới")

    async def texts(**window: str) -> list[str]:
        return [post["text"] for post in (await an.read("me/threads", fields="text", **window))["data"]]

    assert await texts(since=str(now - 3600)) == ["mới"]
    assert await texts(until=str(now - 3600)) == ["cũ"]
    assert await texts(since="2023-07-06", limit="500") == ["mới", "cũ"]
    assert await texts(since="", until="", limit="") == ["mới", "cũ"]


async def test_a_poll_and_a_quote_are_read_back(an: SandboxUser, binh: SandboxUser) -> None:
    """What was attached to a post is shown by its fields."""
    first = await an.publish(media_type="TEXT", poll_attachment='{"option_a":"Phở","option_b":"Bún"}')
    poll = (await an.read(first, fields="poll_attachment{option_a,option_b,total_votes}"))["poll_attachment"]
    assert poll == {"option_a": "Phở", "option_b": "Bún", "total_votes": 0}
    second = await binh.say("Xem này", quote_post_id=first)
    quote = await binh.read(second, fields="is_quote_post,quoted_post")
    assert quote == {"id": second, "is_quote_post": True, "quoted_post": {"id": first}}


async def test_others_are_found(an: SandboxUser, binh: SandboxUser) -> None:
    """Profiles are looked up by name, posts by word, places by search, and pages embed posts."""
    media_id = await an.say("Bánh mì Sài Gòn")
    assert (await binh.read("profile_lookup", username="an"))["username"] == "an"
    assert (await binh.read("me/profile_posts", username="an"))["data"] == [{"id": media_id}]
    assert (await binh.read("keyword_search", q="bánh mì"))["data"] == [{"id": media_id}]
    assert (await binh.read("location_search", q="Menlo"))["data"][0]["name"] == "Menlo Park"
    permalink = (await an.read(media_id, fields="permalink"))["permalink"]
    assert "Bánh mì Sài Gòn" in (await binh.read("oembed", url=permalink))["html"]
