"""Every button leads somewhere, and every command is told of or left out on purpose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import bot
from bot import command_menu
from bot.cards.queue import Kind, Listing, listing_of
from bot.table import ROUTES
from bot.taps import Tap, decode
from bot.wording.catalogue import TEXTS
from core.domain.access import Role

_BOT = Path(bot.__file__).parent
_VERB = re.compile(r"[a-z]_[a-z0-9_]+")
_HIDDEN = {
    "people",  # a button of the settings of owners
    "post",  # takes an id, which cards tell
    "why",
    "start",  # people have begun
    "whoami",
}


def _buttons() -> Iterator[tuple[str, str]]:
    """Verbs by the file that names them: what a Tap is made of, and what has the form of a verb."""
    for path in sorted(_BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_tap(node.func) and node.args:
                yield from ((path.name, verb) for verb in _texts(node.args[0]))
            elif path.parent.name == "cards":
                yield from ((path.name, verb) for verb in _texts(node) if _VERB.fullmatch(verb))


def _is_tap(called: ast.expr) -> bool:
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    return name in {"Tap", "tap"}


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_button_is_routed() -> None:
    """No verb of any card, and none that anything else makes a button of, is without a handler."""
    named = set(_buttons())
    assert {("hello.py", "new"), ("accounts.py", "a_resume"), ("status.py", "q_open")} <= named
    assert {(file, verb) for file, verb in named if verb not in ROUTES.taps} == set()


def test_every_handler_of_taps_can_be_reached() -> None:
    """No verb is routed that no button says."""
    said = {verb for _, verb in _buttons()}
    assert ROUTES.taps.keys() - said == set()


def test_every_verb_fits_into_a_button() -> None:
    """With a subject of 32 characters, a version and an argument it stays within 64 bytes."""
    for verb in ROUTES.taps:
        Tap(verb, "x" * 32, 1_000_000, ("published",)).encode()


@pytest.mark.parametrize("verb", ["p_open", "p_delete", "p_copy", "p_why", "q_go"])
def test_the_longest_button_of_a_list_fits(verb: str) -> None:
    """An occurrence of a series, opened from far down a list that is as narrow as can be; a long way is shortened."""
    day = date(2026, 11, 24)
    occurrence, account = f"{'f' * 12}-20261124", "a" * 12
    for page in (999, 1000, 10**6, 10**40):
        listing = Listing(
            kind=Kind.PUBLISHED, account_id=account, first_day=day, days=7, text="ph", page=page
        )
        tap = listing.tap(verb, occurrence, 999_999)
        assert decode(tap.encode()) == tap
        back = listing_of(tap.args)
        assert (back.kind, back.account_id, back.first_day, back.days) == (Kind.PUBLISHED, account, day, 7)
    forged = Listing(account_id="9" * 40, text="ph").tap(verb, occurrence, 999_999)
    assert decode(forged.encode()) == forged


def test_every_command_is_told_of_or_hidden_on_purpose() -> None:
    """What the menus offer is routed, and what is routed is offered, but for the few that are named here."""
    offered = {name for role in Role for name in command_menu.commands_of(role)}
    assert offered - ROUTES.commands.keys() == set()
    assert ROUTES.commands.keys() - offered - _HIDDEN == set()
    assert {f"menu.{name}" for name in offered} <= TEXTS.keys()
