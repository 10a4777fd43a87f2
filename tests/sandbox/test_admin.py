"""``/sandbox/``: what tests set and ask."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sandbox_user import body, new_user, settings


async def test_an_account_is_made_once(http: httpx.AsyncClient) -> None:
    """Asking for the same name again gives the same account and the same token; other names others."""
    first, second = await new_user(http, "An"), await new_user(http, "@an")
    assert (first.user_id, first.token) == (second.user_id, second.token)
    assert (await new_user(http, "binh")).user_id != first.user_id


async def test_an_account_gets_a_new_token_when_the_old_one_dies(http: httpx.AsyncClient) -> None:
    """The token that is handed out is good for a day at least."""
    first = await new_user(http, "an")
    body(await http.post("/sandbox/clock", json={"advance_seconds": 59.5 * 86400}))
    second = await new_user(http, "an")
    assert second.token != first.token
    assert (await second.get("me")).status_code == 200


@pytest.mark.parametrize(
    "values", [{}, {"username": ""}, {"username": "có dấu"}, {"username": "x" * 31}, [1]]
)
async def test_a_wrong_name_is_explained(http: httpx.AsyncClient, values: Any) -> None:
    """One sentence, HTTP 400."""
    response = await http.post("/sandbox/accounts", json=values)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


async def test_settings_are_changed_one_by_one(http: httpx.AsyncClient) -> None:
    """What is not named stays; a number sets the processing time of every kind."""
    await settings(http, processing_seconds={"video": 9})
    changed = await settings(http, feed_lag_seconds=1.5)
    assert changed["processing_seconds"] == {"text": 0, "image": 0, "video": 9, "carousel": 0}
    assert changed["feed_lag_seconds"] == 1.5
    assert set((await settings(http, processing_seconds=3))["processing_seconds"].values()) == {3}


@pytest.mark.parametrize(
    "values",
    [
        {"procesing_seconds": 1},
        {"second_publish": "maybe"},
        {"locale": 7},
        {"client_id": 7},
        {"post_quota": "many"},
        {"post_quota": -1},
        {"feed_lag_seconds": True},
        {"processing_seconds": {"film": 1}},
        {"processing_seconds": "long"},
        {"redirect_uris": "https://a.vn"},
    ],
)
async def test_a_wrong_setting_changes_nothing(http: httpx.AsyncClient, values: dict[str, Any]) -> None:
    """It is named in the answer, and the others of the same call are not taken."""
    before = body(await http.get("/sandbox/settings"))
    response = await http.post("/sandbox/settings", json={"locale": "vi", **values})
    assert response.status_code == 400
    assert next(iter(values)) in response.json()["error"]
    assert body(await http.get("/sandbox/settings")) == before


@pytest.mark.parametrize("seconds", [None, "1", -1, True])
async def test_the_clock_goes_only_forward(http: httpx.AsyncClient, seconds: Any) -> None:
    """Anything but a number of seconds is refused."""
    response = await http.post("/sandbox/clock", json={"advance_seconds": seconds})
    assert response.status_code == 400
