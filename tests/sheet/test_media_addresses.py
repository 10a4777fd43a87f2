"""Addresses of pictures and videos."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.content_rules import review
from core.domain.errors import RefusedError
from core.domain.media import doubt, kind_of, media_url, split_links
from core.domain.post import Content, Media, MediaKind


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.com/a.jpg", "https://example.com/a.jpg"),
        ("//example.com/a.jpg", "https://example.com/a.jpg"),
        (" http://example.com/a.jpg ", "http://example.com/a.jpg"),
        ("<https://example.com/a.jpg>", "https://example.com/a.jpg"),
        ("https://example.com/ảnh 1.jpg", "https://example.com/%E1%BA%A3nh%201.jpg"),
        ("https://example.com/a%20b.jpg?x=1&y=2", "https://example.com/a%20b.jpg?x=1&y=2"),
        ("http://localhost:8080/a.jpg", "http://localhost:8080/a.jpg"),
        ("http://sandbox.localhost/media/a.jpg", "http://sandbox.localhost/media/a.jpg"),
        ("http://[::1]:80/a.jpg", "http://[::1]:80/a.jpg"),
        ("ảnh.vn:8080/ảnh.jpg?#", "https://xn--nh-k5s.vn:8080/%E1%BA%A3nh.jpg"),
    ],
)
def test_an_address_is_completed(text: str, url: str) -> None:
    """A missing scheme is https; blanks and accents are encoded."""
    assert media_url(text) == url


@pytest.mark.parametrize(
    "text",
    ["", "a", "ảnh", "hai chữ", "javascript:alert(1)", "ftp://x.vn/a", "file:///etc/passwd", "https://", "C:\\a.jpg",
     "https://x.vn:port/a.jpg", "https://exa mple.com/a.jpg", "data:image/png;base64,AAAA"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text: str) -> None:
    """Threads downloads over http and https only."""
    with pytest.raises(RefusedError, match="web address"):
        media_url(text)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("a.vn/1.jpg,b.vn/2.jpg", ("a.vn/1.jpg", "b.vn/2.jpg")),
        ("https://a.vn/1.jpg; https://a.vn/2.jpg", ("https://a.vn/1.jpg", "https://a.vn/2.jpg")),
        ("https://a.vn/1.jpg\r\n\r\nhttps://a.vn/2.jpg\n", ("https://a.vn/1.jpg", "https://a.vn/2.jpg")),
        ("https://a.vn/1.jpg|https://a.vn/2.jpg", ("https://a.vn/1.jpg", "https://a.vn/2.jpg")),
        ("https://a.vn/1.jpg https://a.vn/2.jpg", ("https://a.vn/1.jpg", "https://a.vn/2.jpg")),
        ("https://res.vn/w_300,h_200,c_fill/1.jpg", ("https://res.vn/w_300,h_200,c_fill/1.jpg",)),
        (",, ;", ()),
    ],
)
def test_links_are_split_where_people_split_them(text: str, links: tuple[str, ...]) -> None:
    """A comma inside an address is part of it."""
    assert split_links(text) == links


@given(
    st.lists(st.sampled_from(["https://a.vn/1.jpg", "https://b.vn/2.png?x=1", "http://c.vn/3"]), max_size=8)
)
def test_joined_links_come_apart_again(links: list[str]) -> None:
    """All separators of the original give the links back."""
    for separator in (",", ";", "\n", "|", ", ", " ; ", "\r\n"):
        assert list(split_links(separator.join(links))) == links


def test_splitting_takes_no_more_than_linear_time() -> None:
    """A cell full of blanks and commas keeps nobody waiting."""
    began = time.monotonic()
    for text in (" " * 32_000, ", " * 16_000, "a." * 16_000, "\n" * 32_000, ",a.b" * 8_000):
        split_links(text)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.vn/x.MP4?token=1", MediaKind.VIDEO),
        ("https://a.vn/x.mov", MediaKind.VIDEO),
        ("https://a.vn/x.jpg?next=y.mp4", MediaKind.IMAGE),
        ("https://a.vn/mp4", MediaKind.IMAGE),
    ],
)
def test_the_extension_of_the_path_says_what_it_is(url: str, kind: MediaKind) -> None:
    """The query does not matter."""
    assert kind_of(url) is kind


@pytest.mark.parametrize(
    ("kind", "url", "said"),
    [
        (MediaKind.IMAGE, "https://drive.google.com/file/d/1/view", "web page"),
        (MediaKind.VIDEO, "https://youtu.be/abc", "web page"),
        (MediaKind.IMAGE, "https://a.vn/x.webp", ".webp"),
        (MediaKind.VIDEO, "https://a.vn/x.avi", "MP4"),
        (MediaKind.VIDEO, "https://a.vn/x.jpg", "meant as VIDEO"),
        (MediaKind.IMAGE, "https://drive.google.com/uc?export=download&id=1", ""),
        (MediaKind.IMAGE, "https://a.vn/x.jpg", ""),
        (MediaKind.IMAGE, "https://a.vn/x", ""),
    ],
)
def test_what_threads_may_not_take_is_doubted(kind: MediaKind, url: str, said: str) -> None:
    """Pages and unusual formats are told before their time."""
    found = doubt(Media(kind, url))
    assert said in found
    assert bool(found) == bool(said)


def test_a_description_may_have_a_thousand_characters() -> None:
    """One more is refused with its item."""
    fits = Media(MediaKind.IMAGE, "https://a.vn/1.jpg", "a" * 1000)
    assert not review(Content(text="x", media=(fits,)))
    found = review(Content(text="x", media=(fits, Media(MediaKind.IMAGE, "https://a.vn/2.jpg", "a" * 1001))))
    assert [finding.cause for finding in found] == [
        "The description of item 2 has 1001 characters and Threads allows 1000."
    ]
