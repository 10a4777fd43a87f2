"""An import that was made: how far its posts have come, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.cards.moments import short_moment
from bot.cards.workbook_problems import NAME
from bot.cards.workbooks import dated
from bot.html import Html, escape, lines, link, shorten
from bot.screens import Button, File, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.batch import Batch
from core.domain.post import Post, PostStatus
from core.services.uploads import BatchView

_HEAD: Final = 60
_STATES: Final = {
    "batch.scheduled": PostStatus.SCHEDULED,
    "batch.publishing": PostStatus.PUBLISHING,
    "batch.published": PostStatus.PUBLISHED,
    "batch.failed": PostStatus.FAILED,
    "batch.drafts": PostStatus.DRAFT,
}
_NAME_IN_BUTTON: Final = 28


def batch_screen(view: BatchView, words: Words, *, note: Html | None = None) -> Screen:
    """An import as it stands now; ``note`` says what has just been done."""
    batch = view.batch
    return Screen(
        text=lines(_title(batch, words), note, *_made(view, words), *_come(view, words)),
        buttons=_buttons(view, words),
    )


def ask_undo_screen(view: BatchView, words: Words) -> Screen:
    """What would be taken back, and what would not."""
    published = view.counts.get(PostStatus.PUBLISHED, 0) + view.counts.get(PostStatus.PUBLISHING, 0)
    batch, removed = view.batch, view.undoable
    return Screen(
        text=lines(
            words.say("batch.ask_undo", name=_name(batch), n=removed),
            words.say("batch.series", n=view.series) if view.series else None,
            words.say("batch.stays", n=published) if published else None,
            words.say("batch.updates_stay", n=batch.updated) if batch.updated else None,
        ),
        buttons=[
            [Button(words.label("batch.b_yes_undo", n=removed), Tap("x_undo", batch.id), style="danger")],
            [Button(words.label("button.back"), Tap("x_batch", batch.id))],
        ],
    )


def undone_note(removed: int, words: Words) -> Html:
    return words.say("batch.removed", n=removed)


def result_screen(view: BatchView, data: bytes, words: Words, *, same: bool) -> Screen:
    """The workbook with the results; ``same``: it is the one that was sent."""
    key = "batch.file" if same else "batch.file_of_posts"
    text = words.say(key, time=short_moment(words.now, words))
    return Screen(text=text, file=File(name=view.batch.file_name, data=data))


def imports_screen(batches: Sequence[Batch], words: Words, *, may_import: bool) -> Screen:
    """How to import, for whoever may, and what was imported lately."""
    opened = [
        Button(
            words.label(
                "import.b_batch",
                day=_day(one.created_at, words),
                name=shorten(one.file_name, _NAME_IN_BUTTON),
                n=one.added + one.updated,
            ),
            Tap("x_batch", one.id),
        )
        for one in batches
    ]
    template = Button(words.label("import.b_template"), Tap("x_template"), style="primary")
    how = words.say("import.how" if may_import else "import.not_allowed")
    return Screen(
        text=lines(how, words.say("import.latest") if opened else None),
        buttons=[*([[template]] if may_import else []), *([button] for button in opened)],
    )


def _day(at: datetime, words: Words) -> str:
    """Day and clock, of an earlier year the date."""
    local, now = at.astimezone(words.zone), words.now.astimezone(words.zone)
    return f"{local:%d.%m. %H:%M}" if local.year == now.year else f"{local:%d.%m.%Y}"


def _title(batch: Batch, words: Words) -> Html:
    if batch.undone_at is not None:
        return words.say("batch.undone", name=_name(batch), time=dated(batch.undone_at, words))
    return words.say("batch.title", name=_name(batch), time=dated(batch.created_at, words))


def _made(view: BatchView, words: Words) -> Iterator[Html]:
    batch = view.batch
    numbers = {
        "batch.added": batch.added,
        "batch.updated": batch.updated,
        "batch.unchanged": batch.unchanged,
        "batch.live": view.live,
        "batch.duplicates": view.duplicates,
        "batch.rejected": batch.rejected,
        "batch.series": view.series,
    }
    yield from (words.say(key, n=number) for key, number in numbers.items() if number)


def _come(view: BatchView, words: Words) -> Iterator[Html]:
    """How far the posts have come; where there is more to say, behind its number."""
    for key, status in _STATES.items():
        number = view.counts.get(status, 0)
        if number:
            yield words.say(key, n=number)
        if status is PostStatus.PUBLISHED:
            yield from (_published(post, words) for post in view.latest)
        if status is PostStatus.FAILED:
            yield from (_failed(post, words) for post in view.failed)
    following = view.next_post
    if following is not None and following.scheduled_at is not None:
        yield words.say("batch.next", time=dated(following.scheduled_at, words), head=_head(following, words))


def _published(post: Post, words: Words) -> Html:
    head = _head(post, words)
    return words.say("batch.post", head=link(head, post.permalink) if post.permalink else head)


def _failed(post: Post, words: Words) -> Html:
    cause = words.sentence(post.error.cause) if post.error else escape("")
    return words.say("batch.failure", head=_head(post, words), cause=cause)


def _buttons(view: BatchView, words: Words) -> list[list[Button]]:
    batch = view.batch
    file = Button(words.label("batch.b_file"), Tap("x_file", batch.id))
    undo = Button(words.label("batch.b_undo"), Tap("x_ask_undo", batch.id))
    can_undo = view.may_undo and batch.undone_at is None and bool(view.undoable or view.series)
    refresh = Button(words.label("batch.b_refresh"), Tap("x_batch", batch.id))
    return [[file, *([undo] if can_undo else [])], [refresh]]


def _head(post: Post, words: Words) -> Html:
    text = shorten(post.content.text, _HEAD)
    return escape(text) if text else words.say("batch.no_text")


def _name(batch: Batch) -> str:
    return shorten(batch.file_name, NAME)
