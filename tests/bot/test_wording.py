"""What the bot says: the same in both languages, nothing missing, nothing left over, all of it sendable."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.wording import Text, Words
from bot.wording.catalogue import TEXTS
from botapi.html_reader import read_html
from core.domain.access import Language

_BOT = Path(bot.__file__).parent
_SECTIONS = {key.partition(".")[0] for key in TEXTS}
_KEY = re.compile(rf"(?:{'|'.join(_SECTIONS)})(?:\.\w+)+")
_LABEL = re.compile(r"\.b_|^button\.|^kind\.")
_LONGEST_LABEL = 40
_HOSTILE = (
    "",
    "Phở 🍜",
    "</b><i>&lt;&amp;",
    '<a href="x">',
    "]]>'\"&#0;",
    "{n} {0} %s",
    "<b>" * 9,
    "\x00\ud800\n",
)


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(_BOT.rglob("*.py")):
        if path.parent.name != "wording":
            yield path.name, ast.parse(path.read_text("utf-8"))


def _said() -> Iterator[tuple[str, ast.Call]]:
    """What is passed to ``words.say`` and ``words.label``, by file."""
    for name, module in _modules():
        for node in ast.walk(module):
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(node, ast.Call)
                and isinstance(called, ast.Attribute)
                and called.attr in {"say", "label"}
            ):
                is_words = isinstance(called.value, ast.Name | ast.Attribute | ast.Call)
                if is_words and node.args and ast.unparse(called.value).split("(")[0].endswith("words"):
                    yield name, node


def _literals(node: ast.expr) -> list[str]:
    """The texts that an expression may be, where it names them."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _patterns(module: ast.Module) -> Iterator[re.Pattern[str]]:
    """The keys that are put together: f"kind.{kind}"; what is put in begins no key of buttons or questions."""
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            first = str(node.values[0].value)
            if first.partition(".")[0] in _SECTIONS and "." in first:
                pieces = [
                    re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else r"(?!b_|ask_)[\w ]+"
                    for piece in node.values
                ]
                yield re.compile("".join(pieces))


def _constants() -> set[str]:
    """Every constant of the program that looks like a key, but for the names of what is logged."""
    return {text for _, module in _modules() for text in _strings(module) if _KEY.fullmatch(text)}


def _strings(node: ast.AST) -> Iterator[str]:
    children = list(ast.iter_child_nodes(node))
    is_logged = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in children if not is_logged else ():
        yield from _strings(child)


def test_both_languages_tell_the_same_facts() -> None:
    """Neither leaves out nor invents one, and none is said by its place."""
    differing = [key for key, text in TEXTS.items() if _placeholders(text.en) != _placeholders(text.vi)]
    unnamed = [key for key, text in TEXTS.items() if not all(map(str.isidentifier, _placeholders(text.en)))]
    assert (differing, unnamed) == ([], [])


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("fact", _HOSTILE)
def test_all_can_be_sent_whatever_the_facts_are(fact: str, language: Language) -> None:
    """Telegram reads the markup, and shows what we take for its plain text with the facts as they are."""
    words = Words(TEXTS, language, ZoneInfo("Asia/Ho_Chi_Minh"), datetime(2026, 11, 24, tzinfo=UTC))
    sendable = fact.translate(dict.fromkeys([0, 0xD800]))
    for key, text in TEXTS.items():
        facts = _placeholders(text.en)
        said = words.say(key, **dict.fromkeys(facts, fact))
        shown, _ = read_html(said.markup)
        assert shown == said.plain, key
        assert not facts or sendable in shown, key


def test_labels_fit_onto_buttons() -> None:
    """At most 40 characters with facts of ten, on one line, without markup."""
    for key in filter(_LABEL.search, TEXTS):
        for template in (TEXTS[key].en, TEXTS[key].vi):
            label = template.format(**dict.fromkeys(_placeholders(template), "x" * 10))
            assert 0 < len(label) <= _LONGEST_LABEL, key
            assert not set("<>\n") & set(label), key


def test_no_text_is_missing() -> None:
    """What is said exists, with the facts that its text needs."""
    calls = list(_said())
    assert len(calls) > 100
    for file, call in calls:
        given = {keyword.arg for keyword in call.keywords}
        for key in _literals(call.args[0]):
            assert key in TEXTS, f"{file}: {key}"
            if None not in given:
                assert _placeholders(TEXTS[key].en) <= given, f"{file}: {key}"
    for name, module in _modules():
        for pattern in _patterns(module):
            assert any(map(pattern.fullmatch, TEXTS)), f"{name}: {pattern.pattern}"


def test_keys_that_are_passed_on_exist() -> None:
    """A key, or the beginning of one, that is handed from one function to another."""
    begun = {key for key in _constants() - TEXTS.keys() if not any(each.startswith(key) for each in TEXTS)}
    assert begun == set()


def _lengthened() -> set[str]:
    """Constants to which an ending is added: "notice.token_expiring" + ("_soon" if …)."""
    return {
        text
        for _, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
        for text in _literals(node.left)
    }


def test_no_text_is_left_over() -> None:
    """Every text is said somewhere."""
    constants = _constants()
    patterns = [pattern for _, module in _modules() for pattern in _patterns(module)]
    stems = tuple(f"{key}_" for key in (constants - TEXTS.keys()) | (_lengthened() & constants))
    unsaid = {
        key
        for key in TEXTS.keys() - constants
        if not key.startswith(stems) and not any(pattern.fullmatch(key) for pattern in patterns)
    }
    assert unsaid == set()


def test_these_tests_see_what_is_wrong() -> None:
    """A text that differs in its facts, and one with a tag that does not end, would be found."""
    broken = Text("<b>{a}", "{b}")
    assert _placeholders(broken.en) != _placeholders(broken.vi)
    with pytest.raises(Exception, match="Can't find end tag"):
        read_html(broken.en)
