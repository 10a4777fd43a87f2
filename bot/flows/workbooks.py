"""Workbooks: one that is sent is checked, shown and, when the person says so, imported."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Final

from telegram import Document

from bot import pictures
from bot.cards.workbook_problems import problems_screen
from bot.cards.workbooks import (
    FIRST_HOUR,
    LAST_HOUR,
    SPREADS,
    Proposal,
    import_plan,
    interrupted_screen,
    marked_screen,
    refused_screen,
    spread_screen,
    stage_screen,
    workbook_screen,
)
from bot.downloads import download
from bot.flows.composing import compose, is_picture_or_video
from bot.flows.imports import show_batch
from bot.flows.progress import Progress
from bot.html import NOTHING, Html, escape
from bot.pictures.drawing import drawn
from bot.routes import Handler, Routes
from bot.screens import Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.access import Role
from core.domain.daily_spread import DailyHours, room_for
from core.domain.errors import RefusedError, UnavailableError, WorkbookError
from core.domain.text import clean_text
from core.domain.upload import SpreadChoice, Upload, UploadState
from core.domain.zones import resolve_local
from core.services.outlook import Outlook

_PATIENCE: Final = 1.0
"""Seconds after which a card says that something is under way."""
_LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a workbook; its reader takes no more."""
_LONGEST_NAME: Final = 100
_NAMELESS: Final = "calendar.xlsx"
_seen: Final[OrderedDict[tuple[str, int], Outlook]] = OrderedDict()
"""The latest checks, so that their problems can be paged through; whatever is missing is checked again."""
_MOST_SEEN: Final = 8

UploadHandler = Callable[[Visit, Upload], Awaitable[None]]


async def receive(visit: Visit) -> None:
    """A document: a picture or video belongs into a post, everything else is taken for a workbook."""
    message = visit.message
    if message is None or message.document is None:
        return
    if is_picture_or_video(message):
        await compose(visit)
        return
    document = message.document
    name = _name(document)
    try:
        upload = await visit.core.uploads.begin(
            _upload_id(visit, document),
            visit.person.id,
            file_id=document.file_id,
            file_name=name,
            account_id=visit.person.account_id,
        )
    except RefusedError as error:
        await visit.say(refused_screen(name, str(error), visit.words))
        return
    if upload.card is None:
        card = await visit.say(stage_screen(upload, "book.reading", visit.words))
        upload = await visit.core.uploads.note(upload, card=card)
    await _propose(visit, upload)


def on_upload(handler: UploadHandler) -> Handler:
    """Give the handler the upload that was tapped; a card that is out of date is drawn anew."""

    async def handle(visit: Visit) -> None:
        upload = await visit.core.uploads.get(visit.subject, visit.person.id)
        if visit.message is not None and visit.message.message_id != upload.card:
            upload = await visit.core.uploads.note(upload, card=visit.message.message_id)
        if upload.state is UploadState.IMPORTED:
            await show_batch(visit, upload.id)
        elif upload.state is UploadState.CANCELLED:
            await visit.show(stage_screen(upload, "book.cancelled", visit.words))
        elif visit.tap is not None and visit.tap.version != upload.revision:
            await _propose(visit, upload, note=visit.words.say("draft.stale"))
        else:
            await handler(visit, upload)

    return handle


async def _propose(visit: Visit, upload: Upload, note: Html = NOTHING) -> None:
    """Check it and show what its import would do."""
    progress = Progress(visit, upload.card)
    try:
        data = await download(visit.out.api, upload.file_id, limit=_LARGEST)
        await progress.tell(stage_screen(upload, "book.checking", visit.words))
        outlook = await visit.core.uploads.outlook(upload, data)
    except UnavailableError as error:
        again = Tap("x_show", upload.id, upload.revision)
        await progress.conclude(interrupted_screen(upload, str(error), visit.words, again))
        return
    except (RefusedError, WorkbookError) as error:
        if upload.spread is not None:
            upload = await visit.core.uploads.choose(upload, spread=None)
            await _propose(visit, upload, note=visit.words.sentence(str(error)))
            return
        await progress.conclude(refused_screen(upload.file_name, str(error), visit.words))
        return
    _remember(upload, outlook)
    proposal = await _proposal(visit, upload, outlook, note)
    card = await progress.conclude(workbook_screen(proposal, visit.words))
    digest = hashlib.sha256(data).hexdigest()
    for message_id in upload.beside:
        await visit.out.remove(visit.chat_id, message_id)
    upload = await visit.core.uploads.note(upload, card=card, digest=digest, beside=())
    await _show_beside(visit, upload, outlook, data)


async def _show_beside(visit: Visit, upload: Upload, outlook: Outlook, data: bytes) -> None:
    """A picture of the weeks, and the workbook with its problems marked."""
    language = visit.words.language
    plan = import_plan(outlook, visit.words)
    beside: list[int] = []
    if plan.days:
        picture = await drawn(pictures.weeks_preview, plan, language)
        caption = escape(pictures.weeks_summary(plan, language))
        beside.append(await visit.say(Screen(text=caption, picture=picture, silent=True)))
    try:
        marked = await visit.core.uploads.marked(data, outlook.check)
    except WorkbookError as error:
        await visit.say(refused_screen(upload.file_name, str(error), visit.words))
        marked = None
    if marked is not None:
        beside.append(await visit.say(marked_screen(upload, marked, visit.words)))
    if beside:
        await visit.core.uploads.note(upload, beside=tuple(beside))


