"""Imports that were made: their cards, the workbook with its results, undo, and how to import at all."""

from __future__ import annotations

from typing import Final

from bot.cards.imports import ask_undo_screen, batch_screen, imports_screen, result_screen, undone_note
from bot.downloads import download
from bot.flows.kept_cards import put_on_card
from bot.html import Html
from bot.routes import Routes
from bot.screens import Screen
from bot.visit import Visit
from bot.wording import Words
from core.bootstrap import Core
from core.domain.access import Role
from core.domain.errors import NotFoundError
from core.domain.sheet_labels import Language
from core.domain.upload import UploadState
from core.ports import PostFilter

_LARGEST: Final = 10 * 1024 * 1024
_LISTED: Final = 6


async def redraw_batch(core: Core, batch_id: str, words: Words) -> Screen | None:
    """The card of an import as it stands."""
    try:
        return batch_screen(await core.uploads.progress(batch_id), words)
    except NotFoundError:
        return None


async def show_batch(visit: Visit, batch_id: str, note: Html | None = None) -> None:
    """Put the import's card where the person looks; it follows the posts from then on."""
    view = await visit.core.uploads.progress(batch_id)
    screen = batch_screen(view, visit.words, note=note)
    await put_on_card(visit, f"batch:{batch_id}", screen)


async def show_imports(visit: Visit) -> None:
    batches = await visit.core.spreadsheets.batches()
    may_import = visit.core.rights.somewhere(Role.EDITOR)
    await visit.show(imports_screen(batches[:_LISTED], visit.words, may_import=may_import))


async def _show(visit: Visit) -> None:
    await show_batch(visit, visit.subject)


async def _ask_undo(visit: Visit) -> None:
    view = await visit.core.uploads.progress(visit.subject)
    if view.batch.undone_at is not None:
        await show_batch(visit, visit.subject)
        return
    plain = batch_screen(view, visit.words)
    await put_on_card(visit, f"batch:{view.batch.id}", ask_undo_screen(view, visit.words), shown=plain)


async def _undo(visit: Visit) -> None:
    """Undoing what is undone already takes nothing back twice."""
    batch = await visit.core.spreadsheets.batch(visit.subject)
    if batch.undone_at is not None:
        await show_batch(visit, batch.id)
        return
    removed = await visit.core.spreadsheets.undo(batch.id, who=visit.who)
    await show_batch(visit, batch.id, undone_note(removed, visit.words))


async def _file(visit: Visit) -> None:
    """The workbook that was sent, with its results; to anybody else than who sent it, the posts they may see."""
    view = await visit.core.uploads.progress(visit.subject)
    try:
        upload = await visit.core.uploads.get(visit.subject, visit.person.id)
    except NotFoundError:
        upload = None
    if upload is not None and upload.state is UploadState.IMPORTED:
        data = await download(visit.out.api, upload.file_id, limit=_LARGEST)
        result = await visit.core.uploads.result(upload, data)
        await visit.say(result_screen(view, result, visit.words, same=True))
        return
    which = PostFilter(batch_id=view.batch.id)
    exported = await visit.core.exporting.calendar(which, Language(visit.words.language))
    if exported.rows:
        await visit.say(result_screen(view, exported.data, visit.words, same=False))
    else:
        await visit.say(Screen(text=visit.words.say("export.none")))


ROUTES: Final = Routes(
    commands={"import": show_imports},
    taps={
        "x_batch": _show,
        "x_file": _file,
        "x_ask_undo": _ask_undo,
        "x_undo": _undo,
    },
)
