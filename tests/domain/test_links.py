"""Which links a post has, as Threads counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.links import LINK_LIMIT, LINK_WARNING, unique_links

LINKS = st.from_regex(r"(https?://|www\.)[a-z]{1,9}\.(com|vn)(/[a-z0-9-]{1,9}){0,2}", fullmatch=True)
TEXT = st.text(st.characters(exclude_characters=":./@-_", categories=["L", "M", "P", "Z", "So"]))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Xem tại https://shop.vn/áo-dài, rồi quay lại.", ("https://shop.vn/áo-dài",)),
        ("(https://x.com/a)", ("https://x.com/a",)),
        ("[https://x.com/a].", ("https://x.com/a",)),
        ("https://vi.wikipedia.org/wiki/Huế_(thành_phố)", ("https://vi.wikipedia.org/wiki/Huế_(thành_phố)",)),
        ('"https://x.com/?a=1&b=2#c"!?', ("https://x.com/?a=1&b=2#c",)),
        ("<https://x.com>", ("https://x.com",)),
        ("HTTPS://X.COM/A", ("HTTPS://X.COM/A",)),
        ("mua ở www.shop.vn!", ("www.shop.vn",)),
        ("hay lắm https://x.com👍", ("https://x.com",)),
        ("http://a.vn\nhttp://b.vn\thttp://c.vn", ("http://a.vn", "http://b.vn", "http://c.vn")),
        ("https://user@x.com:8080/a http://[::1]/b", ("https://user@x.com:8080/a", "http://[::1]/b")),
        ("https://web.archive.org/https://x.com", ("https://web.archive.org/https://x.com",)),
        ("“https://x.com/a…” và https://x.com/b。", ("https://x.com/a", "https://x.com/b")),
    ],
)
def test_a_link_ends_where_a_reader_would_end_it(text: str, links: tuple[str, ...]) -> None:
    """Punctuation and brackets around a link are no part of it; those inside are."""
    assert unique_links(text) == links


@pytest.mark.parametrize(
    "text",
    ["", "x.com", "http://", "www.", "www.x", "mail@www.x.com", "https:// x", "ftp://x.com", "a.www.x.com"],
)
def test_what_is_no_link_is_not_counted(text: str) -> None:
    """A bare domain, an address without a host and an e-mail address are no links."""
    assert unique_links(text) == ()


def test_the_same_link_twice_counts_once() -> None:
    """Repeats count once, also when the host is written in another case; another path is another link."""
    text = "https://x.com/a https://X.com/a https://x.com/A https://x.com/a"
    assert unique_links(text) == ("https://x.com/a", "https://x.com/A")


def test_the_link_attachment_counts_too() -> None:
    """The attachment is one more link unless the text has it already."""
    assert unique_links("https://x.com", "https://y.com/") == ("https://x.com", "https://y.com/")
    assert unique_links("https://x.com", "https://x.com") == ("https://x.com",)
    assert unique_links("", " ") == ()


def test_the_limit_is_five_and_the_warning_comes_before_it() -> None:
    """Five links are allowed, and a person is warned before the limit is passed."""
    five = " ".join(f"https://x.com/{n}" for n in range(LINK_LIMIT))
    assert len(unique_links(five)) == 5
    assert LINK_WARNING == 4


@given(st.lists(LINKS, max_size=8), TEXT)
def test_every_link_between_blanks_is_found(links: list[str], text: str) -> None:
    """Whatever stands between them, all links are found in order, each once."""
    words = text.replace("www", "")
    assert unique_links(f" {words} ".join(("", *links, ""))) == tuple(dict.fromkeys(links))


def test_a_hostile_text_is_read_in_a_moment() -> None:
    """Twenty thousand brackets after a link neither hang nor count."""
    assert unique_links("https://x.com/" + ")" * 20_000) == ("https://x.com/",)
