"""Long texts become threads that read on where a reader would pause."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from core.domain.emoji import EMOJI
from core.domain.splitting import split_text
from core.domain.text import count_text

_WRITTEN = st.text(st.sampled_from("aé ộ.!?\n\t👩‍👩‍👧‍👦🇻🇳1️⃣👍🏽…x" + " " * 4), max_size=400)


def test_a_text_that_fits_is_one_part() -> None:
    """A short text is not touched."""
    assert split_text("Hello\n\nworld.") == ("Hello\n\nworld.",)


def test_a_cut_between_paragraphs_comes_first() -> None:
    """A paragraph border is preferred to a later sentence border."""
    assert split_text("One two.\n\nThree. Four five", limit=18) == ("One two.", "Three. Four five")


def test_sentences_are_kept_whole() -> None:
    """Without paragraphs the cut is behind a sentence, its closing quote included."""
    assert split_text('He said "go." Then he went home', limit=20) == ('He said "go."', "Then he went home")


def test_words_are_kept_whole() -> None:
    """Without a sentence end the cut is between words."""
    assert split_text("alpha beta gamma delta", limit=12) == ("alpha beta", "gamma delta")


def test_an_early_border_does_not_leave_a_tiny_part() -> None:
    """A paragraph of three letters is no part of its own when more fits."""
    assert split_text("Hi.\n\n" + "word " * 20, limit=60)[0].startswith("Hi.\n\nword")


def test_a_word_longer_than_a_post_is_cut() -> None:
    """What has no blank is cut at the limit."""
    assert [len(part) for part in split_text("x" * 1203)] == [500, 500, 203]


def test_an_emoji_counts_as_its_bytes_and_is_never_cut() -> None:
    """A family emoji counts 25, so four of them make two parts of a limit of 50."""
    family = "👩‍👩‍👧‍👦"
    assert split_text(family * 4, limit=50) == (family * 2, family * 2)


@given(_WRITTEN, st.integers(30, 120))
def test_nothing_is_lost_and_every_part_fits(text: str, limit: int) -> None:
    """All that is not blank comes back in order, in parts that are no longer than the limit."""
    parts = split_text(text, limit)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)
    assert all(part and count_text(part).doc <= limit for part in parts)


@given(_WRITTEN)
def test_no_emoji_is_cut(text: str) -> None:
    """The parts have as many emoji as the whole."""
    assert sum(len(EMOJI.findall(part)) for part in split_text(text, 40)) == len(EMOJI.findall(text.strip()))
