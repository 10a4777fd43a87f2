"""What the design promises about the code itself: each truth stands in one place, and the style holds."""

from __future__ import annotations

import ast
import asyncio
import itertools
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.adapters.mongo.client import Database
from core.domain.lifecycle import TRANSITIONS
from core.domain.post import Content, PostStatus
from stories.fixtures import WHO, Shop

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "worker", "tui", "bot")
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
WRITES = {
    *("insert_one", "insert_many", "update_one", "update_many", "replace_one", "delete_one", "delete_many"),
    *("find_one_and_update", "find_one_and_replace", "find_one_and_delete", "bulk_write"),
}


def _sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found
    return found


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (
        node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _tests() -> list[Path]:
    return [path for path in _sources("tests") if path.name.startswith("test_")]


def _texts_in(node: ast.AST) -> set[str]:
    found = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {value for value in found if isinstance(value, str)}


def _calls_in(node: ast.AST) -> set[str]:
    called = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}


def test_one_module_writes_posts() -> None:
    """Of all modules only the store of posts changes documents of the collection ``posts``."""
    outside = [
        path for path in _sources(*PACKAGES) if not path.is_relative_to(ROOT / "core" / "adapters" / "mongo")
    ]
    assert not [_name(path) for path in outside if _calls_in(_tree(path)) & WRITES]

    writers = WRITES | {"change_if_unchanged", "insert_new", "claim", "acknowledged"}
    touching = [path for path in _sources("core/adapters/mongo") if "posts" in _subscripts(_tree(path))]
    assert {path.name for path in touching} >= {"posts.py", "agenda.py"}
    for path in touching:
        on_posts = {
            ast.unparse(call) for call in _calls_on(_tree(path), "_posts") if _calls_in(call) & writers
        }
        assert path.name == "posts.py" or not on_posts, f"{_name(path)} writes posts: {on_posts}"


def test_one_function_writes_a_status() -> None:
    """In the store of posts only ``save`` can change a status: no other update mentions it."""
    updates = [
        _name(path)
        for path in _sources("core/adapters/mongo")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
        and str(key.value).startswith("$")
        and key.value in ("$set", "$unset", "$setOnInsert")
        and "status" in _texts_in(value)
    ]
    assert updates == []


def test_statuses_are_compared_by_one_table() -> None:
    """Only the store consults the table of legal moves, and no second table exists."""
    using = [_name(path) for path in _sources(*PACKAGES) if "may_move" in _calls_in(_tree(path))]
    assert using == ["core/adapters/mongo/posts.py"]
    named = [path for path in _sources(*PACKAGES) if "TRANSITIONS" in path.read_text(encoding="utf-8")]
    assert [_name(path) for path in named] == ["core/domain/lifecycle.py"]


async def test_every_change_of_status_is_legal_and_written_down(shop: Shop, database: Database) -> None:
    """MongoDB itself is watched: each change of a status is in the table and comes with its history."""
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    posts = shop.engine.core.posts
    async with database["posts"].watch() as changes:
        await shop.threads.misbehave("media_not_found", text="Again")
        await shop.threads.misbehave("drop_after", text="Lost")
        await shop.threads.misbehave("error", on="create", code=100, text="Bad")
        await shop.schedule(Content(text="Again", first_comment="And more"), hour)
        await shop.schedule("Lost", hour + minute)
        bad = await shop.schedule("Bad", hour)
        await posts.cancel((await shop.schedule("Cancelled", hour)).id, who=WHO)
        await shop.engine.run_for(2 * hour)
        await posts.retry(bad.id, who=WHO)
        await shop.engine.run_for(minute)
        moves = await _moves(changes)

    assert {now for moved in moves.values() for now in moved} == set(PostStatus)
    for moved in moves.values():
        assert set(itertools.pairwise(moved)) <= TRANSITIONS


async def _moves(changes: Any) -> dict[str, list[PostStatus]]:
    """By post, the statuses that it had; each of them is the last entry of its history at that moment."""
    moves: dict[str, list[PostStatus]] = {}
    entries: dict[str, int] = {}
    while (change := await asyncio.wait_for(changes.try_next(), 5)) is not None:
        post_id = change["documentKey"]["_id"]
        if change["operationType"] == "insert":
            moves[post_id] = [PostStatus(change["fullDocument"]["status"])]
            entries[post_id] = len(change["fullDocument"]["history"])
            continue
        updated = change["updateDescription"]["updatedFields"]
        entry = updated.get(f"history.{entries[post_id]}")
        entries[post_id] += entry is not None
        if "status" in updated:
            assert entry is not None
            assert (entry["was"], entry["now"]) == (moves[post_id][-1].value, updated["status"])
            moves[post_id].append(PostStatus(updated["status"]))
    return moves


