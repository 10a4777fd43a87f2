"""What is wrong with the rows of a workbook, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.html import NOTHING, Html, lines, shorten
from bot.screens import Button, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.sheet import Problem
from core.domain.upload import Upload
from core.services.outlook import Outlook

NAME: Final = 60
"""Characters of a file's name that are shown."""
_SHOWN: Final = 4
_PAGE: Final = 8
_SENTENCE: Final = 240
_COLUMN: Final = 24


def problems_screen(upload: Upload, outlook: Outlook, page: int, words: Words) -> Screen:
    """All that is to be said about its rows, some at a time; ``page`` counts from 0."""
    told = list(problems_of(outlook, words))
    page = max(0, min(page, (len(told) - 1) // _PAGE))
    first = page * _PAGE
    shown = told[first : first + _PAGE]
    title = words.say(
        "book.problems", name=name_of(upload), first=first + 1, last=first + len(shown), n=len(told)
    )
    turns = [
        Button(label, Tap("x_problems", upload.id, upload.revision, (str(to),)))
        for label, to in (("◀️", page - 1), ("▶️", page + 1))
        if 0 <= to * _PAGE < len(told)
    ]
    back = [Button(words.label("button.back"), Tap("x_show", upload.id, upload.revision))]
    return Screen(text=lines(title, *shown), buttons=[turns, back] if turns else [back])


def first_problems(outlook: Outlook, words: Words) -> Iterator[Html]:
    """The first of them below an empty line, and how many more there are."""
    told = list(problems_of(outlook, words))
    if told:
        yield NOTHING
        yield from told[:_SHOWN]
        if len(told) > _SHOWN:
            yield words.say("notice.and_more", n=len(told) - _SHOWN)


def problems_of(outlook: Outlook, words: Words) -> Iterator[Html]:
    """Errors first, then what is there twice, then warnings."""
    check = outlook.check
    yield from (_problem("book.error", problem, words) for problem in check.report.errors)
    for twin in check.report.duplicates:
        yield words.say("book.same_row", row=twin.row, of=twin.of)
    for row, post_id in check.doubles.items():
        yield words.say("book.same_post", row=row, post=post_id)
    yield from (_problem("book.warning", problem, words) for problem in check.report.warnings)


def _problem(key: str, problem: Problem, words: Words) -> Html:
    where = words.say("book.row", row=problem.row)
    if problem.cell:
        column = shorten(problem.column, _COLUMN)
        where = words.say("book.cell", row=problem.row, cell=problem.cell, column=column)
    cause = _short(problem.cause, words).removesuffix(".")
    return words.say(key, where=where, cause=cause, remedy=_short(problem.remedy, words))


def _short(sentence: str, words: Words) -> str:
    return shorten(words.sentence(sentence).plain, _SENTENCE)


def name_of(upload: Upload) -> str:
    return shorten(upload.file_name, NAME)
