"""Workbooks that the bot writes: posts as a calendar, and a calendar to start from."""

from __future__ import annotations

from bot.html import Html, lines
from bot.screens import Button, File, Screen
from bot.taps import Tap
from bot.wording import Words
from core.services.exporting import MOST_ROWS, Exported

TEMPLATE_NAME = "threads-calendar.xlsx"
EXPORT_NAME = "threads-posts.xlsx"


def template_screen(data: bytes, words: Words) -> Screen:
    """A calendar to fill in."""
    return Screen(text=words.say("template.file"), file=File(name=TEMPLATE_NAME, data=data))


def export_screen(exported: Exported, subject: str, words: Words) -> Screen:
    """The posts; where there are more, a button for the next. ``subject`` is what was asked for."""
    if not exported.rows:
        return Screen(text=words.say("export.none"))
    more: Html | None = None
    buttons: list[list[Button]] = []
    if exported.following is not None:
        left = exported.total - exported.following
        more = words.say("export.more", n=left)
        following = Tap("x_export", subject, args=(str(exported.following),))
        buttons = [[Button(words.label("export.b_more", n=min(MOST_ROWS, left)), following)]]
    return Screen(
        text=lines(words.say("export.file", n=exported.rows), more),
        file=File(name=EXPORT_NAME, data=exported.data),
        buttons=buttons,
    )
