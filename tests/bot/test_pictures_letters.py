"""Letters in the pictures: whatever a person writes is drawn, and never as the box of a missing glyph."""

from __future__ import annotations

import itertools
import time
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from bot import pictures
from bot.pictures import Entry, Preview, State, Week
from bot.pictures.coverage import covered
from bot.pictures.lettering import Face, drawable, has_tiles, tile_of

FONTS = Path(pictures.__file__).parent / "fonts"
FACES = [ImageFont.truetype(FONTS / name, 24) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = "aăâeêioôơuưy"
VIETNAMESE = sorted(
    {unicodedata.normalize("NFC", vowel + tone) for vowel in SMALL + SMALL.upper() for tone in TONES}
    | {*"đĐ"}
)
NAUGHTY = {
    "nul": "a\x00b\x00",
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "marks of direction": "\u202eabc\u202c \u2066def\u2069 \u200f\u061c",
    "pile of marks": "Z" + "\u0300\u0301\u0335\u0489" * 500 + "a\u0307lgo",
    "only marks": "\u0301" * 50,
    "long text": "Hà Nội mùa thu 🍂 " * 600,
    "long word": "ư" * 5000,
    "long word of tiles": "字" * 5000,
    "line ends": "\n" * 3000 + "a\r\nb\rc\u2028d\u2029e",
    "surrogates": "\ud800 \udfff a\ud83d",
    "joined emoji": "👨‍👩‍👧‍👦👍🏽🏳️‍🌈🇻🇳1️⃣❤️\u200d\ufe0f\u20e3" * 40,
    "private use": "\ue000\ue006\ue007\uf8ff\U0010fffd",
    "noncharacters": "\ufffe\uffff\U0001ffff\u0378",
    "right to left": "مرحبا بالعالم שלום 123 ",
    "ligature bomb": "﷽" * 300,
    "spaces": " \t\u00a0\u2003\u3000\u200b\ufeff",
    "empty": "",
    "markup": "<b>&amp;</b> {0} %s \\n ${x}",
}


@pytest.mark.parametrize("letter", VIETNAMESE)
def test_every_vietnamese_letter_has_its_glyph(letter: str) -> None:
    """Typed as one code point or with loose accents it is drawn as itself, and unlike the plain letter."""
    assert drawable(letter) == letter
    assert drawable(unicodedata.normalize("NFD", letter)) == letter
    plain = unicodedata.normalize("NFD", letter)[0]
    for face in FACES:
        assert bytes_of(face, letter) != bytes_of(face, "\uffff")
        assert plain == letter or bytes_of(face, letter) != bytes_of(face, plain)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_is_drawn_as_the_box_of_a_missing_glyph(text: str) -> None:
    """What both fonts cannot draw is a tile; what is drawable stays as it is."""
    letters = drawable(text)
    assert drawable(letters) == letters
    for char in set(letters) - {"\n"}:
        if tile_of(char) is None:
            assert all(bytes_of(face, char) != bytes_of(face, "\uffff") for face in FACES), ascii(char)


@given(st.text(alphabet="aâ ạ\tWi字🎉\n-", max_size=200), st.integers(min_value=30, max_value=400))
@settings(max_examples=200, deadline=None)
def test_lines_are_as_wide_as_the_paper_and_nothing_is_lost(text: str, width: int) -> None:
    """Lines follow one another, break at line ends, and fit unless they are one letter or blanks."""
    letters, face = drawable(text), Face(24)
    lines = list(face.wrap(letters, width))
    assert lines[0][0] == 0
    assert lines[-1][1] == len(letters)
    for (_, end), (start, _) in itertools.pairwise(lines):
        assert letters[end:start] in {"", "\n"}
    for start, end in lines:
        line = letters[start:end].rstrip(" ")
        assert "\n" not in line
        assert face.width(line) <= width + 1 or len(line.strip()) <= 1


@given(st.text(max_size=80), st.integers(min_value=0, max_value=500))
@settings(max_examples=200, deadline=None)
def test_a_cut_line_fits(text: str, width: int) -> None:
    """A line that is too long ends with an ellipsis and fits into its room."""
    face = Face(20)
    line = face.fit(text, width)
    assert face.width(line) <= width
    whole = " ".join(drawable(text).split())
    assert line == whole or not line or line.endswith("…")


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("𝐁𝐨𝐥𝐝 ｆｕｌｌ ㎏", "Bold full kg"),
        ("1️⃣ ❤️ ☕", "1 ❤ ☕"),
        ("a\u0301\u0302\u0303\u0304", "á\u0302\u0303"),
        ("a\u202eb\u200bc\x07", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u00a0b\tc", "a b c"),
        ("", ""),
    ],
)
def test_what_has_a_plain_form_is_drawn_by_it(typed: str, drawn: str) -> None:
    """Fancy letters, keycaps and hearts become plain ones; marks without a shape go."""
    assert drawable(typed) == drawn


