"""What a person sees in a browser."""

from __future__ import annotations

import re

import httpx
from sandbox_user import SandboxUser, body, settings

HOSTILE = '<script>alert("1")</script> & \'quoted\' https://a.vn/?q="><em>'


async def test_the_feed_shows_what_was_published(
    an: SandboxUser, binh: SandboxUser, http: httpx.AsyncClient
) -> None:
    """Newest thread first, replies below their parent, pictures, topic and link card."""
    root = await an.say("Bài gốc", topic_tag="phở")
    await binh.publish(media_type="IMAGE", image_url=an.sample("1.jpg"), alt_text="Ly cà phê")
    await an.say("Phần hai", reply_to_id=root)
    await binh.say("Đọc thêm", link_attachment="https://quan.example/menu")
    for address in ("/", "/feed"):
        page = (await http.get(address)).text
        order = ["Đọc thêm", 'alt="Ly cà phê"', "Bài gốc", "Phần hai"]
        assert sorted(order, key=page.index) == order
        assert '<span class="topic">phở</span>' in page
        assert "<small>quan.example</small>" in page


async def test_what_people_write_is_never_html(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Text, alt text, topic, poll and link come out escaped, on every page."""
    poll = '{"option_a":"<i>a</i>","option_b":"b"}'
    first = await an.say(HOSTILE, topic_tag="<u>x</u>", poll_attachment=poll)
    await an.publish(media_type="IMAGE", image_url=an.sample("1.jpg"), alt_text='"><img src=x>')
    await an.say("x", link_attachment='javascript:alert("1")')
    permalink = (await an.read(first, fields="permalink"))["permalink"]
    for address in ("/", "/@an", permalink):
        response = await http.get(address)
        for hostile in ("<script>alert", "<em>", "<u>", "<i>", "<img src=x>", 'href="javascript:'):
            assert hostile not in response.text
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_nothing_is_loaded_from_elsewhere(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Every picture and film is served by the sandbox; style and script stand in the page."""
    await settings(http, processing_seconds=0)
    await an.publish(media_type="IMAGE", image_url=an.sample("1.jpg"))
    await an.publish(media_type="VIDEO", video_url=an.sample("1.mp4"))
    page = (await http.get("/")).text
    sources = re.findall(r'src="([^"]+)"', page)
    assert len(sources) == 2
    for source in sources:
        assert source.startswith("/sandbox/files/")
        assert (await http.get(source)).status_code == 200
    assert "<link" not in page


async def test_a_film_is_served_in_parts(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Browsers ask for ranges of a film."""
    await settings(http, processing_seconds=0)
    media_id = await an.publish(media_type="VIDEO", video_url=an.sample("1.mp4"))
    address = (await an.read(media_id, fields="media_url"))["media_url"]
    part = await http.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")


async def test_a_permalink_shows_the_post_in_its_conversation(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """What it replies to stands above it, its replies below; other threads are not there."""
    root = await an.say("gốc rễ")
    middle = await an.say("thân cây", reply_to_id=root)
    await an.say("ngọn lá", reply_to_id=middle)
    await an.say("chuyện khác")
    permalink = (await an.read(middle, fields="permalink"))["permalink"]
    page = (await http.get(permalink)).text
    assert page.index("gốc rễ") < page.index("thân cây") < page.index("ngọn lá")
    assert "chuyện khác" not in page


async def test_what_is_not_there_is_404(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Unknown posts, people and files, and a post under another's name."""
    media_id = await an.say("bài")
    shortcode = (await an.read(media_id, fields="shortcode"))["shortcode"]
    for address in ("/@nobody", "/@an/post/nothing", f"/@nobody/post/{shortcode}", "/sandbox/files/1"):
        assert (await http.get(address)).status_code == 404
    body(await an.delete(media_id))
    assert (await http.get(f"/@an/post/{shortcode}")).status_code == 404


async def test_an_empty_feed_says_so(http: httpx.AsyncClient) -> None:
    """A newcomer sees a sentence, not a blank page."""
    assert "Nothing has been published yet." in (await http.get("/")).text


async def test_an_open_page_costs_nothing_until_something_is_published(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """Asked again with its ETag the feed answers 304; a new or a deleted post makes it 200."""

    async def asked_again(page: httpx.Response) -> httpx.Response:
        return await http.get("/", headers={"If-None-Match": page.headers["ETag"]})

    empty = await http.get("/")
    assert (await asked_again(empty)).status_code == 304
    media_id = await an.say("mới")
    full = await asked_again(empty)
    assert full.status_code == 200
    body(await an.delete(media_id))
    assert "mới" not in (await asked_again(full)).text


async def test_half_a_character_breaks_no_page(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A lone surrogate in a JSON text is replaced, and the pages go on working."""
    call = f'{{"media_type":"TEXT","text":"a\\ud800b","auto_publish_text":true,"access_token":"{an.token}"}}'
    body(await http.post("/me/threads", content=call, headers={"Content-Type": "application/json"}))
    assert "a?b" in (await http.get("/")).text
