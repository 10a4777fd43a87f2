"""When two contents are the same."""

from __future__ import annotations

import unicodedata

from core.domain.duplicates import content_hash
from core.domain.post import Content, Media, MediaKind

ONE, TWO = Media(MediaKind.IMAGE, "https://a.vn/1.jpg"), Media(MediaKind.IMAGE, "https://a.vn/2.jpg")


def test_blanks_and_composition_do_not_matter() -> None:
    """The same words typed on a Mac or with other line ends are the same."""
    composed = Content(text="Tiệm sách\ncũ")
    decomposed = Content(text=unicodedata.normalize("NFD", "  Tiệm  sách cũ\n"))
    assert content_hash(composed) == content_hash(decomposed)


def test_words_case_media_and_their_order_matter() -> None:
    """Different posts have different fingerprints."""
    contents = [
        Content(text="a"),
        Content(text="A"),
        Content(text="a", media=(ONE,)),
        Content(text="a", media=(ONE, TWO)),
        Content(text="a", media=(TWO, ONE)),
        Content(text="a https://a.vn/1.jpg"),
    ]
    assert len({content_hash(content) for content in contents}) == len(contents)


def test_replies_topic_and_descriptions_do_not_matter() -> None:
    """A post with another comment is still the same post."""
    described = Media(ONE.kind, ONE.url, "một")
    plain = Content(text="a", media=(ONE,))
    dressed = Content(text="a", media=(described,), first_comment="b", replies=("c",), topic="d")
    assert content_hash(plain) == content_hash(dressed)
