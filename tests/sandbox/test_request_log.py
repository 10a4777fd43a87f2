"""The request log: the judge of lateness and duplicates."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx
from sandbox_user import SandboxUser, arm, body, log

TEXT = {"media_type": "TEXT", "text": "chào"}


async def test_a_publish_is_logged_to_the_fraction_of_a_millisecond(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """The moment of arrival lies between sending and answer, and the entry says who did what."""
    container_id = await an.create(**TEXT)
    sent = time.time_ns() / 1e6
    media_id = body(await an.post("me/threads_publish", creation_id=container_id))["id"]
    done = time.time_ns() / 1e6
    (entry,) = await log(http, "threads_publish")
    assert sent < entry["received_at_ms"] < entry["answered_at_ms"] < done
    assert entry["received_at_ms"] % 1 != 0
    assert entry["method"] == "POST"
    assert entry["path"] == "/v1.0/me/threads_publish"
    assert (entry["user_id"], entry["username"]) == (an.user_id, "an")
    assert (entry["creation_id"], entry["media_id"]) == (container_id, media_id)
    assert (entry["status"], entry["code"], entry["fault"]) == (200, None, None)


async def test_the_clock_of_the_sandbox_does_not_move_the_log(
    an: SandboxUser, http: httpx.AsyncClient
) -> None:
    """Arrival is the machine's time, whatever the sandbox's clock says."""
    body(await http.post("/sandbox/clock", json={"advance_seconds": 1_000_000}))
    await an.say("chào")
    (entry,) = await log(http, "threads_publish")
    assert abs(entry["received_at_ms"] - time.time() * 1000) < 60_000


async def test_every_call_is_logged_whatever_became_of_it(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Refused, unreadable, unauthorised and faulty calls are all there, with code and status."""
    root = await an.say("gốc")
    await an.post("me/threads", **TEXT, reply_to_id=root)
    await an.post("me/threads_publish", creation_id="1")
    await http.post("/me/threads", content="{", headers={"Content-Type": "application/json"})
    await arm(http, "blocked")
    await http.post("/me/threads_publish", data={"creation_id": "2"})
    await http.post("/me/threads_publish", data={"creation_id": "2"})
    entries = (await log(http, ""))[-5:]
    assert [(entry["operation"], entry["status"], entry["code"]) for entry in entries] == [
        ("create", 200, None),
        ("publish", 400, 24),
        ("create", 400, 100),
        ("publish", 403, 4),
        ("publish", 400, 190),
    ]
    assert entries[0]["reply_to_id"] == root
    assert [entry["fault"] for entry in entries] == [None, None, None, "blocked", None]
    assert entries[4]["username"] is None


async def test_the_log_is_asked_by_path_time_and_user(
    an: SandboxUser, binh: SandboxUser, http: httpx.AsyncClient
) -> None:
    """``path`` is a part of the path or an operation, ``since`` is inclusive, ``user`` a name or an id."""
    await an.say("một")
    await binh.say("hai")
    first, second = await log(http, "threads_publish")
    assert await log(http, "publish") == [first, second]

    async def asked(**query: str) -> list[int]:
        query = {"path": "threads_publish", **query}
        return [entry["seq"] for entry in body(await http.get("/sandbox/log", params=query))["requests"]]

    assert await asked(since=str(second["received_at_ms"])) == [second["seq"]]
    assert await asked(user="an") == [first["seq"]]
    assert await asked(user=binh.user_id) == [second["seq"]]
    assert (await http.get("/sandbox/log", params={"since": "yesterday"})).status_code == 400


async def test_no_token_and_no_text_is_logged(
    an: SandboxUser, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Neither the answer of the log nor its table holds a token or what was written."""
    secret_text = "bí mật của quán"
    await an.say(secret_text)
    await an.read("me")
    answer = (await http.get("/sandbox/log")).text
    assert an.token not in answer
    with closing(sqlite3.connect(tmp_path / "sandbox" / "sandbox.sqlite3")) as database:
        rows = str(database.execute("SELECT * FROM requests").fetchall())
    assert an.username in rows
    assert an.token not in rows
    assert secret_text not in rows
