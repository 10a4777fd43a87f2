"""People whom the settings name: an owner, and a viewer of shop-hanoi."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.access import Person
from core.services.people import People

OWNER, VIEWER = "111", "333"


@pytest.fixture
def environment() -> dict[str, Any]:
    return {"telegram_allowed_users": f"{OWNER}:owner, {VIEWER}:viewer@shop-hanoi"}


@pytest.fixture
async def owner(people: People) -> Person:
    return await admitted(people, OWNER)


async def admitted(people: People, person_id: str) -> Person:
    """The person, who has come by."""
    person = await people.admit(person_id, name=f"Person {person_id}")
    assert person is not None
    return person
