"""No secret reaches a log, whatever goes wrong."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from raw_peer import RawPeer, answer, raw, reset
from rich.console import Console
from rich.traceback import Traceback

from core import log
from core.adapters.threads import ThreadsApp, ThreadsClient, ThreadsOAuth
from core.domain.account import Credentials
from core.domain.failures import ThreadsError
from core.domain.secret import Secret
from core.log import configure, keep_secret, redact

PLANTED = 'planted/secret|with "odd" chars'


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, from DEBUG on, by every logger."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    level, stream = root.level, io.StringIO()
    configure(level="DEBUG", stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.setLevel(level)


def _fail(secret: str) -> None:
    try:
        int(secret)
    except ValueError as error:
        raise RuntimeError(f"outer {secret}") from error


@pytest.mark.parametrize("json_lines", [False, True])
def test_a_known_secret_is_hidden_wherever_it_stands(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, json_lines: bool
) -> None:
    """Message, arguments, facts, and a chain of tracebacks are all redacted, encoded or not."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    configure(stream=lines, json_lines=json_lines)
    keep_secret(Secret(PLANTED))
    logger = logging.getLogger("core.test")
    logger.info("said %s", PLANTED, extra={"fact": PLANTED, "deep": {"list": [PLANTED]}})
    logger.info("at https://a.example/?q=%s", quote(PLANTED, safe=""))
    try:
        _fail(PLANTED)
    except RuntimeError:
        logger.exception("it.failed")
    written = lines.getvalue()
    assert "planted" not in written
    assert written.count(log.STARS) >= 6
    assert "RuntimeError: outer" in written


@pytest.mark.parametrize(
    "text",
    [
        "GET https://graph.threads.net/me?fields=id&access_token={}&x=1",
        "input_token={}",
        'body {{"access_token": "{}", "user_id": 1}}',
        r'body "{{\"client_secret\": \"{}\"}}"',
        "{{'client_secret': '{}'}}",
        "client_secret={}",
        "Authorization: Bearer {}",
        "https://shop.example/cb?code={}&state=1",
        "mongodb://user:{}@db.example:27017/x",
        "redis://:{}@redis.example:6379/0",
    ],
)
def test_what_stands_where_secrets_stand_is_hidden(text: str) -> None:
    """A secret that nobody registered is known by its name or place."""
    unknown = "Zq9planted7Xw2planted5Vt"
    hidden = redact(text.format(unknown))
    assert "planted" not in hidden
    assert hidden.replace(log.STARS, unknown) == text.format(unknown)


@pytest.mark.parametrize(
    "token",
    [
        "THAAplanted0token00000000000001",
        "THQVplanted0token00000000000001",
        "123456789:AAplanted-token_0000000000000000000",
        "bot123456789:AAplanted-token_0000000000000000000",
        "TH|1234567|planted",
    ],
)
def test_what_looks_like_a_token_is_hidden(token: str) -> None:
    """Tokens of Threads and of Telegram are known by their shape."""
    assert redact(f"a {token} b") == f"a {log.STARS} b"


