"""Who may do what: every method of every service, for every role, on MongoDB."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final, cast, get_type_hints

import pytest
from guarded_calls import CALLS
from guarded_case import DAY, Case

from core.adapters.mongo.client import Database
from core.bootstrap import Core, GuardedServices
from core.domain.access import Role
from core.domain.errors import ConflictError, NotFoundError, RefusedError, WorkbookError
from core.domain.post import Content
from core.ports import PostFilter
from services.admitting import admitted
from stories.calendar_file import REPEATING, workbook
from stories.fixtures import WHO, Shop

HANOI, SAIGON = "shop-hanoi", "shop-saigon"
PEOPLE: Final[dict[str, tuple[Role, tuple[str, ...]]]] = {
    "1": (Role.OWNER, (HANOI, SAIGON)),
    "2": (Role.EDITOR, (HANOI, SAIGON)),
    "3": (Role.VIEWER, (HANOI, SAIGON)),
    "4": (Role.OWNER, (HANOI,)),
    "5": (Role.EDITOR, (HANOI,)),
    "6": (Role.VIEWER, (HANOI,)),
    "7": (Role.OWNER, ()),
}
"""By id: the role, and the accounts on which they have it."""
EVERYWHERE: Final = {"1", "2", "3"}
PERSONAL: Final = {"composing", "uploads"}
RANK: Final = list(Role)
BOT: Final = Path(__file__).parents[2] / "bot"
WITHOUT_TRACE: Final = {"spreadsheets.check", "accounts.remove"}
"""They change nothing here even for an owner: a check, and an account for which posts wait."""


@pytest.fixture
def environment() -> dict[str, Any]:
    single = f"4:owner@{HANOI}, 5:editor@{HANOI}, 6:viewer@{HANOI}, 7:owner@unknown"
    return {"telegram_allowed_users": f"1:owner, 2:editor, 3:viewer, {single}"}


async def _acting(shop: Shop, person_id: str) -> Core:
    core = shop.engine.core
    return await core.acting(await admitted(core.people, person_id))


def _may(person_id: str, account: str, name: str) -> bool:
    role, accounts = PEOPLE[person_id]
    enough = RANK.index(role) >= RANK.index(CALLS[name].role)
    return enough and (person_id in EVERYWHERE if CALLS[name].everywhere else account in accounts)


async def _stored(database: Database) -> list[list[Any]]:
    return [
        await database[name].find().sort("_id", 1).to_list(None) for name in ("posts", "accounts", "series")
    ]


async def _got(case: Case, name: str, subject: Any) -> bool:
    """Whether the call gave anything or was refused for the lack of rights; other errors are errors."""
    try:
        got = await CALLS[name].act(case, subject)
    except NotFoundError:
        return False
    except (RefusedError, WorkbookError) as error:
        if "owner" in str(error) or case.account.name in str(error):
            return False
        raise
    return got is None or bool(got)


def test_the_table_is_complete() -> None:
    """Each public method of the services that ask for rights stands in it.

    Left out are the names that a workbook holds, and what belongs to one person each.
    """
    methods = {
        f"{service}.{name}"
        for service, kind in cast("dict[str, type]", get_type_hints(GuardedServices)).items()
        for name in vars(kind)
        if not name.startswith("_") and service not in PERSONAL
    }
    assert methods - {"rehearsal.account_names"} == set(CALLS)


def test_what_people_tap_goes_through_the_services() -> None:
    """The flows and cards of the bot reach no post, account, series or import behind the rights."""
    stores = "posts|accounts|series|batches|publications|agenda|people|invitations"
    behind = rf"\.stores\.({stores})\b|core\.(desk|publishing|parts|rehearsal)\b"
    sources = [path for folder in ("flows", "cards") for path in (BOT / folder).rglob("*.py")]
    assert sources
    assert [path.name for path in sources if re.search(behind, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", CALLS)
async def test_who_may(shop: Shop, other_shop: Shop, database: Database, name: str) -> None:
    """Whoever has the role on the account gets it; nobody else gets or changes anything."""
    for person_id in PEOPLE:
        core = await _acting(shop, person_id)
        for account in (shop.account, other_shop.account):
            case = Case(core, shop.engine.core, shop.threads, account)
            subject = await CALLS[name].on(case)
            before = await _stored(database)

            got = await _got(case, name, subject)

            assert got == _may(person_id, account.name, name), f"{PEOPLE[person_id]} on {account.name}"
            changed = await _stored(database) != before
            changes = CALLS[name].role is not Role.VIEWER and name not in WITHOUT_TRACE
            assert changed == (got and changes)


async def test_a_post_that_may_not_be_seen_is_a_missing_one(shop: Shop, other_shop: Shop) -> None:
    """Its id is answered in the very words that an id gets which nobody has."""
    core, post = await _acting(shop, "4"), await other_shop.draft("Hidden")
    attempts: list[Callable[[str], Awaitable[object]]] = [
        core.posts.get,
        lambda post_id: core.posts.delete(post_id, who=WHO),
        lambda post_id: core.posts.publish_now(post_id, who=WHO),
    ]
    for attempt in attempts:
        with pytest.raises(NotFoundError) as hidden:
            await attempt(post.id)
        with pytest.raises(NotFoundError) as missing:
            await attempt("nobody-has-it")
        assert str(hidden.value) == str(missing.value).replace("nobody-has-it", post.id)


async def test_rights_are_asked_first(shop: Shop, other_shop: Shop) -> None:
    """Whoever may not change a post does not learn either what else would stand in the way."""
    viewer, post = (await _acting(shop, "3")).posts, await other_shop.draft("Twice")
    await other_shop.schedule("Twice", DAY)
    past, soon = shop.engine.clock.now() - DAY, shop.engine.clock.now() + DAY
    attempts = [
        viewer.edit(post.id, Content(text="x" * 501), who=WHO),
        viewer.schedule(post.id, past, who=WHO),
        viewer.schedule(post.id, soon, who=WHO),
        viewer.publish_now(post.id, who=WHO),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError, match="may look at this account"):
            await attempt


async def test_no_filter_leads_to_other_accounts(shop: Shop, other_shop: Shop) -> None:
    """Asking for an account by id, alone or among others, finds no more than the rights show."""
    core = await _acting(shop, "6")
    mine, hidden = await shop.draft("Mine"), await other_shop.draft("Hidden")
    for which in (
        PostFilter(account_id=hidden.account_id),
        PostFilter(account_ids=[hidden.account_id]),
        PostFilter(ids=[hidden.id]),
        PostFilter(text="Hidden"),
    ):
        assert await core.posts.find(which) == []
        assert await core.posts.count(which) == {}
    both = PostFilter(account_ids=[mine.account_id, hidden.account_id])
    assert [post.id for post in await core.posts.find(both)] == [mine.id]
    assert await core.posts.find(PostFilter(account_ids=[])) == []


async def test_rights_end_with_the_name(shop: Shop, other_shop: Shop) -> None:
    """A grant is on names: an account that is linked later under one of them is included, a removed one not."""
    core, person = shop.engine.core, await admitted(shop.engine.core.people, "7")
    assert (await core.people.rights_of(person)).accounts == frozenset()

    added = await core.accounts.add("Unknown", await shop.threads.sign_up("unknown"), "UTC")
    assert (await core.people.rights_of(person)).accounts == {added.id}

    await core.accounts.remove("unknown")
    assert await (await core.acting(person)).accounts.list() == []
    assert other_shop.account.id not in (await core.people.rights_of(person)).on


async def test_rows_of_other_accounts_are_errors_of_their_rows(shop: Shop, other_shop: Shop) -> None:
    """The rows that the person may write are imported; the others say why not, an unseen one as unknown."""
    at = (shop.engine.clock.now() + DAY).replace(second=0, microsecond=0)
    rows = [
        (f"A{number}", name, at + number * DAY, f"Row {number}", None, None)
        for number, name in enumerate((HANOI, SAIGON))
    ]
    data = workbook(*rows)

    viewer, local = await _acting(shop, "3"), await _acting(shop, "5")
    check = await viewer.spreadsheets.check(data, "c.xlsx")
    imported = await local.spreadsheets.import_workbook(data, "c.xlsx", who=WHO)

    assert [error.row for error in check.report.errors] == [2, 3]
    with pytest.raises(RefusedError, match="may not import posts"):
        await viewer.spreadsheets.import_workbook(data, "c.xlsx", who=WHO)
    assert len(await shop.engine.core.spreadsheets.batches()) == 1
    assert "may look at shop-hanoi but not change its posts" in check.report.errors[0].cause
    assert (imported.batch.added, imported.batch.rejected) == (1, 1)
    (error,) = imported.check.report.errors
    assert (error.row, SAIGON in error.cause) == (3, True)
    assert await other_shop.engine.core.posts.find(PostFilter(account_id=other_shop.account.id)) == []


async def test_a_check_says_nothing_of_other_accounts(shop: Shop, other_shop: Shop) -> None:
    """An ID that belongs to a post or series there stands in nobody's way who may not see it."""
    sheets, local = shop.engine.core.spreadsheets, (await _acting(shop, "5")).spreadsheets
    at = (shop.engine.clock.now() + DAY).replace(second=0, microsecond=0)
    last = (at + DAY).date()

    def calendar(account: str) -> bytes:
        once = ("A1", account, at, "Once", None, None, None, None)
        return workbook(once, ("S1", account, at, "Daily", None, None, "DATE_RANGE", last), header=REPEATING)

    await sheets.import_workbook(calendar(other_shop.account.name), "c.xlsx", who=WHO)

    seen = (await sheets.check(calendar(HANOI), "c.xlsx")).report
    unseen = (await local.check(calendar(HANOI), "c.xlsx")).report

    assert ["on another account" in error.cause for error in seen.errors] == [True, True]
    assert (unseen.errors, unseen.warnings) == ((), ())


