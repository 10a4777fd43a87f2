"""How the length of a text is counted, what is removed from it, and which topic it carries."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.text import TEXT_LIMIT, Fit, TextCount, clean_text, count_text, judge_length
from core.domain.topic import check_topic, topic_from_text

FULLY_QUALIFIED = [
    emoji
    for line in Path(__file__).with_name("emoji-17.0.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
    for emoji in line.split(" ")
]
LETTERS = st.text(st.characters(categories=["L", "M", "N", "P", "Z"]))


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 25),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 28),
        ("\U0001f44d\U0001f3fd", 8),
        ("\u2764\ufe0f", 6),
        ("1\ufe0f\u20e3", 7),
        ("\U0001f1fb\U0001f1f3", 8),
        ("\u261d\U0001f3fd", 7),
        ("\U0001f3f3\u200d\U0001f308", 11),
        ("\u00a9\ufe0f", 5),
    ],
    ids=["family", "England", "thumb", "heart", "keycap", "Vietnam", "finger", "rainbow", "copyright"],
)
def test_an_emoji_counts_as_its_utf8_bytes(text: str, doc: int) -> None:
    """One emoji, however many code points it is made of, counts as its UTF-8 bytes."""
    assert count_text(text).doc == doc == len(text.encode())


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("Xin chào các bạn", 16),
        ("0123456789 #* © ® ™ ☎ ❤ ↔", 25),
        ("e\u0301", 2),
        ("नमस्ते", 6),
        ("漢字", 2),
        ("\u231a\ufe0e", 2),
        ("can\u2019t", 5),
        ("", 0),
    ],
)
def test_everything_else_counts_as_one_per_code_point(text: str, doc: int) -> None:
    """Letters of any script and characters that are text by default count as one each."""
    assert count_text(text) == TextCount(doc=doc, bytes=len(text.encode()), codepoints=doc)


def test_every_emoji_of_unicode_17_counts_as_its_bytes() -> None:
    """Each of the 3,944 fully-qualified emoji counts as its bytes, alone and between its likes and letters."""
    assert len(FULLY_QUALIFIED) == 3944
    wrong = [
        emoji
        for emoji in FULLY_QUALIFIED
        if count_text(emoji).doc != len(emoji.encode())
        or count_text(f"ệ{emoji}{emoji} ệ").doc != 3 + 2 * len(emoji.encode())
    ]
    assert wrong == []


@given(st.lists(st.one_of(st.sampled_from(FULLY_QUALIFIED), LETTERS)))
def test_the_three_counts_are_always_in_order(parts: list[str]) -> None:
    """Code points are the lowest count and bytes the highest, with Meta's between them."""
    text = "".join(parts)
    count = count_text(text)
    assert count.codepoints == len(text) <= count.doc <= count.bytes == len(text.encode())


def test_a_text_of_500_characters_is_counted_in_under_a_tenth_of_a_millisecond() -> None:
    """The counter keeps up with typing: the best of twenty counts of a full post takes less than 100 µs."""
    text = ("Hôm nay trời đẹp quá \U0001f31e " * 30)[:TEXT_LIMIT]

    def seconds() -> float:
        start = time.perf_counter()
        count_text(text)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(20)) < 100e-6


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("a" * 500, Fit.FITS),
        ("a" * 501, Fit.TOO_LONG),
        ("\U0001f600" * 125, Fit.FITS),
        ("\U0001f600" * 125 + "a", Fit.TOO_LONG),
        ("a" * 495 + "\u2019" * 3, Fit.DOUBTFUL),
        ("漢" * 346, Fit.DOUBTFUL),
    ],
)
def test_a_text_fits_is_doubtful_or_is_too_long(text: str, fit: Fit) -> None:
    """Above 500 by Meta's count is refused; above 500 by bytes alone is a warning."""
    verdict = judge_length(text)
    assert verdict.fit is fit
    assert bool(verdict.sentence) is (fit is not Fit.FITS)


def test_the_sentence_of_a_long_text_says_how_much_to_cut() -> None:
    """A person reads by how many characters the text is too long."""
    assert judge_length("a" * 512).sentence == (
        "The text has 512 of 500 characters (an emoji counts as several): shorten it by 12."
    )


def test_cleaning_drops_controls_and_keeps_lines() -> None:
    """Invisible controls go, every line end becomes a newline, blanks at the two ends go."""
    assert clean_text(" \tmột\r\nhai\rba\x00\x1b[31m\x7f\x85\tbốn \n") == "một\nhai\nba[31m\tbốn"


def test_cleaning_drops_what_utf8_cannot_carry() -> None:
    """A lone surrogate, as broken JSON may bring, is dropped, so that the text can be stored and sent."""
    assert clean_text("a\ud83db").encode() == b"ab"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"])))
def test_cleaning_changes_nothing_else(text: str) -> None:
    """Letters, marks and joiners stay as typed: decomposed letters are not composed."""
    assert clean_text(text) == text
    decomposed = unicodedata.normalize("NFD", text)
    assert clean_text(decomposed) == decomposed


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """A cleaned text is clean."""
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize("tag", ["sách", "Hà Nội", "a" * 50, "C++"])
def test_a_valid_topic_has_no_fault(tag: str) -> None:
    """One to fifty characters without dot and ampersand may be sent."""
    assert check_topic(tag) is None


@pytest.mark.parametrize(
    ("tag", "fault"),
    [("", "empty"), ("a" * 51, "51 characters"), ("node.js", '"."'), ("R&B", '"&"')],
)
def test_an_invalid_topic_is_named_with_its_fault(tag: str, fault: str) -> None:
    """The sentence says what Threads does not allow."""
    assert fault in (check_topic(tag) or "")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Đọc #sách mỗi ngày #khác", "sách"),
        ("#HàNội, mùa thu", "HàNội"),
        ("hạng #1 ở #VietNam!", "VietNam"),
        ("(#trà)", "trà)"),
        ("#a.b", "a"),
        (f"#{'x' * 51} #y", "y"),
        ("a#b https://x.com/#c", None),
        ("# ## #", None),
        ("", None),
    ],
)
def test_the_first_valid_tag_of_the_text_is_its_topic(text: str, topic: str | None) -> None:
    """Digits alone and over-long tags are passed over, and a tag starts a word."""
    assert topic_from_text(text) == topic
