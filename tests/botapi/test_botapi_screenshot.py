"""Pictures of a phone's screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from botapi import typesetting
from botapi.emoji import EMOJI, badge_of
from botapi.person import Person
from botapi.screenshot import WIDTH, render
from botapi.typesetting import Look, cut, lines_of, width_of

OWN, OTHER, PAPER = (227, 248, 208), (255, 255, 255), (211, 224, 234)


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def shot(linh: Person, path: Path) -> Image.Image:
    with Image.open(render(linh.transcript, path)) as picture:
        return picture.convert("RGB")


async def test_own_words_stand_right_and_the_bots_left(bot: Bot, linh: Person, tmp_path: Path) -> None:
    """The screen is 390 points wide; each side has its colour and place."""
    await linh.says("ok")
    picture = shot(linh, tmp_path / "one.png")
    assert picture.width == WIDTH
    middle = 128 + 14 + 40
    assert [pixel(picture, x, middle) for x in (60, WIDTH - 24)] == [PAPER, OWN]
    await bot.send_message(linh.id, "ok")
    longer = shot(linh, tmp_path / "two.png")
    assert longer.height > picture.height
    below = longer.height - 50
    assert [pixel(longer, x, below) for x in (24, WIDTH - 60)] == [OTHER, PAPER]


async def test_buttons_have_rows_and_colours(bot: Bot, linh: Person, tmp_path: Path) -> None:
    """Each row of buttons adds the same height, and a dangerous one is red."""
    heights: list[int] = []
    for rows in range(3):
        button = InlineKeyboardButton("🗑 Delete", callback_data="x", style="danger")
        message = await bot.send_message(
            linh.id, "Sure?", reply_markup=InlineKeyboardMarkup([[button]] * (rows + 1))
        )
        picture = shot(linh, tmp_path / "buttons.png")
        heights.append(picture.height)
        assert pixel(picture, 40, picture.height - 14 - 14 - 50) == (229, 72, 77)
        await message.delete()
    assert heights[2] - heights[1] == heights[1] - heights[0] > 60


async def test_a_photo_is_inside_its_bubble(bot: Bot, linh: Person, tmp_path: Path) -> None:
    """The picture's own colours are there, with the words below it."""
    out = io.BytesIO()
    Image.new("RGB", (1280, 900), (10, 120, 40)).save(out, "PNG")
    await bot.send_photo(linh.id, out.getvalue(), "Week 48")
    picture = shot(linh, tmp_path / "photo.png")
    assert pixel(picture, 300, 300) == (10, 120, 40)


async def test_a_spoiler_hides_its_letters(bot: Bot, linh: Person, tmp_path: Path) -> None:
    """Two secrets of the same width look the same, and so does the same screen drawn twice."""
    pictures: list[bytes] = []
    for secret in ("ab", "ba", "ba"):
        message = await bot.send_message(linh.id, f"<tg-spoiler>{secret}</tg-spoiler>", parse_mode="HTML")
        pictures.append(render(linh.transcript, tmp_path / "spoiler.png").read_bytes())
        await message.delete()
    assert pictures[0] == pictures[1] == pictures[2]


@given(st.text(st.characters(categories=["L", "Nd", "P", "Zs", "So"]), max_size=300), st.integers(60, 620))
def test_no_line_is_wider_than_its_room(text: str, width: int) -> None:
    """Whatever is written is broken to fit, and nothing but blanks is lost."""
    lines = lines_of([(text, Look())], width)
    assert all(width_of(line) <= width for line in lines)
    shown = "".join(piece.text for line in lines for piece in line)
    assert len(shown) <= len(text)
    assert width_of(cut(text, Look(), width)) <= width


def test_an_emoji_is_one_badge() -> None:
    """Families, flags, keycaps and skin tones are one each; known ones have a sign."""
    whole = ["👨‍👩‍👧", "🇻🇳", "1️⃣", "👍🏽", "⚠️", "ℹ️"]
    assert EMOJI.findall("a".join(whole)) == whole
    assert [badge_of(each).sign for each in whole] == ["", "VN", "1", "✔", "!", "i"]


def test_a_missing_font_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the font the error names the file."""
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"The font of the pictures is missing: .*DejaVuSans.ttf"):
        typesetting.font(7)
