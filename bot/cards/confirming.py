"""The last question before a draft is scheduled."""

from __future__ import annotations

from bot.cards.draft import Draft, finding
from bot.cards.moments import placed_moment, rule_words, until
from bot.cards.post_status import content_head, dates
from bot.html import Html, lines
from bot.screens import Button, Row, Screen
from bot.wording import Words
from core.services.foresight import Look


def confirm_screen(draft: Draft, look: Look, words: Words, *, wrong: str = "") -> Screen:
    """When, how far away, where, and what is doubtful; ``wrong`` says why it was refused just now."""
    doubts = filter(None, (wrong, look.duplicate, *(one for one in look.warnings if one != wrong)))
    return Screen(
        text=lines(
            draft.above or None,
            *_when(draft, look, words),
            content_head(draft.composition.content, words),
            *(finding(one, words) for one in look.findings),
            *(words.say("when.wrong", sentence=words.sentence(one)) for one in doubts),
            *(words.say("draft.note", note=words.sentence(one)) for one in draft.notes),
        ),
        buttons=_buttons(draft, look, words),
    )


def _when(draft: Draft, look: Look, words: Words) -> list[Html]:
    composition = draft.composition
    account = look.account.username if look.account else "?"
    if composition.rule is not None:
        rule = rule_words(composition.rule, words)
        return [
            words.say("when.confirm_rule", rule=rule, account=account),
            *dates(look.upcoming, words),
        ]
    if composition.at is None:
        return [words.say("draft.no_time")]
    at = composition.at
    return [
        words.say("when.confirm", time=placed_moment(at, words), distance=until(at, words), account=account)
    ]


def _buttons(draft: Draft, look: Look, words: Words) -> list[Row]:
    change = Button(words.label("when.b_change"), draft.tap("t_when"))
    back = [Button(words.label("draft.b_back"), draft.tap("d_show"))]
    if look.account is None:
        return [[Button(words.label("draft.b_pick_account"), draft.tap("d_accounts"))], [change], back]
    if look.errors:
        return [[change], back]
    if look.duplicate and not draft.composition.allow_duplicate:
        return [
            [Button(words.label("when.b_anyway"), draft.tap("t_go", "dup"), style="danger"), change],
            back,
        ]
    label = "when.b_start" if draft.composition.rule is not None else "when.b_schedule"
    return [[Button(words.label(label), draft.tap("t_go"), style="success"), change], back]
