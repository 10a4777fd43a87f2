"""Choosing how a draft repeats; what was chosen so far stands in the buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.cards.repeating import (
    Making,
    end_screen,
    last_day_screen,
    month_days_screen,
    pace_screen,
    repeat_hours_screen,
    repeat_minutes_screen,
    rule_typed_screen,
    weekdays_screen,
)
from bot.flows.aims import choice_of
from bot.flows.choosing_time import show_confirm
from bot.flows.drafts import on_draft, put_draft
from bot.flows.tapped_times import month_of
from bot.routes import Routes
from bot.visit import Visit
from core.domain.composition import Composition
from core.domain.errors import RefusedError
from core.domain.recurrence import Recurrence
from core.domain.when import WhenError, parse_rule

_HOURS: Final = range(24)


async def _start(visit: Visit, composition: Composition) -> None:
    await _ask_pace(visit, composition)


async def _ask_pace(visit: Visit, composition: Composition, wrong: str = "") -> None:
    screen = pace_screen(choice_of(composition, visit), visit.words, wrong=wrong)
    await put_draft(visit, composition, screen)


async def _weekdays(visit: Visit, composition: Composition) -> None:
    await _show_weekdays(visit, composition, frozenset())


async def _weekday(visit: Visit, composition: Composition) -> None:
    day = visit.arg()
    toggled = {int(day)} if day in set("0123456") else set[int]()
    await _show_weekdays(visit, composition, _chosen_weekdays(visit, composition) ^ toggled)


async def _show_weekdays(visit: Visit, composition: Composition, chosen: frozenset[int]) -> None:
    digits = "".join(map(str, sorted(chosen)))
    facts = {**visit.talk.facts, "weekdays": f"{composition.id} {digits}"}
    await visit.remember(replace(visit.talk, facts=facts))
    screen = weekdays_screen(choice_of(composition, visit), chosen, visit.words)
    await put_draft(visit, composition, screen)


def _chosen_weekdays(visit: Visit, composition: Composition) -> frozenset[int]:
    """Those that were tapped so far for this draft."""
    draft_id, _, digits = visit.talk.facts.get("weekdays", "").partition(" ")
    return frozenset(map(int, digits)) if draft_id == composition.id else frozenset()


async def _month_days(visit: Visit, composition: Composition) -> None:
    await put_draft(visit, composition, month_days_screen(choice_of(composition, visit), visit.words))


async def _hour(visit: Visit, composition: Composition) -> None:
    pace = visit.arg()
    if pace == "w":
        pace += "".join(map(str, sorted(_chosen_weekdays(visit, composition))))
    making = Making(pace)
    if making.rule(visit.words) is None:
        await _ask_pace(visit, composition)
        return
    screen = repeat_hours_screen(choice_of(composition, visit), making, visit.words)
    await put_draft(visit, composition, screen)


async def _minute(visit: Visit, composition: Composition) -> None:
    making, hour = Making(visit.arg()), visit.arg(1)
    if making.rule(visit.words) is None or not hour.isdecimal() or int(hour) not in _HOURS:
        await _ask_pace(visit, composition)
        return
    screen = repeat_minutes_screen(choice_of(composition, visit), making, int(hour), visit.words)
    await put_draft(visit, composition, screen)


async def _end(visit: Visit, composition: Composition) -> None:
    making = Making(visit.arg(), visit.arg(1))
    if making.rule(visit.words) is None:
        await _ask_pace(visit, composition)
        return
    await put_draft(visit, composition, end_screen(choice_of(composition, visit), making, visit.words))


async def _last_day(visit: Visit, composition: Composition) -> None:
    making, words = Making(visit.arg(), visit.arg(1)), visit.words
    if making.rule(words) is None:
        await _ask_pace(visit, composition)
        return
    month = month_of(visit.arg(2), words.now.astimezone(words.zone).date())
    screen = last_day_screen(choice_of(composition, visit), making, month, words)
    await put_draft(visit, composition, screen)


async def _done(visit: Visit, composition: Composition) -> None:
    rule = Making(visit.arg(), visit.arg(1), visit.arg(2)).rule(visit.words)
    if rule is None:
        await _ask_pace(visit, composition)
        return
    try:
        await _chosen(visit, composition, rule)
    except RefusedError as error:
        await _ask_pace(visit, composition, str(error))


async def _ask_typed(visit: Visit, composition: Composition, wrong: str = "") -> None:
    screen = rule_typed_screen(choice_of(composition, visit), visit.words, wrong=wrong)
    card = await put_draft(visit, composition, screen)
    await visit.expect("r_type", composition.id, card.message_id)


async def _typed(visit: Visit, composition: Composition) -> None:
    text = (visit.message and visit.message.text) or ""
    try:
        await _chosen(visit, composition, parse_rule(text, visit.words.now, visit.words.zone))
    except (WhenError, RefusedError) as error:
        await _ask_typed(visit, composition, str(error))


async def _chosen(visit: Visit, composition: Composition, rule: Recurrence) -> None:
    """Keep the rule and show its next dates. Raises RefusedError for a rule that never happens."""
    ruled = await visit.core.composing.choose_rule(
        composition.id, visit.person.id, rule, version=composition.version
    )
    await show_confirm(visit, ruled)


ROUTES: Final = Routes(
    taps={
        "r_start": on_draft(_start),
        "r_days": on_draft(_weekdays),
        "r_day": on_draft(_weekday),
        "r_month": on_draft(_month_days),
        "r_hour": on_draft(_hour),
        "r_min": on_draft(_minute),
        "r_end": on_draft(_end),
        "r_until": on_draft(_last_day),
        "r_done": on_draft(_done),
        "r_type": on_draft(_ask_typed),
    },
    answers={"r_type": on_draft(_typed)},
)