async def test_a_row_without_an_account_needs_a_default_that_is_seen(shop: Shop, other_shop: Shop) -> None:
    """Whoever does not see the default account is told to name one; naming it for the file is enough."""
    core = shop.engine.core
    await core.accounts.set_default(other_shop.account.name)
    data = workbook((None, None, shop.engine.clock.now() + DAY, "Whose?", None, None))
    local = await _acting(shop, "5")

    (error,) = (await local.spreadsheets.check(data, "c.xlsx")).report.errors
    named = await local.spreadsheets.check(data, "c.xlsx", account=HANOI)

    assert "not one of yours" in error.cause
    assert HANOI in error.remedy
    assert [plan.account.name for plan in named.plans] == [HANOI]
    with pytest.raises(NotFoundError, match=HANOI):
        await local.accounts.named(None)


async def test_an_import_on_several_accounts_is_undone_by_who_may_change_all(
    shop: Shop, other_shop: Shop
) -> None:
    """An editor of one of them sees the import and its posts there, and cannot take it back by halves."""
    core = shop.engine.core
    at = (shop.engine.clock.now() + DAY).replace(second=0, microsecond=0)
    data = workbook(("A1", HANOI, at, "One", None, None), ("A2", SAIGON, at, "Two", None, None))
    batch = (await core.spreadsheets.import_workbook(data, "c.xlsx", who=WHO)).batch
    local = (await _acting(shop, "5")).spreadsheets

    assert [post.account_id for post in await local.posts_of(batch.id)] == [shop.account.id]
    with pytest.raises(RefusedError, match="ask an owner to undo it"):
        await local.undo(batch.id, who=WHO)
    assert len(await core.spreadsheets.posts_of(batch.id)) == 2

    assert await (await _acting(shop, "2")).spreadsheets.undo(batch.id, who=WHO) == 2
    assert await other_shop.engine.core.spreadsheets.posts_of(batch.id) == []


async def test_a_post_is_created_once_by_its_id(shop: Shop, other_shop: Shop) -> None:
    """Again by the same person it is the post as it is by now; anybody else is told that the id is taken."""
    posts, content = shop.engine.core.posts, Content(text="Once")
    first = await posts.create(shop.account, content, who=WHO, post_id="from-a-card")
    moved = await posts.schedule("from-a-card", shop.engine.clock.now() + DAY, who=WHO)

    again = await posts.create(shop.account, content, who=WHO, post_id="from-a-card")

    assert (first.post.id, again.post.status) == ("from-a-card", moved.status)
    with pytest.raises(ConflictError, match="belongs to another post"):
        await posts.create(shop.account, content, who="telegram:somebody", post_id="from-a-card")
    with pytest.raises(ConflictError, match="belongs to another post"):
        await (await _acting(shop, "5")).posts.create(
            shop.account, content, who=WHO, post_id=(await other_shop.draft("Hidden")).id
        )
    assert len(await posts.find(PostFilter(account_id=shop.account.id))) == 1
