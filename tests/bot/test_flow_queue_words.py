"""What may be typed behind /queue."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cards.queue import Kind, Listing
from bot.flows.queue_query import read_query
from bot.wording import Words
from bot.wording.catalogue import TEXTS
from builders import an_account

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""Three in the morning of Wednesday the 25th in Hanoi."""
HANOI = an_account(id="a1", name="shop-hanoi", username="shop.hanoi")
SAIGON = an_account(id="a2", name="shop-saigon", username="shop.saigon")
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Listing()),
        ("drafts", Listing(kind=Kind.DRAFTS)),
        ("BẢN NHÁP", Listing(kind=Kind.DRAFTS)),
        ("đã đăng hôm nay", Listing(kind=Kind.PUBLISHED, first_day=TODAY)),
        ("today", Listing(first_day=TODAY)),
        ("tomorrow @shop.saigon", Listing(first_day=date(2026, 11, 26), account_id="a2")),
        ("shop-hanoi this week", Listing(first_day=date(2026, 11, 23), days=7, account_id="a1")),
        ("tuần này", Listing(first_day=date(2026, 11, 23), days=7)),
        ("2026-12-24", Listing(first_day=date(2026, 12, 24))),
        ("24/12 lỗi", Listing(kind=Kind.FAILED, first_day=date(2026, 12, 24))),
        ("1.1.", Listing(first_day=date(2027, 1, 1))),
        ("31.2.", Listing(text="31.2.")),
        ("pho & bánh mì", Listing(text="pho & bánh mì")),
        ("drafts   pho  today", Listing(kind=Kind.DRAFTS, first_day=TODAY, text="pho")),
        ("undrafted shop-hanoian", Listing(text="undrafted shop-hanoian")),
        ("(.*", Listing(text="(.*")),
    ],
)
def test_states_days_and_accounts_are_understood(typed: str, meant: Listing) -> None:
    """In either language and any order; what is left is sought in the texts."""
    words = Words(TEXTS, "en", ZoneInfo("Asia/Ho_Chi_Minh"), NOW)
    assert read_query(typed, [HANOI, SAIGON], words) == meant