@pytest.mark.parametrize("emoji", ["🎉", "👍🏽", "👨‍👩‍👧‍👦", "🇻🇳", "🏳️‍🌈"])
def test_an_emoji_is_one_tile(emoji: str) -> None:
    """Skin tone, joiners and flags do not make more of it; it has its own colour, unlike a letter's tile."""
    assert len(drawable(emoji)) == 1
    assert (tile_of(drawable(emoji)) or 0) > 0
    assert tile_of(drawable("字")) == 0


def test_the_card_explains_tiles_only_where_there_are_some() -> None:
    """Vietnamese needs no tiles."""
    assert has_tiles(drawable("日本"))
    assert not has_tiles(drawable("Chào buổi sáng ❤️"))


@pytest.mark.parametrize("name", NAUGHTY)
def test_every_text_is_drawn(name: str) -> None:
    """In each place where a person's text stands: no exception, no long time."""
    text = NAUGHTY[name]
    started = time.perf_counter()
    draw(text)
    assert time.perf_counter() - started < 5


@given(st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_whatsoever_is_drawn(text: str) -> None:
    """As above, with texts that no one thought of."""
    draw(text)


@pytest.mark.parametrize("link", ["http://[", "https://", "//", "http://a b", "ftp://x:99999999/", "\x00"])
def test_any_link_is_drawn(link: str) -> None:
    """A link attachment that is no link is shown as it was typed."""
    assert pictures.preview_card(Preview(username="a", link=link), "en").startswith(b"\x89PNG")


def test_a_file_that_is_no_font_is_refused() -> None:
    """The sentence says what is missing."""
    with pytest.raises(ValueError, match="no cmap"):
        covered(bytes(40))


def draw(text: str) -> None:
    preview = Preview(
        username=text, text=text, when=text, parts=(text,), first_comment=text, topic=text, link=text
    )
    assert pictures.preview_card(preview, "vi").startswith(b"\x89PNG")
    at = datetime(2026, 11, 24, 9)  # noqa: DTZ001 - the pictures take local times without a zone
    entry = Entry(at=at, text=text, state=State.DRAFT, account=text)
    entries = (
        entry,
        replace(entry, at=at.replace(hour=10), account="b"),
        replace(entry, at=at.replace(hour=10)),
    )
    week = Week(first_day=date(2026, 11, 23), zone=text, now=at, entries=entries)
    assert pictures.week_calendar(week, "en").startswith(b"\x89PNG")
    alone = replace(week, entries=(entry,))
    assert pictures.week_calendar(alone, "en").startswith(b"\x89PNG")


def bytes_of(face: ImageFont.FreeTypeFont, char: str) -> tuple[int, ...]:
    mask = face.getmask(char)
    across, down = mask.size
    return (across, down, *(mask.getpixel((x, y)) for y in range(down) for x in range(across)))
