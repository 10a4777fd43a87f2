"""Every sentence that core says is in the Vietnamese tables: found by walking core's source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import core
from core.domain.vietnamese import TABLES
from core.domain.vietnamese_words import PIECES

ROOT = Path(next(iter(core.__path__))).parent
SEARCHED = ("domain", "services", "adapters")
BESIDES = ("bot/downloads.py",)
"""What else says sentences as core does."""
HOLE = "{}"
MOST = 24

SKIPPED_MODULES = {
    "core/domain/vietnamese": "the translations themselves",
    "core/domain/recurrence_wording.py": "words both languages itself",
    "core/domain/sheet_labels.py": "column names and their meaning, in both languages",
    "core/domain/sheet_words.py": "words that people type into cells",
    "core/domain/when_words.py": "words that people type as times",
    "core/adapters/workbook/template.py": "the template's own texts, in both languages",
    "core/adapters/redis/alarm.py": "Lua",
}
SKIPPED_CALLS = {
    "ValueError": "a mistake of the program, which people do not see",
    "AccountBusyError": "caught where it is raised",
    "WriteConcernError": "turned into UnavailableError where it is raised",
    "compile": "a regular expression",
    "info": "a log line",
    "warning": "a log line",
    "error": "a log line, unless it is RowProblems.error, whose sentences are arguments of CellError",
    "debug": "a log line",
}
SKIPPED_NAMES = {
    "core/domain/weekdays.py:_DAYS": "words that people type",
    "core/domain/weekdays.py:_GROUPS": "words that people type",
    "core/domain/weekdays.py:_PHRASES": "words that people type",
    "core/domain/when_rules.py:_REPEATS": "words that people type",
    "core/domain/sheet_headers.py:_NAMES": "headers that people type",
}
ALLOWED = {
    "The workbook has no row with a time: there is nothing to rehearse.": "the rehearsal is a command line demo",
    "Row {} and {} more": "one row is never several",
    "The key file {} ": "a setting, read at the start by whoever runs the program",
    "MONGODB_URI ": "as above",
    "REDIS_URL ": "as above",
    "THREADS_API_BASE_URL ": "as above",
    "TELEGRAM_ALLOWED_USERS ": "as above",
}
"""How sentences begin that no Telegram user can see."""

ASSEMBLED = {
    "save it as an Excel workbook without macros (.xlsx)": "{name} contains macros: save it as an Excel workbook"
    " without macros (.xlsx).",
    "is a binary workbook (.xlsb)": "{name} is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx).",
    "save it as an Excel workbook (.xlsx)": "{name} is an OpenDocument file: save it as an Excel workbook (.xlsx).",
    "is an OpenDocument file": "{name} is an OpenDocument file: save it as an Excel workbook (.xlsx).",
    "is an Apple Numbers document": "{name} is an Apple Numbers document: export it as an Excel workbook (.xlsx).",
    "export it as an Excel workbook (.xlsx)": "{name} is an Apple Numbers document: export it as an Excel workbook"
    " (.xlsx).",
    "is a Word document": "{name} is a Word document: send an Excel workbook (.xlsx).",
    "send an Excel workbook (.xlsx)": "{name} is a Word document: send an Excel workbook (.xlsx).",
    "is a PowerPoint presentation": "{name} is a PowerPoint presentation: send an Excel workbook (.xlsx).",
    "left out: the status says published, or being published": "{rows} left out: the status says published, or being"
    " published.",
    "left out: published already": "{rows} left out: published already.",
    "marked as failed and taken up again": "{rows} marked as failed and taken up again.",
    "left out: no text, no picture, no video": "{rows} left out: no text, no picture, no video.",
    "hidden in the sheet and read all the same": "{rows} hidden in the sheet and read all the same.",
    "merged into the post above, with their pictures": "{rows} merged into the post above, with their pictures.",
}
"""Parts from which a table of core makes the sentence of the catalogue that is named behind them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the source; each place of a value is ``{}``, several in a row are one."""

    pattern: str
    where: str


@dataclass(slots=True)
class Source:
    """One module, and what its names stand for where they are used inside a sentence."""

    path: Path
    tree: ast.Module = field(init=False)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict[ast.AST, ast.AST])
    used: set[ast.AST] = field(default_factory=set[ast.AST])

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    def sentences(self) -> Iterator[Said]:
        tops = [node for node in ast.walk(self.tree) if self._is_top(node)]
        resolved = [(node, self._patterns(node)) for node in tops]
        for node, patterns in resolved:
            if node in self.used:
                continue
            for pattern in patterns:
                said = re.sub(r"\{\}(?:\s*\{\})+", HOLE, pattern)
                if _is_sentence(said) or (self._is_why(node) and _letters(said)):
                    yield Said(said, f"{self.name}:{getattr(node, 'lineno', 0)}")

    def _is_top(self, node: ast.AST) -> bool:
        return _is_text(node) and not any(
            _is_text(above) or isinstance(above, ast.FormattedValue) or self._is_skipped(above)
            for above in self._above(node)
        )

    def _above(self, node: ast.AST) -> Iterator[ast.AST]:
        while (parent := self.parents.get(node)) is not None:
            yield parent
            node = parent

    def _is_only_inside(self, name: str) -> bool:
        """Whether every use of the module's name is inside a sentence."""
        uses = [node for node in ast.walk(self.tree) if _is_use(node, name)]
        return all(any(isinstance(above, ast.JoinedStr) for above in self._above(use)) for use in uses)

    def _is_skipped(self, node: ast.AST) -> bool:
        match node:
            case ast.Expr(value=ast.Constant()):
                return True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name == "error" and not _is_log(node):
                    return False
                return name in SKIPPED_CALLS
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                return f"{self.name}:{name}" in SKIPPED_NAMES
            case _:
                return False

    def _is_why(self, node: ast.AST) -> bool:
        above = self._above(node)
        parent = next(above)
        while isinstance(parent, ast.IfExp):
            parent = next(above)
        match parent:
            case ast.keyword(arg="why") | ast.Assign(targets=[ast.Name(id="why")]):
                return True
            case ast.Call(func=ast.Name(id="HistoryEntry")):
                return True
            case _:
                return False

    def _patterns(self, node: ast.AST) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return _products([self._patterns(part) for part in parts])
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return _products([self._patterns(left), self._patterns(right)])
            case ast.IfExp(body=one, orelse=other):
                return [*self._patterns(one), *self._patterns(other)]
            case ast.FormattedValue(value=value):
                return self._patterns(value)
            case _:
                return self._named(node, node.id) if isinstance(node, ast.Name) else [HOLE]

    def _named(self, node: ast.Name, name: str) -> list[str]:
        """What was assigned last before the use, in the function or else in the module."""
        function = next((above for above in self._above(node) if isinstance(above, _FUNCTIONS)), None)
        for scope, before in ((function, node.lineno), (self.tree, 1 << 30)):
            value = _assigned(scope, name, before) if scope is not None else None
            if value is None:
                continue
            if not any(_is_text(part) for part in ast.walk(value)) or isinstance(value, ast.Call):
                return [HOLE]
            if scope is function or self._is_only_inside(name):
                self.used.update(ast.walk(value))
            return self._patterns(value)
        return [HOLE]


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _assigned(scope: ast.AST, name: str, before: int) -> ast.expr | None:
    found: ast.expr | None = None
    statements = scope.body if isinstance(scope, ast.Module) else list(ast.walk(scope))
    for statement in statements:
        match statement:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                names = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
                if name in names and value.lineno < before:
                    plain = isinstance(target, ast.Name)
                    newer = found is None or value.lineno > found.lineno
                    found = (value if plain else ast.Constant(None, lineno=value.lineno)) if newer else found
            case _:
                continue
    return found


