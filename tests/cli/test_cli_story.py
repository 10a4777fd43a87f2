"""A day with the command line, as a newcomer would go through it."""

from __future__ import annotations

import itertools
import json
import signal
import urllib.request
from datetime import datetime
from pathlib import Path

from installed import Installation, eventually
from openpyxl import Workbook

from core.local.processes import Daemon

_HEADERS = ("ID", "Account", "Scheduled at", "Content")


def _calendar(path: Path, *rows: tuple[str | None, ...]) -> str:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (_HEADERS, *rows):
        sheet.append(row)
    workbook.save(path)
    return str(path)


def test_up_starts_everything_and_says_where_it_is(running: Installation) -> None:
    """After `up -d` all parts run, and the sandbox can be reached with the token that status shows."""
    status = running.json("status")
    assert status["running"]
    assert status["sandbox"]["url"].startswith("http://127.0.0.1:")
    assert status["sandbox"]["access_token"]
    assert {status[part]["state"] for part in ("mongodb", "redis", "worker")} == {"running"}
    assert set(status["counts"]) == {"DRAFT", "SCHEDULED", "PUBLISHING", "PUBLISHED", "FAILED"}
    assert "sandbox" in status["accounts"]


def test_up_again_joins_what_runs(running: Installation) -> None:
    """A second `up` shares the stack and the worker of the first."""
    first, second = running.json("up", "-d"), running.json("up", "-d")
    assert second["joined"]
    assert (first["mongodb"], first["worker"]) == (second["mongodb"], second["worker"])


def test_a_post_goes_out_at_its_time_and_can_be_explained(running: Installation) -> None:
    """A post with a time is live in the sandbox once, and its history says who did what."""
    made = running.json("posts", "create", "Good morning, Hanoi", "--account", "north", "--at", "+1s")
    assert made["status"] == "SCHEDULED"
    post = running.until(made["id"], "PUBLISHED")
    assert [entry["to"] for entry in post["history"]] == ["DRAFT", "SCHEDULED", "PUBLISHING", "PUBLISHED"]
    assert [entry["text"] for entry in running.feed()].count("Good morning, Hanoi") == 1
    why = running.json("posts", "why", made["id"])
    assert why["status"] == "PUBLISHED"
    assert [attempt["answer"] for attempt in why["attempts"]] == ["published"]


def test_a_draft_is_edited_scheduled_and_taken_back(running: Installation) -> None:
    """Times are local to the account's zone; what is not named in an edit stays."""
    made = running.json("posts", "create", "Draft", "--topic", "coffee", "--comment", "first")
    assert (made["status"], made["account"]) == ("DRAFT", "sandbox")
    edited = running.json("posts", "edit", made["id"], "--text", "Better", "--comment", "")
    assert (edited["text"], edited["topic"], edited["first_comment"]) == ("Better", "coffee", "")
    running.json("posts", "schedule", made["id"], "--at", "01/12/2030 9:00")
    assert running.post(made["id"])["scheduled_at"] == "2030-12-01T09:00:00.000+07:00"
    running.json("posts", "cancel", made["id"])
    assert running.post(made["id"])["status"] == "DRAFT"
    running.json("posts", "delete", made["id"])
    assert running.run("posts", "show", made["id"]).code == 1


def test_many_posts_are_scheduled_by_a_filter_in_a_range(running: Installation) -> None:
    """A bulk by filter draws one time for each post, at least the gap apart."""
    for number in range(3):
        running.json("posts", "create", f"Spread number {number}", "--account", "south")
    done = running.json(
        *("posts", "schedule", "--text", "Spread number", "--yes"),
        *("--start", "2030-12-01 08:00", "--end", "2030-12-01 12:00", "--gap", "30m", "--seed", "7"),
    )
    assert (done["done"], done["failed"]) == (3, 0)
    posts = running.json(
        "posts", "list", "--text", "Spread number", "--from", "2030-12-01", "--to", "2030-12-01"
    )
    times = [datetime.fromisoformat(post["scheduled_at"]) for post in posts]
    assert len(times) == 3
    assert all((late - early).total_seconds() >= 1800 for early, late in itertools.pairwise(times))


