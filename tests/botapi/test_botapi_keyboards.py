"""Inline keyboards: what Telegram refuses."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from botapi.person import Person
from botapi.refusals import refused


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def tap(data: str = "x", text: str = "a") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


REFUSED = [
    (keyboard([tap("x" * 65)]), "Button_data_invalid"),
    (keyboard([tap("ế" * 22)]), "Button_data_invalid"),
    (keyboard([tap("")]), "Text buttons are unallowed"),
    (keyboard([{"text": "a"}]), "Text buttons are unallowed"),
    (keyboard([tap(text="")]), "button text must be non-empty"),
    (keyboard([tap(text=" \n")]), "button text must be non-empty"),
    (keyboard([{"callback_data": "x"}]), 'Field "text" must be of type String'),
    (keyboard([{"text": "a", "url": "not a url"}]), "URL 'not a url' is invalid"),
    (keyboard([{"text": "a", "url": "http://localhost/"}]), "Wrong HTTP URL"),
    (keyboard([{"text": "a", "url": "ftp://x.vn"}]), "Unsupported URL protocol"),
    (keyboard([{"text": "a", "copy_text": {"text": "x" * 257}}]), "Button_copy_text_invalid"),
    (keyboard([tap() | {"url": "https://x.vn"}]), "Button_type_invalid"),
    (keyboard([tap() | {"style": "pink"}]), "invalid button style"),
    (keyboard([tap()] * 9), "reply markup is too long"),
    (keyboard(*[[tap()] * 8] * 12, [tap()] * 5), "reply markup is too long"),
    ({"inline_keyboard": [tap()]}, "must be an Array of Arrays"),
    ({"inline_keyboard": tap()}, "must be an Array of Arrays"),
]


@pytest.mark.parametrize(("markup", "problem"), REFUSED)
async def test_a_wrong_keyboard_is_refused(bot: Bot, linh: Person, markup: Any, problem: str) -> None:
    """Each limit on buttons has its error, and nothing is sent."""
    with refused(problem):
        await bot.send_message(linh.id, "x", api_kwargs={"reply_markup": markup})
    assert linh.messages == []


async def test_a_full_keyboard_is_taken(bot: Bot, linh: Person) -> None:
    """100 buttons, 8 in a row, 64 bytes of data, and buttons that are no taps."""
    rows = [[InlineKeyboardButton(str(n), callback_data="ế" * 21 + "x")] * 8 for n in range(12)]
    rows.append(
        [
            InlineKeyboardButton("open", url="https://threads.com/@a"),
            InlineKeyboardButton("copy", copy_text=CopyTextButton("x" * 256)),
            InlineKeyboardButton("who", url="tg://user?id=5"),
            InlineKeyboardButton("no", callback_data="n", style="danger"),
        ]
    )
    await bot.send_message(linh.id, "all", reply_markup=InlineKeyboardMarkup(rows))
    assert sum(map(len, linh.last.buttons)) == 100
    assert linh.last.keyboard[-1][-1]["style"] == "danger"
