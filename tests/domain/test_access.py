"""Roles and rights, the list of people in the settings, and when a digest is due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.access import (
    ALL_RIGHTS,
    Grant,
    Noise,
    NoticeKind,
    Person,
    Rights,
    Role,
    digest_due,
    parse_allowed_users,
)
from core.domain.errors import RefusedError, SettingsError
from core.domain.zones import zone

HANOI = "Asia/Ho_Chi_Minh"
MONDAY_NINE = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rights", "seen", "edited", "owned"),
    [
        (ALL_RIGHTS, True, True, True),
        (Rights(Role.EDITOR), True, True, False),
        (Rights(Role.VIEWER), True, False, False),
        (Rights(on={"a": Role.OWNER}), True, True, True),
        (Rights(on={"a": Role.EDITOR}), True, True, False),
        (Rights(Role.VIEWER, {"a": Role.EDITOR}), True, True, False),
        (Rights(Role.EDITOR, {"a": Role.VIEWER}), True, True, False),
        (Rights(on={"b": Role.OWNER}), False, False, False),
        (Rights(), False, False, False),
    ],
)
def test_what_rights_suffice_for(rights: Rights, seen: bool, edited: bool, owned: bool) -> None:  # noqa: FBT001  # a table
    """A role includes those before it; the greater of that on all accounts and that on one counts."""
    assert [rights.may(role, "a") for role in Role] == [seen, edited, owned]


def test_a_role_on_one_account_is_none_on_all() -> None:
    """What needs a role without an account is for those who have it on all of them."""
    local = Rights(on={"a": Role.OWNER})
    assert not local.may(Role.VIEWER)
    assert local.somewhere(Role.OWNER)
    assert not Rights(on={"a": Role.VIEWER}).somewhere(Role.EDITOR)
    assert (local.accounts, Rights(Role.VIEWER).accounts) == (frozenset({"a"}), None)


@pytest.mark.parametrize(
    ("rights", "role", "account", "sentence"),
    [
        (Rights(Role.VIEWER), Role.EDITOR, "a", "may look at this account but not change"),
        (Rights(Role.EDITOR), Role.OWNER, "a", "Only an owner of this account"),
        (Rights(), Role.EDITOR, "a", "may not see this account"),
        (Rights(on={"a": Role.OWNER}), Role.OWNER, None, "Only an owner of all accounts"),
    ],
)
def test_refusals_say_what_is_missing(rights: Rights, role: Role, account: str | None, sentence: str) -> None:
    """The sentence is about what the person lacks, and sends them to an owner."""
    with pytest.raises(RefusedError, match=sentence) as refused:
        rights.require(role, account)
    assert "owner" in str(refused.value) or "ask one" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", {}),
        (" , ;\n ", {}),
        ("111", {"111": Grant(Role.OWNER)}),
        ("111:owner, 222:Editor;333=viewer", {
            "111": Grant(Role.OWNER), "222": Grant(Role.EDITOR), "333": Grant(Role.VIEWER),
        }),
        ("333 : viewer @ shop-hanoi+Shop-Saigon", {"333": Grant(Role.VIEWER, ("shop-hanoi", "shop-saigon"))}),
        ("0111:editor", {"111": Grant(Role.EDITOR)}),
        ("1:editor@quán-phở", {"1": Grant(Role.EDITOR, ("quán-phở",))}),
    ],
)  # fmt: skip
def test_the_list_of_people(text: str, people: dict[str, Grant]) -> None:
    """Ids with roles, and with the accounts on which they hold; an id alone is an owner; nothing is nobody."""
    assert parse_allowed_users(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "linh",
        "@linh:owner",
        "111:admin",
        "111:owner@",
        "111:owner@+",
        "111:owner@a++b",
        "111:owner@a b",
        "0",
        "-111:owner",
        "１１１:owner",
        "111 222",
        "111:owner:editor",
        "111:viewer, 111:owner",
        "1" * 21,
    ],
)
def test_what_no_list_of_people_is(text: str) -> None:
    """Nobody gets more than was meant because an entry was misread: it is an error that names it."""
    with pytest.raises(SettingsError, match="TELEGRAM_ALLOWED_USERS"):
        parse_allowed_users(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands there, the ids are ASCII digits and nothing else is raised."""
    try:
        people = parse_allowed_users(text)
    except SettingsError:
        return
    assert all(person_id.isascii() and person_id.isdigit() for person_id in people)


@pytest.mark.parametrize(
    ("now", "zone_name", "at", "expected"),
    [
        (MONDAY_NINE, HANOI, time(9), MONDAY_NINE + timedelta(days=1)),
        (MONDAY_NINE, HANOI, time(9, 1), MONDAY_NINE + timedelta(minutes=1)),
        (MONDAY_NINE, None, time(8), MONDAY_NINE + timedelta(hours=23)),
        (MONDAY_NINE, "America/New_York", time(21), MONDAY_NINE + timedelta(days=1)),
        (
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            "Europe/Berlin",
            time(2, 30),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
            "Europe/Berlin",
            time(2, 30),
            datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
        ),
    ],
)
def test_when_a_digest_is_due(now: datetime, zone_name: str | None, at: time, expected: datetime) -> None:
    """At the next such local time, across changes of the clocks: later in a gap, the first of two."""
    person = Person(id="1", zone=zone_name, digest_at=at)
    assert digest_due(person, now, HANOI) == expected


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds
    st.sampled_from([HANOI, "America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.times(),
)
def test_a_digest_is_due_within_two_days(now: datetime, zone_name: str, at: time) -> None:
    """It is always ahead, and never skips more than a day that the clocks have eaten."""
    due = digest_due(Person(id="1", zone=zone_name, digest_at=at), now, HANOI)
    assert due is not None
    assert timedelta() < due - now <= timedelta(hours=49)
    assert due.tzinfo is UTC
    assert zone(zone_name)


def test_without_an_hour_there_is_no_digest() -> None:
    """A person who names no time gets none."""
    assert digest_due(Person(id="1"), MONDAY_NINE, HANOI) is None


def test_noise_has_defaults() -> None:
    """What a person has not chosen is on, and silent where nothing has to be done."""
    person = Person(id="1", noise={NoticeKind.FAILED: Noise.OFF})
    assert person.noise_of(NoticeKind.FAILED) is Noise.OFF
    assert person.noise_of(NoticeKind.PUBLISHED) is Noise.SILENT
    assert person.noise_of(NoticeKind.OUTCOME_UNKNOWN) is Noise.ON