CODES = {190, 341, 368, 613, 2207001, 2207051, 2207052, 4279004, 4279009, 4279013}


def test_one_classifier() -> None:
    """Threads' error codes are named in the table of the classifier and nowhere else outside the sandbox."""
    naming = {
        _name(path)
        for path in _product()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in CODES
    }
    assert naming == {"core/domain/threads_codes.py"}
    assert _defining("classify") == ["core/domain/classifier.py"]


def test_one_retry_policy() -> None:
    """Whether and when a failed call is made again is decided in one module."""
    deciding = [_name(path) for path in _product() if {"RetryAt", "GiveUp"} & _calls_in(_tree(path))]
    assert deciding == ["core/domain/retry.py"]
    assert _defining("decide") == ["core/domain/retry.py"]


def test_one_counter() -> None:
    """How long a text is for Threads is counted in one module; everyone else asks it."""
    assert _defining("count_text") == ["core/domain/text.py"]
    assert _defining("judge_length") == ["core/domain/text.py"]
    defining = [
        _name(path)
        for path in _product()
        for node in _tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and "TEXT_LIMIT" in ast.unparse(node).split("=")[0]
        if "ALT" not in ast.unparse(node)
    ]
    assert defining == ["core/domain/text.py"]


def test_one_content_hash() -> None:
    """When two posts are the same is decided in one function."""
    assert _defining("content_hash") == ["core/domain/duplicates.py"]


@pytest.mark.parametrize("folder", [*PACKAGES, "tests"])
def test_files_are_short(folder: str) -> None:
    """No file has more than 300 lines."""
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _sources(folder)}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("folder", PACKAGES)
def test_functions_are_short(folder: str) -> None:
    """No function has more than 40 lines below its docstring."""
    long = [
        f"{_name(path)}: {function.name}"
        for path in _sources(folder)
        for function in _functions(path)
        if _lines(function) > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_no_module_for_everything() -> None:
    """No module is called by a name under which anything could stand."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [_name(path) for path in _sources(*PACKAGES) if path.stem in vague] == []


def test_imports_keep_their_direction() -> None:
    """The contracts of the layers are kept."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own tool
    assert done.returncode == 0, done.stdout


def test_every_test_says_what_it_shows() -> None:
    """Each test has a docstring of its own."""
    silent = [
        f"{_name(path)}: {function.name}"
        for path in _tests()
        for function in _functions(path)
        if function.name.startswith("test_") and not ast.get_docstring(function)
    ]
    assert silent == []


def test_no_test_waits_for_a_fixed_time() -> None:
    """A test waits for what it is about: it sleeps nowhere but between two looks at it."""
    sleeping = [f"{_name(path)}:{call.lineno}" for path in _tests() for call in _sleeps(_tree(path))]
    assert sleeping == []


def _product() -> list[Path]:
    return [path for path in _sources(*PACKAGES) if not path.is_relative_to(ROOT / "core" / "local")]


def _defining(function: str) -> list[str]:
    return [_name(path) for path in _product() if function in {each.name for each in _functions(path)}]


def _subscripts(tree: ast.AST) -> set[str]:
    """Of expressions such as ``database["posts"]``."""
    return {
        text for node in ast.walk(tree) if isinstance(node, ast.Subscript) for text in _texts_in(node.slice)
    }


def _calls_on(tree: ast.AST, attribute: str) -> Iterator[ast.Call]:
    """Calls whose object or arguments are ``self.<attribute>``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            parts = [node.func, *node.args]
            if any(
                isinstance(each, ast.Attribute) and each.attr == attribute
                for part in parts
                for each in ast.walk(part)
            ):
                yield node


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def _sleeps(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls of sleep that are not part of a loop."""
    looping = {call for loop in ast.walk(tree) if isinstance(loop, ast.While) for call in ast.walk(loop)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node not in looping and ast.unparse(node.func).endswith("sleep"):
            yield node
