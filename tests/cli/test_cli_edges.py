"""Wrong usage, things that are not there, hostile names, broken pipes: one clear line and the right exit code."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from installed import AUTOPOST, Installation


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "No such command 'nope'"),
        (["--nope"], "No such option"),
        (["posts", "list", "--status", "nix"], "is not one of"),
        (["posts", "show"], "Missing argument 'ID'"),
        (["posts", "create", "a", "--text", "b"], "Give the text once"),
        (["posts", "create", "a", "--repeat", "weekly"], "add --at TIME"),
        (["posts", "create", "a", "--count", "3"], "belong to --repeat"),
        (["posts", "create", "a", "--alt", "x"], "name it with --media"),
        (["posts", "edit", "x"], "Say what to change"),
        (["posts", "schedule", "x"], "Say when"),
        (["posts", "schedule", "x", "--at", "now", "--start", "now"], "Say when"),
        (["posts", "schedule", "x", "--start", "now"], "Say when"),
        (["import"], "Name one workbook"),
        (["import", "not-there.xlsx"], "does not exist"),
        (["import", "--undo", "x", "--gap", "5m"], "--start and --end belong together"),
        (["template", "calendar.txt"], "should end in .xlsx"),
        (["accounts", "refresh"], "Name an account"),
        (["accounts", "add"], "Missing argument 'NAME'"),
        (["demo", "--within", "soon"], "no length of time"),
        (["demo", "--processing", "-1"], "not in the range"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(fresh: Installation, arguments: list[str], says: str) -> None:
    """Nothing is started or asked for; the line says what is wrong."""
    said = fresh.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["posts", "show", "nobody"], "There is no post nobody"),
        (["posts", "why", "nobody"], "There is no post nobody"),
        (["posts", "delete", "nobody"], "There is no post nobody"),
        (["posts", "schedule", "nobody", "--at", "+1h"], "There is no post nobody"),
        (["posts", "series", "stop", "nobody"], "There is no series nobody"),
        (["posts", "create", "a", "--account", "nobody"], 'No account is named "nobody"'),
        (["posts", "create", "   "], "neither a text nor a picture"),
        (["posts", "create", "x" * 501], "500"),
        (["posts", "create", "a", "--media", "ftp://x/y.jpg"], "no web address"),
        (["posts", "create", "a", "--at", "2020-01-01 09:00"], "has passed"),
        (["accounts", "pause", "nobody"], 'No account is named "nobody"'),
        (["accounts", "add", "two words"], "cannot name an account"),
        (["accounts", "add", "???"], "no letter or digit"),
        (["accounts", "add", "north2", "--zone", "Atlantis"], "no time zone"),
        (["import", "--undo", "nobody"], "There is no import nobody"),
        (["bot"], "TELEGRAM_BOT_TOKEN is not set"),
        (["bench"], "make bench"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_1(
    running: Installation, arguments: list[str], says: str
) -> None:
    """The reason stands on stderr, stdout stays empty, also with --json for what was refused whole."""
    said = running.run(*arguments)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1


def test_a_time_that_is_none_is_wrong_usage(running: Installation) -> None:
    """No guess is made about a time, and nothing is left behind."""
    for time in ("yesterday", "9:00", "2030-12-01", "+2parsecs"):
        said = running.run("posts", "create", "Untimely", "--at", time)
        assert said.code == 2, said.err
        assert len(said.err.splitlines()) == 1
    assert not running.json("posts", "list", "--text", "Untimely")


def test_a_refused_time_leaves_no_draft(running: Installation) -> None:
    """`create --at` is one act: the duplicate is refused and not kept as a draft."""
    running.json("posts", "create", "Twice is once too often", "--at", "2030-06-01 09:00")
    refused = running.run("posts", "create", "Twice is once too often", "--at", "2030-06-01 10:00")
    assert refused.code == 1
    assert "same content" in refused.err
    twice = ("posts", "create", "Twice is once too often", "--at", "2030-06-01 10:00", "--allow-duplicate")
    assert running.json(*twice)["status"] == "SCHEDULED"


def test_a_bulk_by_filter_is_never_silent(running: Installation) -> None:
    """Without a terminal it needs --yes, and says how many posts it is about; nothing named is no bulk."""
    running.json("posts", "create", "Bulk bait")
    unasked = running.run("posts", "delete", "--text", "Bulk bait")
    assert unasked.code == 2
    assert "1 post match" in unasked.err
    assert running.run("posts", "delete").code == 2
    both = running.run("posts", "delete", "some-id", "--all")
    assert (both.code, "not both" in both.err) == (2, True)
    assert running.json("posts", "delete", "--text", "Bulk bait", "--yes")["done"] == 1


def test_one_failure_stops_none_of_the_others(running: Installation) -> None:
    """A bulk tells each outcome and ends with exit 1 when one failed."""
    made = running.json("posts", "create", "Survivor")
    said = running.run("posts", "delete", "not-there", made["id"], "--json")
    assert said.code == 1
    assert said.json["done"] == 1
    assert {result["id"]: result["ok"] for result in said.json["results"]} == {
        "not-there": False,
        made["id"]: True,
    }


def test_text_with_control_characters_cannot_steer_the_terminal(running: Installation) -> None:
    """Escape sequences and direction marks are not printed; JSON gives the text back as it is."""
    text = "evil \x1b[31mred\x07 \u202edesrever 👩‍👩‍👧 chào"
    made = running.json("posts", "create", text, "--account", "north")
    assert made["text"] == text
    for command in (("posts", "list", "--text", "evil"), ("posts", "show", made["id"])):
        shown = running.run(*command)
        assert shown.code == 0, shown.err
        assert not {"\x1b", "\x07", "\u202e"} & set(shown.out)
    assert "👩‍👩‍👧 chào" in running.run("posts", "show", made["id"]).out
    refused = running.run("posts", "show", "no\x1b[2Jne\nline")
    assert refused.code == 1
    assert "\x1b" not in refused.err
    assert len(refused.err.splitlines()) == 1


def test_bytes_that_are_no_utf8_are_wrong_usage(fresh: Installation) -> None:
    """What cannot be text is refused before anything is done with it."""
    done = subprocess.run(  # noqa: S603  # the command under test
        [os.fsencode(AUTOPOST), b"posts", b"create", b"caf\xe9"],
        capture_output=True,
        check=False,
        env=fresh.environment,
    )
    assert done.returncode == 2
    assert b"no UTF-8" in done.stderr


def test_text_comes_from_stdin(running: Installation) -> None:
    """`-` reads the text, with its line breaks."""
    made = running.json("posts", "create", "-", stdin="line one\nline two\n")
    assert made["text"] == "line one\nline two"


def test_json_may_stand_anywhere(running: Installation) -> None:
    """Before the command, between group and command, after it: the same one line of JSON."""
    ways = (("--json", "accounts", "list"), ("accounts", "--json", "list"), ("accounts", "list", "--json"))
    said = [running.run(*way) for way in ways]
    assert len({each.out for each in said}) == 1
    assert "north" in [account["name"] for account in said[0].json]
    assert "token" not in said[0].json[0]


def test_a_reader_that_goes_away_is_no_error(running: Installation) -> None:
    """`autopost posts list | head -0` ends quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(  # noqa: S603  # the command under test
        [AUTOPOST, "posts", "list"],
        check=False,
        env=running.environment,
        stderr=subprocess.PIPE,
        stdout=writer,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_file_that_is_no_workbook_gets_one_sentence(running: Installation, tmp_path: Path) -> None:
    """Nothing is imported; the line says what is wrong with the file."""
    file = tmp_path / "hostile.xlsx"
    file.write_bytes(b"PK\x03\x04" + os.urandom(2000))
    said = running.run("import", str(file), "--check", "--json")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1


def test_a_wrong_setting_is_named(fresh: Installation) -> None:
    """A typo among our settings stops every command, with a suggestion."""
    typo = Installation(fresh.data_dir, {"AUTOPOST_DATA_DRI": "/tmp"})
    said = typo.run("status")
    assert said.code == 1
    assert "Did you mean AUTOPOST_DATA_DIR?" in said.err
    assert typo.run("doctor").code == 1


def test_what_should_not_happen_is_kept_in_the_log(fresh: Installation) -> None:
    """One line without a traceback, which is in the log; --debug shows it."""
    fresh.data_dir.mkdir()
    (fresh.data_dir / "stack.json").mkdir()
    said = fresh.run("status")
    assert said.code == 1
    assert "should not have happened" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in (fresh.data_dir / "logs" / "cli.log").read_text()
    assert "Traceback" in fresh.run("status", "--debug").err


def test_help_loads_no_part_that_is_slow() -> None:
    """`autopost --help` and the help of a group stay quick: no driver, no settings, no rich."""
    script = (
        "import sys; from tui.cli.app import run; code = run(sys.argv[1:]);"
        "slow = {'core.bootstrap', 'core.settings', 'pydantic', 'motor', 'httpx', 'redis', 'openpyxl', 'rich'};"
        "loaded = slow & set(sys.modules); sys.exit(str(loaded) if loaded else code)"
    )
    for arguments in (["--help"], ["posts", "--help"], ["posts", "create", "--help"], []):
        done = subprocess.run(  # noqa: S603  # a script of the test
            [sys.executable, "-c", script, *arguments], capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Usage: autopost")


def test_a_terminal_gets_a_question_before_a_bulk(running: Installation) -> None:
    """On a terminal the count is shown and `n` changes nothing."""
    made = running.json("posts", "create", "Do not delete me")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  # the command under test
        [AUTOPOST, "posts", "delete", "--text", "Do not delete me"],
        env={**running.environment, "NO_COLOR": "1"},
        stderr=subprocess.PIPE,
        stdin=theirs,
        stdout=theirs,
    )
    os.close(theirs)
    os.write(ours, b"n\n")
    _, error = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 130
    assert b"1 post match: delete them?" in error
    assert running.post(made["id"])["status"] == "DRAFT"
