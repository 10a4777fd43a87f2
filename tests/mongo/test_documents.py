"""What is stored comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import bson
import pytest
from bson import BSON
from bson.codec_options import CodecOptions
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.control import reject

from builders import a_post, an_account
from core.adapters.mongo.codec import from_document, to_document
from core.adapters.mongo.documents import changes, document_of, post_document, value_of
from core.domain.access import Invitation, Person
from core.domain.account import Account
from core.domain.batch import Batch
from core.domain.composition import Composition
from core.domain.conversation import Card, Letter
from core.domain.post import Post
from core.domain.publication import Publication
from core.domain.series import Series
from core.domain.upload import Upload

_IN_UTC: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True, tzinfo=UTC)
_moments = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
st.register_type_strategy(datetime, _moments)
st.register_type_strategy(timedelta, st.timedeltas(timedelta(0), timedelta(days=30)))


@pytest.mark.parametrize(
    "kind", [Post, Series, Batch, Publication, Person, Invitation, Composition, Card, Letter, Upload]
)
@given(data=st.data())
def test_every_value_survives_bson(kind: type[Any], data: st.DataObject) -> None:
    """Any value is the same after it was mapped, encoded as BSON, decoded and mapped back."""
    value = data.draw(st.from_type(kind))
    try:
        stored = BSON.encode(document_of(value)).decode(_IN_UTC)
    except OverflowError:
        reject()  # BSON has no integers above 64 bits, and neither have we
    assert value_of(kind, stored) == value


@given(st.from_type(Account))
def test_an_account_survives_mapping(account: Account) -> None:
    """An account is the same after it was mapped and mapped back."""
    assert value_of(Account, document_of(account)) == account


def test_a_token_cannot_be_stored_in_the_clear() -> None:
    """BSON refuses an account whose token nobody has encrypted."""
    with pytest.raises(bson.InvalidDocument):
        bson.encode(document_of(an_account()))


@settings(max_examples=50)
@given(before=st.from_type(Post), after=st.from_type(Post))
def test_changes_lead_from_one_document_to_the_other(before: Post, after: Post) -> None:
    """Applying what changes says to the first document gives the second."""
    first, second = post_document(before), post_document(after)

    update = changes(first, second)

    kept = {name: value for name, value in first.items() if name not in update.get("$unset", {})}
    assert {**kept, **update.get("$set", {})} == second
    assert changes(second, second) == {}


def test_moments_are_cut_to_the_millisecond() -> None:
    """BSON keeps milliseconds: what is finer is cut off before it is compared or stored."""
    at = datetime(2026, 12, 7, 9, 0, 0, 123_999, tzinfo=UTC)
    assert to_document(a_post(due_at=at))["due_at"] == at.replace(microsecond=123_000)


def test_moments_without_a_zone_are_refused() -> None:
    """A naive time is an error of ours and reaches no document."""
    with pytest.raises(ValueError, match="no time zone"):
        to_document(a_post(due_at=datetime(2026, 12, 7, 9)))  # noqa: DTZ001 - the point of the test


def test_what_is_nothing_is_left_out() -> None:
    """None, False and empty fields are missing, so that partial indexes leave their documents out."""
    document = post_document(a_post())
    assert not {"due_at", "in_flight", "waits", "claim", "hold", "replies"} & document.keys()
    assert document["attempts"] == 0


def test_a_field_that_an_older_document_lacks_has_its_default() -> None:
    """Documents written before a field existed, or after one was dropped, can be read."""

    @dataclass(frozen=True)
    class Newer:
        id: str
        careful: bool = True

    assert from_document(Newer, {"id": "1", "dropped": 5}) == Newer("1")
    careless = replace(Newer("1"), careful=False)
    assert from_document(Newer, to_document(careless)) == careless
