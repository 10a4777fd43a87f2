"""What the sandbox knows, on disk: one SQLite file and a folder of downloaded media.

Every write is committed before the answer that depends on it leaves; a write-ahead log with
``synchronous=NORMAL`` keeps a commit through SIGKILL of the process (not through a power cut).
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from aiohttp import web

from core.local.sandbox.options import Options

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
    user_id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, created_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, user_id TEXT NOT NULL, kind TEXT NOT NULL, scopes TEXT NOT NULL,
    issued_at REAL NOT NULL, expires_at REAL NOT NULL, revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS codes (
    code TEXT PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS containers (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, media_type TEXT NOT NULL, spec TEXT NOT NULL,
    created_at REAL NOT NULL, ready_at REAL NOT NULL, visible_at REAL NOT NULL,
    fetching INTEGER NOT NULL, error_message TEXT, media_id TEXT);
CREATE TABLE IF NOT EXISTS posts (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, creation_id TEXT NOT NULL,
    published_at REAL NOT NULL, media_type TEXT NOT NULL, content TEXT NOT NULL, shortcode TEXT NOT NULL UNIQUE,
    album_id TEXT, parent_id TEXT, root_id TEXT, refers_to TEXT, hide_status TEXT NOT NULL, approval TEXT NOT NULL,
    deleted_at REAL);
CREATE INDEX IF NOT EXISTS posts_by_user ON posts (user_id, published_at);
CREATE INDEX IF NOT EXISTS posts_by_parent ON posts (parent_id);
CREATE INDEX IF NOT EXISTS posts_by_album ON posts (album_id);
CREATE INDEX IF NOT EXISTS posts_by_reference ON posts (refers_to);
CREATE INDEX IF NOT EXISTS posts_by_root ON posts (root_id);
CREATE TABLE IF NOT EXISTS usage (user_id TEXT NOT NULL, quota TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS usage_by_user ON usage (user_id, quota, at);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, remaining INTEGER NOT NULL, fault TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY, received_at_ms REAL NOT NULL, answered_at_ms REAL, method TEXT NOT NULL,
    path TEXT NOT NULL, operation TEXT NOT NULL, user_id TEXT, username TEXT, creation_id TEXT,
    reply_to_id TEXT, media_id TEXT, status INTEGER, code INTEGER, subcode INTEGER, fault TEXT);
CREATE INDEX IF NOT EXISTS requests_by_time ON requests (received_at_ms);
"""

Value = str | int | float | None


class State:
    """The database, the clock and the settings of one sandbox; used from one event loop."""

    def __init__(self, folder: Path) -> None:
        """Open the state in ``folder``, made if it is not there."""
        self.media_folder = folder / "media"
        self.media_folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "sandbox.sqlite3"
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;" + _SCHEMA
        )
        self._ahead = float(self._read("clock", "0"))
        self._options = Options.from_json(json.loads(self._read("options", "{}")))
        self.revision = time.time_ns()
        """Another number after every change of what is published."""
        self.base_url = ""
        """Where a browser finds this sandbox, without a final slash; known once it listens."""

    def close(self) -> None:
        self._database.close()

    def now(self) -> float:
        """Epoch seconds on the sandbox's clock: the machine's, plus all that it was advanced."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
        self._write("clock", str(self._ahead))

    @property
    def options(self) -> Options:
        return self._options

    @options.setter
    def options(self, options: Options) -> None:
        self._options = options
        self._write("options", json.dumps(options.to_json()))

    def one(self, sql: str, *values: Value) -> sqlite3.Row | None:
        return self._database.execute(sql, values).fetchone()

    def all(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        return self._database.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Value) -> sqlite3.Cursor:
        return self._database.execute(sql, values)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit all writes inside together, or none of them."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def checkpoint(self) -> None:
        """Move the log into the database file; called from a thread, since it waits for the disk.

        A checkpoint inside a commit would hold up the calls that arrive meanwhile for some milliseconds.
        """
        with closing(sqlite3.connect(self._path)) as database:
            database.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _read(self, name: str, default: str) -> str:
        row = self.one("SELECT value FROM meta WHERE name = ?", name)
        return default if row is None else row["value"]

    def _write(self, name: str, value: str) -> None:
        self.run(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value
        )


def new_id() -> str:
    """Make an id as Meta's look: 17 digits, beginning like theirs, different for every object."""
    return f"18{secrets.randbelow(10**15):015d}"


STATE = web.AppKey("STATE", State)
