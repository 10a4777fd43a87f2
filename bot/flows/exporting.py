"""/template and /export: workbooks that the bot writes."""

from __future__ import annotations

from typing import Final

from bot.cards.exporting import export_screen, template_screen
from bot.routes import Routes
from bot.screens import Screen
from bot.visit import Visit
from core.domain.errors import NotFoundError
from core.domain.post import PostStatus
from core.domain.sheet_labels import Language
from core.domain.sheet_words import status_of
from core.ports import PostFilter


async def send_template(visit: Visit) -> None:
    """A calendar with the person's accounts, in their language."""
    data = await visit.core.exporting.template(Language(visit.words.language))
    await visit.say(template_screen(data, visit.words))


async def _export_command(visit: Visit) -> None:
    """``/export``, ``/export published`` or ``/export shop-hanoi``."""
    word = visit.args.strip()
    status = status_of(word)
    if not word or status is not None:
        await _export(visit, status.value if status else "", 0)
        return
    try:
        account = await visit.core.accounts.named(word)
    except NotFoundError:
        await visit.say(Screen(text=visit.words.say("export.which", word=word)))
        return
    await _export(visit, account.id, 0)


async def _export_tap(visit: Visit) -> None:
    start = visit.arg()
    await _export(visit, visit.subject, int(start[:6]) if start.isascii() and start.isdecimal() else 0)


async def _export(visit: Visit, subject: str, skip: int) -> None:
    """``subject`` is a status, the id of an account, or empty for everything."""
    if subject in set(PostStatus):
        which = PostFilter(statuses=[PostStatus(subject)])
    else:
        which = PostFilter(account_id=subject or None)
    exported = await visit.core.exporting.calendar(which, Language(visit.words.language), skip=skip)
    await visit.say(export_screen(exported, subject, visit.words))


ROUTES: Final = Routes(
    commands={"template": send_template, "export": _export_command},
    taps={"x_template": send_template, "x_export": _export_tap},
)
