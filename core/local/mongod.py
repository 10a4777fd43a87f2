"""A mongod that is a replica set of one: writes are majority-acknowledged, as in production."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast

import bson

from core.local.binaries import MONGOD, find_program, server_environment
from core.local.processes import last_words
from core.local.server import ANSWER_TIMEOUT, LOOPBACK, LocalServer

_REPLICA_SET: Final = "rs0"
_ELECTION_TIMEOUT_MS: Final = 1000
_NOT_YET_INITIALIZED: Final = 94
_OP_MSG: Final = 2013
_STARTING: Final = "MongoDB starting"
_HEADER: Final = struct.Struct("<iiii")
_FLAGS_AND_KIND: Final = struct.Struct("<IB")


@dataclass(frozen=True, slots=True)
class Mongod(LocalServer):
    """The mongod of a data folder."""

    name: ClassVar[str] = "mongod"

    @property
    def uri(self) -> str:
        return f"mongodb://{LOOPBACK}:{self.port}/?replicaSet={_REPLICA_SET}"

    def command(self, port: int) -> list[str]:
        return [
            str(find_program(MONGOD)),
            *("--dbpath", str(self.folder)),
            *("--bind_ip", LOOPBACK),
            *("--port", str(port)),
            "--nounixsocket",
            *("--replSet", _REPLICA_SET),
            *("--oplogSize", "128"),
            *("--wiredTigerCacheSizeGB", "0.25"),
            # The default journal takes 300 MB before the first document is written.
            *("--wiredTigerEngineConfigString", "log=(file_max=10MB,prealloc=false)"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            "--quiet",
            *("--slowms", "1000"),
        ]

    def environment(self) -> Mapping[str, str]:
        return server_environment()

    def answers(self, port: int, pid: int) -> bool:
        """Whether our mongod is primary; makes it so at its first start and after a change of port."""
        del pid  # hello does not tell it; the data folder identifies the server as well
        try:
            with socket.create_connection((LOOPBACK, port), ANSWER_TIMEOUT) as connection:
                options = _run(connection, {"getCmdLineOpts": 1}).get("parsed", {})
                if options.get("storage", {}).get("dbPath") != str(self.folder):
                    return False
                if _run(connection, {"hello": 1})["isWritablePrimary"]:
                    return True
                _configure(connection, f"{LOOPBACK}:{port}")
        except OSError:
            pass  # not listening yet: asked again until the deadline of the start
        return False

    def explain(self, log: list[str]) -> str:
        """The first error since its last start (the lines after it are about the shutdown), or its last line."""
        entries = [entry for entry in map(_parsed, log) if entry is not None]
        starts = [at for at, entry in enumerate(entries) if entry.get("msg") == _STARTING]
        errors = [entry for entry in entries[starts[-1] if starts else 0 :] if entry.get("s") in {"E", "F"}]
        told = errors[:1] or entries[-1:]
        return _told(told[0]) if told else last_words(log)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        return json.loads(line)
    except ValueError:
        return None  # the loader and the allocator write plain lines


def _told(entry: Mapping[str, Any]) -> str:
    """A log entry in words: its message, and the innermost message of its attributes."""
    words = [str(entry[key]).strip() for key in ("msg", "errmsg") if key in entry]
    inner: Any = next((entry[key] for key in ("attr", "message", "error") if key in entry), "")
    words.append(_told(cast("dict[str, Any]", inner)) if isinstance(inner, dict) else str(inner).strip())
    return ": ".join(filter(None, words))


def _configure(connection: socket.socket, host: str) -> None:
    """Make this server the only member of its set, under its present address."""
    reply = _run(connection, {"replSetGetConfig": 1})
    member = {"_id": 0, "host": host}
    if reply.get("code") == _NOT_YET_INITIALIZED:
        settings = {"electionTimeoutMillis": _ELECTION_TIMEOUT_MS}
        initial = {"_id": _REPLICA_SET, "members": [member], "settings": settings}
        _run(connection, {"replSetInitiate": initial})
    elif reply["ok"] and reply["config"]["members"][0]["host"] != host:
        config = reply["config"]
        moved = {**config, "version": config["version"] + 1, "members": [{**config["members"][0], **member}]}
        _run(connection, {"replSetReconfig": moved, "force": True})


def _run(connection: socket.socket, command: Mapping[str, Any]) -> dict[str, Any]:
    """Run one admin command and return the reply, whose `ok` is 0 if the server refuses.

    Spoken directly (OP_MSG, https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/): the driver
    takes longer to import than mongod to start, and notices a server that comes up only twice a second.
    """
    body = _FLAGS_AND_KIND.pack(0, 0) + bson.encode({**command, "$db": "admin"})
    connection.sendall(_HEADER.pack(_HEADER.size + len(body), 1, 0, _OP_MSG) + body)
    length = _HEADER.unpack(_receive(connection, _HEADER.size))[0]
    reply = _receive(connection, length - _HEADER.size)[_FLAGS_AND_KIND.size :]
    return bson.decode(reply)  # pyright: ignore[reportUnknownMemberType]  # its overloads are partly untyped


def _receive(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        chunk = connection.recv(length - len(received))
        if not chunk:
            raise ConnectionResetError("mongod closed the connection")
        received += chunk
    return bytes(received)
