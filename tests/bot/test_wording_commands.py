"""What core says about the command line, on a phone."""

from __future__ import annotations

import re

import pytest

from bot.wording.shell_commands import with_bot_commands
from core.domain.vietnamese import TABLES, in_vietnamese

SAID = [
    ("There is no post p1: see `autopost posts list`.", "There is no post p1: see /queue."),
    ("There is no series s1: see `autopost posts series list`.", "There is no series s1: see /queue."),
    ("Its account is paused: `autopost accounts resume NAME`.", "Its account is paused: /resume."),
    (
        "Its time passed: `autopost posts publish p1` or `autopost posts cancel p1`.",
        "Its time passed: /post p1.",
    ),
    (
        "No account is linked: add one with `autopost accounts add NAME`.",
        "No account is linked: add one with <code>autopost accounts add NAME</code> (on the server).",
    ),
    ("Nothing named `rm -rf` & <co>.", "Nothing named `rm -rf` &amp; &lt;co&gt;."),
]


@pytest.mark.parametrize(("said", "shown"), SAID)
def test_commands_of_the_shell_become_commands_of_the_bot(said: str, shown: str) -> None:
    """What can be done here is a command to tap; what cannot says where it is done."""
    assert with_bot_commands(said, "en").markup == shown


def test_the_same_in_vietnamese() -> None:
    """The commands are found in the translated sentence too."""
    told = in_vietnamese("No account is linked: add one with `autopost accounts add NAME`.")
    assert "(trên máy chủ)" in with_bot_commands(told, "vi").markup
    told = in_vietnamese("Its time passed: `autopost posts publish p1` or `autopost posts cancel p1`.")
    assert "/post p1" in with_bot_commands(told, "vi").markup
    assert "autopost" not in with_bot_commands(told, "vi").markup


def test_no_sentence_of_core_sends_a_phone_to_the_shell() -> None:
    """Of all the commands that core's sentences name, only the linking of accounts is left to the server."""
    left = {
        named
        for table in TABLES
        for pair in table.items()
        for said in pair
        for named in re.findall(r"<code>autopost ([a-z -]+)", with_bot_commands(said, "en").markup)
    }
    assert {one.strip() for one in left} <= {"accounts add"}