def test_a_series_makes_its_posts_and_ends(running: Installation) -> None:
    """A weekly series says its rule, makes the next post, leaves out a date and can be stopped."""
    made = running.json(
        *(
            "posts",
            "create",
            "Every Monday",
            "--at",
            "2030-12-02 09:00",
            "--repeat",
            "weekly",
            "--days",
            "Mon",
        )
    )
    assert made["rule"] == "every Monday at 09:00 (Asia/Ho_Chi_Minh)"
    assert [post["scheduled_at"] for post in made["posts"]] == ["2030-12-02T09:00:00.000+07:00"]
    assert made["id"] in [series["id"] for series in running.json("posts", "series", "list")]
    running.json("posts", "series", "skip", made["id"], "2030-12-02")
    assert running.json("posts", "series", "stop", made["id"])["id"] == made["id"]
    assert not running.json("posts", "list", "--text", "Every Monday")


def test_a_calendar_is_checked_imported_and_undone(running: Installation, tmp_path: Path) -> None:
    """Checking changes nothing and has its exact keys; importing twice makes nothing twice; undo empties it."""
    file = _calendar(
        tmp_path / "calendar.xlsx",
        ("r1", "north", "2030-11-04 09:00", "Imported one"),
        ("r2", "nobody", "2030-11-04 10:00", "Imported two"),
        ("r3", "south", None, "Imported three"),
    )
    check = running.json("import", file, "--check")
    assert set(check) == {"rows", "ok", "errors", "warnings", "duplicates", "first", "last"}
    assert (check["rows"], check["ok"], check["first"]) == (3, 2, "2030-11-04T09:00:00.000+07:00")
    assert [(error["row"], error["column"]) for error in check["errors"]] == [(3, "Account")]
    assert {"cause", "remedy"} <= set(check["errors"][0])
    assert not running.json("posts", "list", "--text", "Imported")

    result = tmp_path / "result.xlsx"
    imported = running.json("import", file, "--result", str(result))
    assert (imported["added"], imported["rejected"]) == (2, 1)
    assert result.stat().st_size > 0
    again = running.json("import", file)
    assert (again["added"], again["unchanged"]) == (0, 2)
    assert len(running.json("posts", "list", "--batch", imported["batch"])) == 2
    assert running.json("import", "--undo", imported["batch"])["removed"] == 2
    assert not running.json("posts", "list", "--text", "Imported")


def test_rows_without_a_time_are_spread_over_a_range(running: Installation, tmp_path: Path) -> None:
    """`import --start --end` gives drafts a time; --all-or-nothing imports nothing beside a bad row."""
    file = _calendar(
        tmp_path / "drafts.xlsx", ("s1", "north", None, "Drawn A"), ("s2", "north", None, "Drawn B")
    )
    spread = ("--start", "2030-10-01 08:00", "--end", "2030-10-01 20:00")
    check = running.json("import", file, "--check", *spread)
    assert check["first"] < check["last"]
    bad = _calendar(
        tmp_path / "bad.xlsx", ("t1", "north", None, "Drawn C"), ("t2", "nobody", None, "Drawn D")
    )
    refused = running.run("import", bad, "--all-or-nothing")
    assert (refused.code, refused.out) == (1, "")
    assert not running.json("posts", "list", "--text", "Drawn")


def test_an_account_is_paused_resumed_and_unlinked(running: Installation) -> None:
    """A paused account holds its posts when they fall due, and lets them go when it is resumed."""
    added = running.json("accounts", "add", "quán-trà", "--zone", "Berlin")
    assert (added["username"], added["zone"]) == ("quan_tra", "Europe/Berlin")
    assert running.json("accounts", "missed", "quán-trà", "ask")["missed_policy"] == "ask"
    running.json("accounts", "pause", "quán-trà")
    made = running.json("posts", "create", "Tea time", "--account", "quán-trà", "--at", "now")
    held = eventually(lambda: running.post(made["id"]), lambda post: post["hold"] is not None)
    assert held["hold"] == "paused"
    assert running.run("accounts", "unlink", "quán-trà").code == 1
    running.json("accounts", "resume", "quán-trà")
    running.until(made["id"], "PUBLISHED")
    running.json("accounts", "unlink", "quán-trà")
    assert "quán-trà" not in [account["name"] for account in running.json("accounts", "list")]


def test_a_token_from_stdin_links_an_account_and_is_never_shown(running: Installation) -> None:
    """`accounts add NAME --token -` reads the token; no output has it; `default` chooses the account."""
    token = running.json("status")["sandbox"]["access_token"]
    again = running.run("accounts", "add", "sandbox", "--token", "-", stdin=f"{token}\n")
    assert again.code == 0, again.err
    wrong = running.run("accounts", "add", "other", "--token", "-", stdin="THAA-not-a-token-of-anybody\n")
    assert wrong.code == 1
    listed = running.run("accounts", "list")
    assert token not in again.out + again.err + listed.out
    assert running.json("accounts", "default", "sandbox")["default"]


