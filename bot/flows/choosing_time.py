"""Choosing when a draft goes out, or moving a post that waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.cards.choosing import (
    hours_screen,
    minutes_screen,
    month_screen,
    move_screen,
    shown_days,
    typed_screen,
    when_screen,
)
from bot.cards.confirming import confirm_screen
from bot.cards.draft import ask_now_screen as ask_draft_now
from bot.cards.post_actions import Details
from bot.cards.post_actions import ask_now_screen as ask_post_now
from bot.flows.aims import ANY_TIME, Aim, on_choice, put_choice
from bot.flows.drafts import draft_of, on_draft, put_draft, show_draft, show_outcome
from bot.flows.offered_times import offered_times, taken_times
from bot.flows.post_status import account_of, show_post
from bot.flows.tapped_times import day_of, moment_of, month_of
from bot.routes import Routes
from bot.visit import Visit
from core.domain.composition import Composition
from core.domain.errors import DuplicateError, RefusedError
from core.domain.when import WhenError, parse_rule, parse_when, speaks_of_time
from core.domain.zones import resolve_local

_PAST: Final = "That time has passed: choose a later one."
_HOURS: Final = range(24)


async def show_confirm(
    visit: Visit, composition: Composition, *, notes: Sequence[str] = (), wrong: str = ""
) -> None:
    """The last question before a draft is scheduled."""
    look = await visit.core.composing.look(composition, zone_name=visit.words.zone.key)
    draft = await draft_of(visit, composition, notes=notes)
    card = await put_draft(visit, composition, confirm_screen(draft, look, visit.words, wrong=wrong))
    await visit.expect(ANY_TIME, composition.id, card.message_id)


async def _when(visit: Visit, aim: Aim) -> None:
    await _ask_when(visit, aim)


async def _ask_when(visit: Visit, aim: Aim, wrong: str = "") -> None:
    quick = await offered_times(visit, aim.account_id, but=aim.post.id if aim.post else None)
    screen = when_screen(aim.choice, quick, visit.words, wrong=wrong)
    await put_choice(visit, aim, screen)


async def _taken(visit: Visit, aim: Aim, since: datetime, until: datetime) -> list[datetime]:
    return await taken_times(visit, aim.account_id, since, until, but=aim.post.id if aim.post else None)


async def _month(visit: Visit, aim: Aim) -> None:
    words = visit.words
    month = month_of(visit.arg(), words.now.astimezone(words.zone).date())
    busy: dict[date, int] = {}
    if days := shown_days(month, words):
        until = _start(days[-1] + timedelta(days=1), visit)
        for at in await _taken(visit, aim, _start(days[0], visit), until):
            day = at.astimezone(words.zone).date()
            busy[day] = busy.get(day, 0) + 1
    await put_choice(visit, aim, month_screen(aim.choice, month, busy, words))


async def _day(visit: Visit, aim: Aim) -> None:
    day = day_of(visit.arg())
    if day is None:
        await _ask_when(visit, aim)
        return
    taken = await _taken(visit, aim, _start(day, visit), _start(day + timedelta(days=1), visit))
    busy = {at.astimezone(visit.words.zone).hour for at in taken}
    await put_choice(visit, aim, hours_screen(aim.choice, day, busy, visit.words))


async def _hour(visit: Visit, aim: Aim) -> None:
    day, hour = day_of(visit.arg()), visit.arg(1)
    if day is None or not hour.isdecimal() or int(hour) not in _HOURS:
        await _ask_when(visit, aim)
        return
    taken = await _taken(visit, aim, _start(day, visit), _start(day + timedelta(days=1), visit))
    local = [at.astimezone(visit.words.zone) for at in taken]
    busy = {at.minute for at in local if at.hour == int(hour)}
    await put_choice(visit, aim, minutes_screen(aim.choice, day, int(hour), busy, visit.words))


async def _at(visit: Visit, aim: Aim) -> None:
    at = moment_of(visit.arg())
    if at is None:
        await _ask_when(visit, aim)
    else:
        await _chosen(visit, aim, at)


async def _chosen(visit: Visit, aim: Aim, at: datetime, notes: Sequence[str] = ()) -> None:
    """Keep the moment with a draft and ask for the last time; a post is asked about before it is moved."""
    if aim.composition is None:
        if at <= visit.words.now:
            await _ask_when(visit, aim, _PAST)
        else:
            await put_choice(visit, aim, move_screen(aim.choice, at, visit.words, notes=notes))
        return
    composition = aim.composition
    try:
        timed = await visit.core.composing.choose_time(
            composition.id, visit.person.id, at, version=composition.version
        )
    except RefusedError as error:
        await _ask_when(visit, aim, str(error))
        return
    await show_confirm(visit, timed, notes=notes)


async def _ask_typed(visit: Visit, aim: Aim, wrong: str = "") -> None:
    card = await put_choice(visit, aim, typed_screen(aim.choice, visit.words, wrong=wrong))
    await visit.expect("t_type", aim.choice.subject, card.message_id)


async def _typed(visit: Visit, aim: Aim) -> None:
    """A moment; of a draft a rule is understood here too."""
    text = (visit.message and visit.message.text) or ""
    try:
        when = parse_when(text, visit.words.now, visit.words.zone)
    except WhenError as error:
        if aim.composition is None or not await _typed_rule(visit, aim.composition, text):
            await _ask_typed(visit, aim, str(error))
        return
    if when.at <= visit.words.now:
        await _ask_now(visit, aim)
    else:
        await _chosen(visit, aim, when.at, when.notes)


async def _ask_now(visit: Visit, aim: Aim) -> None:
    """Who types "now" means to publish at once, which is asked about as after the button for it."""
    if aim.composition is not None:
        draft = await draft_of(visit, aim.composition)
        await put_choice(visit, aim, ask_draft_now(draft, visit.words))
    elif aim.post is not None:
        account = await account_of(visit.core, aim.account_id)
        view = Details(post=aim.post, account=account)
        await put_choice(visit, aim, ask_post_now(view, visit.words))


def _is_time(visit: Visit) -> bool:
    """Whether what was typed is about a time, be it one that cannot be taken; else it is a new post."""
    text = (visit.message and visit.message.text) or ""
    if speaks_of_time(text):
        return True
    try:
        parse_rule(text, visit.words.now, visit.words.zone)
    except WhenError:
        return False
    return True


async def _typed_rule(visit: Visit, composition: Composition, text: str) -> bool:
    try:
        rule = parse_rule(text, visit.words.now, visit.words.zone)
        ruled = await visit.core.composing.choose_rule(composition.id, visit.person.id, rule)
    except RefusedError:  # WhenError is one
        return False
    await show_confirm(visit, ruled)
    return True


async def _forget(visit: Visit, composition: Composition) -> None:
    await show_draft(
        visit,
        await visit.core.composing.forget_time(composition.id, visit.person.id, version=composition.version),
    )


async def _schedule(visit: Visit, composition: Composition) -> None:
    composing, person = visit.core.composing, visit.person.id
    version = composition.version
    if visit.arg() == "dup" and composition.post_id is None:
        allowed = await composing.allow_duplicate(composition.id, person, version=version)
        version = allowed.version
    try:
        outcome = await composing.schedule(composition.id, person, version=version, who=visit.who)
    except RefusedError as error:
        newest = await composing.get(composition.id, person)
        told_by_the_look = isinstance(error, DuplicateError)
        await show_confirm(visit, newest, wrong="" if told_by_the_look else str(error))
        return
    await show_outcome(visit, await composing.get(composition.id, person), outcome)


async def _move(visit: Visit, aim: Aim) -> None:
    at, post = moment_of(visit.arg()), aim.post
    if at is None or post is None:
        await _ask_when(visit, aim)
        return
    allowed = post.allow_duplicate or visit.arg(1) == "dup"
    try:
        moved = await visit.core.posts.schedule(post.id, at, who=visit.who, allow_duplicate=allowed)
    except DuplicateError as error:
        await put_choice(visit, aim, move_screen(aim.choice, at, visit.words, wrong=str(error)))
        return
    except RefusedError as error:
        await _ask_when(visit, aim, str(error))
        return
    await show_post(visit, moved, note=visit.words.say("card.moved"))


async def _nothing(_visit: Visit) -> None:
    """Of a button that only shows something."""


def _start(day: date, visit: Visit) -> datetime:
    return resolve_local(datetime.combine(day, time()), visit.words.zone).at


ROUTES: Final = Routes(
    taps={
        "t_when": on_choice(_when),
        "t_month": on_choice(_month),
        "t_day": on_choice(_day),
        "t_hour": on_choice(_hour),
        "t_at": on_choice(_at),
        "t_type": on_choice(_ask_typed),
        "t_forget": on_draft(_forget),
        "t_confirm": on_draft(show_confirm),
        "t_go": on_draft(_schedule, decides=True),
        "t_move": on_choice(_move),
        "t_none": _nothing,
    },
    answers={"t_type": on_choice(_typed), ANY_TIME: on_choice(_typed)},
    takes={ANY_TIME: _is_time},
)