@pytest.mark.parametrize(
    "text",
    [
        "post.failed code=24 subcode=4279009 trace=AbC",
        "THREADS_API__LINK_LIMIT_EXCEEDED",
        "2026-03-01T09:00:05.123+00:00 http://127.0.0.1:8000/x user@shop.example",
        "THANK YOU ALL, threads-auto-post 🎉 Xin chào",
        "post 65f0c1d2e3a4b5c6d7e8f901 at 09:00:05",
        "17841405793187218",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Codes, ids, times and addresses stay readable."""
    assert redact(text) == text


def test_a_short_text_is_never_taken_for_a_secret() -> None:
    """Registering an empty or tiny text does not garble the log."""
    keep_secret(Secret(""))
    keep_secret(Secret("a"))
    assert redact("a banana") == "a banana"


def test_control_characters_are_shown_not_obeyed() -> None:
    """An escape sequence in a log line cannot drive the terminal that shows it."""
    assert redact("a\x1b[2Jb\x9b\r\nc\td") == "a\\x1b[2Jb\\x9b\\x0d\nc\td"


def test_a_line_names_its_event_and_its_facts(lines: io.StringIO) -> None:
    """Time in UTC, level, logger, event, then fact=value; odd values are quoted and stay on the line."""
    logging.getLogger("core.x").warning(
        "post.failed", extra={"post_id": "7", "cause": "a b\nc", "late_ms": 3}
    )
    moment, rest = lines.getvalue().split(" ", 1)
    assert moment.endswith("+00:00")
    assert rest == 'WARNING core.x post.failed post_id=7 cause="a b\\nc" late_ms=3\n'


def test_json_lines_are_json(lines: io.StringIO) -> None:
    """One object a line, the traceback included."""
    configure(stream=lines, json_lines=True)
    try:
        _fail("x")
    except RuntimeError:
        logging.getLogger("core.x").exception("it.failed", extra={"post_id": "7"})
    (line,) = lines.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["event"], entry["post_id"]) == (
        "ERROR",
        "core.x",
        "it.failed",
        "7",
    )
    assert "RuntimeError: outer x" in entry["error"]


def test_a_line_that_cannot_be_written_shows_no_arguments(
    lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong format tells where it is, without the values."""
    configure(stream=lines)  # without pytest's own handler, which would raise
    logging.getLogger("core.x").info("%d", "planted-in-arguments")
    said = capsys.readouterr().err
    assert "core.x was lost" in said
    assert "planted" not in said + lines.getvalue()


CRASH = """
import threading
from core.domain.secret import Secret
from core.log import configure, keep_secret
configure()
secret = "planted-in-a-crash"
keep_secret(Secret(secret))
def crash(): raise ValueError(secret)
thread = threading.Thread(target=crash)
thread.start()
thread.join()
crash()
"""


def test_a_crash_of_the_program_or_a_thread_is_redacted() -> None:
    """Exceptions that nobody caught go through the same log."""
    done = subprocess.run([sys.executable, "-c", CRASH], capture_output=True, text=True, check=False)  # noqa: S603  # our own text
    assert done.returncode == 1
    assert done.stderr.count("program.crashed") == 2
    assert done.stderr.count(f"ValueError: {log.STARS}") == 2
    assert "planted" not in done.stderr + done.stdout


def _echo(token: str) -> object:
    return {
        "error": {"message": f"Malformed access token {token}", "code": 190, "error_user_msg": f"{token}!"}
    }


async def test_no_error_path_of_the_client_shows_a_token(
    lines: io.StringIO, peer: RawPeer, client: ThreadsClient, who: Credentials
) -> None:
    """Refusals that echo the token, lost answers and failed token calls leave nothing in log or traceback."""
    app = ThreadsApp("app-1", Secret("app-secret-zq9w8x7v6"), "https://shop.example/cb")
    oauth = ThreadsOAuth(peer.url, app)
    odd = Secret("odd token ü\n/?&=zq9w8x7v6")
    code = Secret("AQ-code-zq9w8x7v6")
    calls = [
        lambda: client.publish(who, "179"),
        lambda: client.container_status(who, "179"),
        lambda: client.delete(who, "179"),
        lambda: client.refresh(who.token),
        lambda: client.refresh(odd),
        lambda: client.debug_token(who.token),
        lambda: client.publish(Credentials("1", odd), "179"),
        lambda: oauth.exchange_code(code),
        lambda: oauth.exchange_long_lived(who.token),
    ]
    screen = Console(file=io.StringIO(), width=200)
    for play in (
        answer(_echo(who.token.reveal()), 400),
        answer(_echo(odd.reveal()), 500),
        raw(b""),
        reset,
        answer(b"<html>", 502),
    ):
        peer.plays(play)
        for call in calls:
            with pytest.raises(ThreadsError) as caught:
                await call()
            logging.getLogger("core.x").error(
                "it.failed", exc_info=caught.value, extra={"failure": caught.value.failure}
            )
            ours = caught.tb.tb_next  # the frames below this test's own, which holds the tokens
            screen.print(Traceback.from_exception(ThreadsError, caught.value, ours, show_locals=True))
            screen.print(
                repr(caught.value), repr(caught.value.failure), repr(client), repr(app), markup=False
            )
    await oauth.aclose()
    assert isinstance(screen.file, io.StringIO)
    seen = lines.getvalue() + screen.file.getvalue()
    assert "it.failed" in seen
    assert "locals" in seen
    for secret in ("planted0token", "zq9w8x7v6"):
        assert secret not in seen
    assert "/refresh_access_token?" not in seen
