"""Who did something, as a history keeps and tells it."""

from __future__ import annotations

import pytest

from core.domain.actors import name_of_actor, names_of_actors, telegram_actor


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Linh", "telegram:1001:Linh"),
        ("", "telegram:1001:"),
        (" Nguyễn\n Linh\u202e\x00 ", "telegram:1001:Nguyễn Linh"),
        ("a:b", "telegram:1001:a:b"),
        ("x" * 500, f"telegram:1001:{'x' * 64}"),
    ],
)
def test_what_is_kept_of_a_person(name: str, kept: str) -> None:
    """The id and the name on one line, of bounded length."""
    assert telegram_actor("1001", name) == kept


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("telegram:1001:Linh", "Linh"),
        ("telegram:1001:a:b", "a:b"),
        ("telegram:1001:", "1001"),
        ("telegram:Linh", "Linh"),
        ("telegram:1001", "1001"),
        ("cli:linh", "linh"),
        ("worker", "worker"),
        ("", ""),
    ],
)
def test_what_people_read(who: str, name: str) -> None:
    """The name, of entries without an id too."""
    assert name_of_actor(who) == name
    assert names_of_actors([who]) == {who: name}


def test_two_of_one_name_are_told_apart() -> None:
    """Both have their ids behind the name; everybody else has the name alone."""
    everybody = ["telegram:1:Linh", "telegram:2:Linh", "telegram:3:Minh", "cli:root", "telegram:1:Linh"]
    assert list(names_of_actors(everybody).values()) == ["Linh (1)", "Linh (2)", "Minh", "root"]