def test_the_monitor_and_the_doctor_look_at_everything(running: Installation) -> None:
    """Both have one JSON value; the doctor finds nothing wrong in a system that runs."""
    view = running.json("monitor")
    assert {"counts", "workers", "overdue", "held", "upcoming", "lateness_ms"} <= set(view)
    found = running.json("doctor")
    assert found["healthy"], found
    assert {"settings", "disk", "mongodb", "redis", "clock", "queues", "worker"} <= {
        check["name"] for check in found["checks"]
    }


def test_a_worker_that_dies_is_started_again(running: Installation) -> None:
    """The supervisor replaces a killed worker, and posts go out as before."""
    worker = Daemon("worker", running.data_dir)
    before = worker.pid()
    assert worker.kill()
    eventually(worker.pid, lambda pid: pid not in (None, before))
    made = running.json("posts", "create", "After the crash", "--account", "north", "--at", "now")
    running.until(made["id"], "PUBLISHED")


def test_a_stopped_system_says_so_and_comes_back_with_its_posts(fresh: Installation) -> None:
    """`up` in the foreground ends all on SIGTERM; what was scheduled is there at the next start."""
    process = fresh.start("up")
    eventually(lambda: fresh.json("status"), lambda status: status["running"])
    made = fresh.json("posts", "create", "Tomorrow", "--at", "+1d")
    process.terminate()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopped: supervisor, worker, sandbox, redis, mongod." in out
    assert not fresh.json("status")["running"]
    refused = fresh.run("posts", "list")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert fresh.run("doctor").code == 1
    assert fresh.run("up", "-d").code == 0
    assert fresh.post(made["id"])["status"] == "SCHEDULED"
    assert fresh.json("down")["stopped"][0] == "supervisor"
    assert fresh.json("down")["stopped"] == []


def test_the_demo_publishes_a_calendar_without_a_question(fresh: Installation, tmp_path: Path) -> None:
    """Its last line is the verdict; it leaves nothing behind and needs nothing that runs."""
    file = _calendar(
        tmp_path / "small.xlsx",
        ("d1", "east", "2027-03-01 09:00", "First"),
        ("d2", "west", "2027-03-08 09:00", "Second"),
    )
    verdict = fresh.json("demo", "--file", file, "--within", "14s", "--processing", "0")
    assert (verdict["scheduled"], verdict["published"], verdict["failed"], verdict["duplicates"]) == (
        2,
        2,
        0,
        0,
    )
    assert set(verdict["lateness_ms"]) == {"p50", "p99", "max"}
    assert verdict["lateness_ms"]["p50"] >= 0
    assert not (fresh.data_dir / "mongod").exists()


def test_the_demo_that_is_interrupted_leaves_nothing(fresh: Installation, tmp_path: Path) -> None:
    """Ctrl-C in the middle ends its servers and its worker, and removes its folder."""
    rehearsal = Installation(fresh.data_dir, {"TMPDIR": str(tmp_path)})
    process = rehearsal.start("demo")
    assert process.stdout is not None
    while "their times are brought" not in process.stdout.readline():
        assert process.poll() is None
    assert list(tmp_path.glob("autopost-*"))
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, "Interrupted.\n")
    assert not list(tmp_path.glob("autopost-*"))


def test_the_sandbox_serves_alone(fresh: Installation) -> None:
    """`sandbox` tells its address and a token, and ends on SIGTERM."""
    process = fresh.start("sandbox", "--json")
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    with urllib.request.urlopen(f"{told['url']}/v1.0/me?access_token={told['access_token']}") as answer:  # noqa: S310  # loopback
        assert json.load(answer)["id"]
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert not list(fresh.data_dir.glob("mongod"))


def test_a_worker_alone_says_what_it_lacks(fresh: Installation) -> None:
    """Without servers `worker` ends with one line that says how to start them."""
    said = fresh.run("worker")
    assert said.code == 1
    assert "autopost up" in said.err
    assert len(said.err.splitlines()) == 1


def test_the_template_can_be_imported_as_it_is(running: Installation, tmp_path: Path) -> None:
    """What `template` writes passes the check in both languages; a file that is there is kept."""
    for language in ("vi", "en"):
        file = str(tmp_path / f"{language}.xlsx")
        assert running.json("template", file, "--language", language)["file"] == file
        check = running.json("import", file, "--check")
        assert (check["rows"] > 0, check["errors"]) == (True, [])
    assert running.run("template", file).code == 1