async def _proposal(visit: Visit, upload: Upload, outlook: Outlook, note: Html) -> Proposal:
    rights = await visit.core.people.rights_of(visit.person)
    known = await visit.core.accounts.list()
    own = [account for account in known if rights.may(Role.EDITOR, account.id)]
    return Proposal(upload=upload, outlook=outlook, accounts=own, note=note)


async def _show(visit: Visit, upload: Upload) -> None:
    outlook = _seen.get((upload.id, upload.revision))
    if outlook is None:
        await _propose(visit, upload)
    else:
        await visit.show(workbook_screen(await _proposal(visit, upload, outlook, NOTHING), visit.words))


async def _problems(visit: Visit, upload: Upload) -> None:
    outlook = await _outlook(visit, upload)
    page = visit.arg()
    number = int(page) if page.isascii() and page.isdecimal() else 0
    await visit.show(problems_screen(upload, outlook, number, visit.words))


async def _choose_account(visit: Visit, upload: Upload) -> None:
    account = await visit.core.accounts.named(visit.arg())
    await _propose(visit, await visit.core.uploads.choose(upload, account=account.name))


async def _spreads(visit: Visit, upload: Upload) -> None:
    outlook = await _outlook(visit, upload)
    choices = [_spread(visit, days, gap) for days, gap in SPREADS]
    rooms = [room_for(one.hours, one.start, one.end, one.gap) for one in choices]
    await visit.show(spread_screen(upload, outlook, rooms, choices[0].start, visit.words))


async def _choose_spread(visit: Visit, upload: Upload) -> None:
    wanted = (visit.arg(0), visit.arg(1))
    chosen = next(
        (one for one in SPREADS if (str(one[0]), str(one[1] // timedelta(minutes=1))) == wanted), None
    )
    spread = _spread(visit, *chosen) if chosen else None
    await _propose(visit, await visit.core.uploads.choose(upload, spread=spread))


def _spread(visit: Visit, days: int, gap: timedelta) -> SpreadChoice:
    """From tomorrow on, in the person's zone."""
    where = visit.words.zone
    tomorrow = visit.core.clock.now().astimezone(where).date() + timedelta(days=1)

    def at(day: int, hour: int) -> datetime:
        return resolve_local(datetime.combine(tomorrow + timedelta(days=day), clock_time(hour)), where).at

    hours = DailyHours(FIRST_HOUR, LAST_HOUR, where.key)
    return SpreadChoice(start=at(0, FIRST_HOUR), end=at(days - 1, LAST_HOUR), gap=gap, hours=hours)


async def _cancel(visit: Visit, upload: Upload) -> None:
    upload = await visit.core.uploads.choose(upload, state=UploadState.CANCELLED)
    await visit.show(stage_screen(upload, "book.cancelled", visit.words))


async def _import(visit: Visit, upload: Upload) -> None:
    """Import it once: whatever ends this in the middle, the same tap goes on with it."""
    progress = Progress(visit, upload.card)
    work = asyncio.create_task(_carry_out(visit, upload))
    try:
        await asyncio.wait([work], timeout=_PATIENCE)
        if not work.done():
            await progress.begin(stage_screen(upload, "book.importing", visit.words))
        await work
    except UnavailableError as error:
        again = Tap("x_go", upload.id, upload.revision)
        await progress.conclude(interrupted_screen(upload, str(error), visit.words, again))
        return
    except (RefusedError, WorkbookError) as error:
        upload = await visit.core.uploads.get(upload.id, visit.person.id)
        await _propose(visit, upload, note=visit.words.sentence(str(error)))
        return
    finally:
        work.cancel()
    await show_batch(visit, upload.id)


async def _carry_out(visit: Visit, upload: Upload) -> None:
    data = await download(visit.out.api, upload.file_id, limit=_LARGEST)
    await visit.core.uploads.carry_out(upload, data, who=visit.who)


async def _outlook(visit: Visit, upload: Upload) -> Outlook:
    outlook = _seen.get((upload.id, upload.revision))
    if outlook is None:
        data = await download(visit.out.api, upload.file_id, limit=_LARGEST)
        outlook = await visit.core.uploads.outlook(upload, data)
        _remember(upload, outlook)
    return outlook


def _remember(upload: Upload, outlook: Outlook) -> None:
    _seen[upload.id, upload.revision] = outlook
    if len(_seen) > _MOST_SEEN:
        _seen.popitem(last=False)


def _upload_id(visit: Visit, document: Document) -> str:
    """The same for the same update, whoever handles it again."""
    source = f"{visit.chat_id}/{visit.update_id}/{document.file_unique_id}"
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _name(document: Document) -> str:
    """What the person calls the file: for eyes only, never a path."""
    name = " ".join(clean_text(document.file_name or "").split())
    return name[-_LONGEST_NAME:] or _NAMELESS


ROUTES: Final = Routes(
    taps={
        "x_show": on_upload(_show),
        "x_problems": on_upload(_problems),
        "x_account": on_upload(_choose_account),
        "x_spreads": on_upload(_spreads),
        "x_spread": on_upload(_choose_spread),
        "x_cancel": on_upload(_cancel),
        "x_go": on_upload(_import),
    },
    files=receive,
)