def _is_use(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


def _products(parts: list[list[str]]) -> list[str]:
    return ["".join(chosen) for chosen, _ in zip(product(*parts), range(MOST), strict=False)]


def _is_text(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _is_text(left) or _is_text(right)
        case _:
            return False


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "log"


def _letters(text: str) -> bool:
    return re.search("[a-z]", text) is not None


def _is_sentence(text: str) -> bool:
    """Three words, or two and a full stop; no table of alternatives and nothing over several lines."""
    words = re.findall(r"(?<!\S)\W*[A-Za-z][\w'’-]*\W*(?!\S)", text)
    ends = text.endswith((".", "?", "!"))
    return "|" not in text and "\n" not in text and (len(words) >= 3 or (ends and len(words) >= 2))


def said_by_core() -> list[Said]:
    found: list[Said] = []
    for part in SEARCHED:
        for path in sorted((ROOT / "core" / part).rglob("*.py")):
            source = Source(path)
            if not source.name.startswith(tuple(SKIPPED_MODULES)):
                found.extend(source.sentences())
    for name in BESIDES:
        found.extend(Source(ROOT / name).sentences())
    return found


def places_open(pattern: str) -> str:
    """The pattern with ``{}`` for each place."""
    return re.sub(r"\{\w*(?::vi)?\}", HOLE, pattern)


def catalogue() -> dict[str, str]:
    return {places_open(english): told for table in (*TABLES, PIECES) for english, told in table.items()}


def test_every_sentence_of_core_is_in_the_catalogue() -> None:
    """A sentence without a translation is named with its place and the pattern to add."""
    known = catalogue().keys() | ASSEMBLED.keys()
    unknown = [said for said in said_by_core() if said.pattern not in known]
    shown = [said for said in unknown if not said.pattern.startswith(tuple(ALLOWED))]
    missing = sorted({f'{said.where}: "{said.pattern}"' for said in shown})
    assert not missing, "add to a table of core/domain/vietnamese_*.py:\n" + "\n".join(missing)


def test_what_is_allowed_or_assembled_is_still_said() -> None:
    """The lists of exceptions hold nothing that core does not say any more."""
    said = {one.pattern for one in said_by_core()}
    assert sorted(ASSEMBLED.keys() - said) == []
    assert [begin for begin in ALLOWED if not any(one.startswith(begin) for one in said)] == []


def test_what_is_assembled_is_in_the_catalogue() -> None:
    """The sentence that is made of a part is translated, and the part is in it."""
    sentences = {english for table in TABLES for english in table}
    for part, whole in ASSEMBLED.items():
        assert whole in sentences
        assert part in whole


def test_the_catalogue_holds_nothing_that_is_not_said() -> None:
    """A translation whose sentence was changed or removed goes too."""
    said = {one.pattern for one in said_by_core()} | {places_open(whole) for whole in ASSEMBLED.values()}
    stale = sorted({english for table in TABLES for english in table if places_open(english) not in said})
    assert not stale, "remove from core/domain/vietnamese_*.py:\n" + "\n".join(stale)
