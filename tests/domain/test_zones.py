"""What a person may call a time zone, and which moment a local time means when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import AutopostError
from core.domain.zones import UnknownZoneError, describe, resolve_local, zone, zone_label

CHANGING = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo")
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001 - local times are the subject


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        ("asia/ho chi minh", "Asia/Ho_Chi_Minh"),
        ("Hà Nội", "Asia/Ho_Chi_Minh"),
        ("Saigon", "Asia/Ho_Chi_Minh"),
        ("Việt Nam", "Asia/Ho_Chi_Minh"),
        ("TP. HCM", "Asia/Ho_Chi_Minh"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("GMT+7", "Etc/GMT-7"),
        ("UTC+07:00", "Etc/GMT-7"),
        ("utc -3", "Etc/GMT+3"),
        ("UTC+0", "UTC"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(name: str, key: str) -> None:
    """IANA names in any case, cities, Vietnam's usual names and whole hours are understood."""
    assert zone(name).key == key


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Asia/Ho_Chi_Min", "did you mean Asia/Ho_Chi_Minh?"),
        ("Berln", "did you mean Europe/Berlin?"),
        ("Mars", "write for example Asia/Ho_Chi_Minh"),
        ("../../etc/passwd", "write for example Asia/Ho_Chi_Minh"),
        ("UTC+5:30", "a city such as Asia/Kolkata"),
        ("UTC+15", "from UTC-12 to UTC+14"),
        (" ", "is empty"),
        ("x" * 100_000, "write for example"),
    ],
)
def test_an_unknown_zone_is_refused_with_a_remedy(name: str, remedy: str) -> None:
    """The error is a short sentence for people, with the nearest name where there is one."""
    with pytest.raises(UnknownZoneError, match=r"time zone") as refused:
        zone(name)
    assert remedy in str(refused.value)
    assert len(str(refused.value)) < 160
    assert isinstance(refused.value, AutopostError)
    assert isinstance(refused.value, ValueError)


def test_an_hour_offset_is_shown_as_it_was_typed() -> None:
    """IANA's Etc names have their sign turned round; people never see them."""
    assert zone_label(zone("UTC+7")) == "UTC+7"
    assert zone_label(zone("GMT-3")) == "UTC-3"
    assert zone_label(zone("Hanoi")) == "Asia/Ho_Chi_Minh"
    assert zone("UTC+7").utcoffset(local("2026-01-01")) == timedelta(hours=7)


@pytest.mark.parametrize(
    ("name", "naive", "utc", "note"),
    [
        ("Europe/London", "2026-03-29 01:30", "2026-03-29 01:30", "02:30 is used"),
        ("America/New_York", "2026-03-08 02:00", "2026-03-08 07:00", "03:00 is used"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", "02:45 is used"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00", "01:00 is used"),
    ],
)
def test_a_time_that_does_not_exist_moves_forward_by_the_gap(
    name: str, naive: str, utc: str, note: str
) -> None:
    """Where the clocks are put forward over a local time, it moves by as much, and says so."""
    found = resolve_local(local(naive), zone(name))
    assert (found.at, found.gap, found.ambiguous) == (local(utc).replace(tzinfo=UTC), True, False)
    assert found.note.endswith(note)


@pytest.mark.parametrize(
    ("name", "naive", "utc"),
    [
        ("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30"),
        ("America/New_York", "2026-11-01 01:00", "2026-11-01 05:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
    ],
)
def test_of_a_time_that_comes_twice_the_first_is_taken(name: str, naive: str, utc: str) -> None:
    """Where the clocks are put back over a local time, the first of the two moments is meant."""
    found = resolve_local(local(naive), zone(name))
    assert (found.at, found.gap, found.ambiguous) == (local(utc).replace(tzinfo=UTC), False, True)
    assert found.note.endswith("the first is used")


def test_the_note_is_ready_to_be_read() -> None:
    """A person reads which time, on which day, in which zone."""
    note = resolve_local(local("2026-03-29 01:30"), zone("London")).note
    assert note == "01:30 does not exist on 29 Mar 2026 (Europe/London): 02:30 is used"


@given(MOMENTS, st.sampled_from(CHANGING), st.integers(0, 1))
def test_a_local_time_is_what_the_clock_shows_unless_there_is_a_gap(
    naive: datetime, name: str, fold: int
) -> None:
    """The moment shows the given time on the zone's clock; in a gap it shows a later one, by two hours at most."""
    where = ZoneInfo(name)
    found = resolve_local(naive.replace(fold=fold), where)
    shown = found.at.astimezone(where).replace(tzinfo=None, fold=0)
    assert (shown == naive) is not found.gap
    assert timedelta(0) <= shown - naive <= timedelta(hours=2)
    assert bool(found.note) is (found.gap or found.ambiguous)
    assert found.at.tzinfo is UTC


def test_a_time_with_a_zone_is_refused() -> None:
    """A moment is no local time."""
    with pytest.raises(ValueError, match="without a zone"):
        resolve_local(datetime.now(UTC), zone("UTC"))


def test_the_ends_of_the_calendar_are_refused_in_a_sentence() -> None:
    """A date that UTC cannot express is a ValueError, as any other wrong date."""
    with pytest.raises(ValueError, match="year 9999 is out of reach"):
        resolve_local(local("9999-12-31 23:00"), zone("New York"))
    with pytest.raises(ValueError, match="year 1 is out of reach"):
        resolve_local(local("0001-01-01 00:00"), zone("Hanoi"))


def test_a_moment_is_described_on_the_local_clock() -> None:
    """Weekday, date, time and zone, as a person of that zone reads them."""
    moment = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
    assert describe(moment, zone("Hanoi")) == "Mon 7 Dec 2026 09:00 (Asia/Ho_Chi_Minh)"
    assert describe(moment, zone("UTC-3")) == "Sun 6 Dec 2026 23:00 (UTC-3)"
