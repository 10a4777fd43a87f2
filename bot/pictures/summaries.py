"""What the pictures show, in a few sentences: for people who do not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from bot.pictures.phrases import Phrases, phrases
from bot.pictures.subjects import ImportPlan, Month, Preview, Stats, Tally, Week, count, total
from core.domain.access import Language
from core.domain.text import clean_text, count_text

_LONGEST_LIST = 14


def week_summary(week: Week, language: Language) -> str:
    """The counts by state, then the posts of each day. Plain text, as all of these are."""
    words = phrases(language)
    span = words.span(week.first_day, week.last_day)
    if not week.shown:
        return f"{span}: {words.nothing_planned}."
    states = Counter(entry.state for entry in week.shown)
    days = Counter(entry.at.date() for entry in week.shown)
    return f"{_counted(span, states, words)} {_listed(days, words)}"


def month_summary(month: Month, language: Language) -> str:
    """The counts by state, then the posts of each day, at most of the first fourteen."""
    words = phrases(language)
    title = words.month(month.day)
    if not month.shown:
        return f"{title}: {words.month_empty}."
    days = {day: count(tally) for day, tally in month.shown.items()}
    return f"{_counted(title, total(month.shown.values()), words)} {_listed(days, words)}"


def stats_summary(stats: Stats, language: Language) -> str:
    """The counts by state, how late posts were, and what is to come."""
    words = phrases(language)
    summed = total(stats.shown.values())
    first = _counted(words.stats_title, summed, words) if count(summed) else f"{words.stats_empty}."
    late = words.late_summary.format(words.duration(stats.p50_ms), words.duration(stats.p99_ms))
    coming = f"{words.whole(stats.upcoming)} {words.upcoming}"
    if stats.next_at is not None:
        coming += f", {words.next_at.format(f'{words.day(stats.next_at.date())} {stats.next_at:%H:%M}')}"
    return " ".join([first, *([late] if stats.p50_ms is not None else []), f"{coming}."])


def weeks_summary(plan: ImportPlan, language: Language) -> str:
    """The posts of each day, at most of the first fourteen, and the days with a conflict."""
    words = phrases(language)
    title = words.import_title.format(words.count(sum(plan.shown.values())))
    if not plan.shown:
        return f"{title}."
    conflicts = "".join(
        f" {label}: {', '.join(map(words.day, sorted(days)[:_LONGEST_LIST]))}."
        for label, days in ((words.over_quota, plan.over_quota), (words.too_close, plan.too_close))
        if days
    )
    span = words.span(min(plan.shown), max(plan.shown))
    return f"{title}, {span}. {_listed(plan.shown, words)}{conflicts}"


def preview_summary(preview: Preview, language: Language) -> str:
    """Whose post it is, how long its text is, and what goes with it; the text itself is left out."""
    words = phrases(language)
    used = count_text(clean_text(preview.text)).doc
    kinds = Counter(item.kind for item in preview.media)
    facts = [
        f"{used}/{preview.limit}",
        *(f"{number} {words.media[kind].lower()}" for kind, number in kinds.items()),
    ]
    if preview.parts:
        facts.append(words.more_parts.format(len(preview.parts)))
    if preview.first_comment:
        facts.append(words.first_comment.lower())
    return f"{words.preview} @{preview.username.removeprefix('@')}: {', '.join(facts)}."


def _counted(title: str, states: Tally, words: Phrases) -> str:
    return f"{title}: {words.count(count(states))} ({words.tally(states)})."


def _listed(days: Mapping[date, int], words: Phrases) -> str:
    listed = [f"{words.day(day)}: {words.whole(days[day])}" for day in sorted(days)]
    more = ["\u2026"] if len(listed) > _LONGEST_LIST else []
    return "; ".join([*listed[:_LONGEST_LIST], *more]) + "."
