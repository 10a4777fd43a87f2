"""Times that are offered: daily slots and quick choices."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.slots import next_free_slot, quick_times

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
SLOTS = (time(9), time(12), time(19, 30))


def at(text: str, zone: ZoneInfo = HANOI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], "2026-11-23 19:30"),
        (["2026-11-23 19:30"], "2026-11-24 09:00"),
        (["2026-11-23 19:01"], "2026-11-24 09:00"),
        (["2026-11-23 19:59:59"], "2026-11-24 09:00"),
        (["2026-11-23 19:00", "2026-11-23 20:00"], "2026-11-23 19:30"),
        (["2026-11-24 12:10", "2026-11-23 19:30", "2026-11-24 08:45"], "2026-11-24 19:30"),
    ],
)
def test_the_next_slot_with_room_is_offered(taken: list[str], free: str) -> None:
    """A slot is free when nothing is planned nearer than the gap; exactly the gap away is far enough."""
    found = next_free_slot([at(moment) for moment in taken], at("2026-11-23 15:00"), HANOI, slots=SLOTS)
    assert found == at(free)
    assert found.tzinfo is UTC


def test_a_slot_that_is_now_has_passed() -> None:
    """The offer lies in the future."""
    assert next_free_slot([], at("2026-11-23 19:30"), HANOI, slots=SLOTS) == at("2026-11-24 09:00")


def test_slots_are_local_across_a_change_of_the_clocks() -> None:
    """A slot that does not exist on a day is moved forward as any other local time."""
    found = next_free_slot([], at("2027-03-28 01:00", BERLIN), BERLIN, slots=(time(2, 30),))
    assert found == at("2027-03-28 03:30", BERLIN)


@given(st.lists(st.integers(0, 20_000), max_size=300))
def test_an_offer_keeps_its_distance(minutes: list[int]) -> None:
    """Whatever is planned, the offer is a slot of the day, and no earlier slot was free."""
    now = at("2026-11-23 15:00")
    taken = [now + timedelta(minutes=minute) for minute in minutes]
    found = next_free_slot(taken, now, HANOI, slots=SLOTS)
    assert found.astimezone(HANOI).time() in SLOTS
    assert all(abs(moment - found) >= timedelta(minutes=30) for moment in taken)
    days = (found - now).days + 2
    slots = (
        datetime.combine(now.date() + timedelta(day), slot, HANOI) for day in range(days) for slot in SLOTS
    )
    for slot in slots:
        if now < slot < found:
            assert any(abs(moment - slot) < timedelta(minutes=30) for moment in taken)


@pytest.mark.parametrize(
    ("now", "choices"),
    [
        (
            "2026-11-23 15:00",
            {"hour": "2026-11-23 16:00", "tonight": "2026-11-23 19:00", "tomorrow": "2026-11-24 09:00"},
        ),
        (
            "2026-11-23 15:00:01",
            {"hour": "2026-11-23 16:05", "tonight": "2026-11-23 19:00", "tomorrow": "2026-11-24 09:00"},
        ),
        (
            "2026-11-23 18:45",
            {"hour": "2026-11-23 19:45", "tonight": "2026-11-23 19:00", "tomorrow": "2026-11-24 09:00"},
        ),
        ("2026-11-23 18:46", {"hour": "2026-11-23 19:50", "tomorrow": "2026-11-24 09:00"}),
        ("2026-11-23 23:58", {"hour": "2026-11-24 01:00", "tomorrow": "2026-11-24 09:00"}),
    ],
)
def test_quick_choices_make_sense_now(now: str, choices: dict[str, str]) -> None:
    """In an hour, at whole five minutes; tonight while a quarter of an hour is left; tomorrow morning."""
    found = quick_times(at(now), HANOI)
    assert {choice.key: choice.at for choice in found} == {key: at(text) for key, text in choices.items()}
    assert all(choice.at.tzinfo is UTC for choice in found)
