"""The Threads sandbox as a server of the local stack."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from core.local.errors import LocalStackError
from core.local.processes import python_environment, python_module
from core.local.server import ANSWER_TIMEOUT, LOOPBACK, LocalServer

_ACCOUNT: Final = "sandbox"


@dataclass(frozen=True, slots=True)
class SandboxServer(LocalServer):
    """The sandbox of a data folder."""

    name: ClassVar[str] = "sandbox"

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def command(self, port: int) -> list[str]:
        return python_module(
            "core.local.sandbox", "--host", LOOPBACK, "--port", str(port), "--state-dir", str(self.folder)
        )

    def environment(self) -> Mapping[str, str]:
        return python_environment()

    def answers(self, port: int, pid: int) -> bool:
        del pid  # it does not tell its own; without its port it ends at once
        try:
            status, _ = _request(port, "GET", "/sandbox/clock")
        except (OSError, http.client.HTTPException):
            return False
        return status == http.HTTPStatus.OK

    def access_token(self) -> str:
        """A token of the account that the stack uses, which is made if it is not there.

        Raises:
            LocalStackError: the sandbox does not give one.
        """
        try:
            _, body = _request(self.port, "POST", "/sandbox/accounts", {"username": _ACCOUNT})
            return str(json.loads(body)["access_token"])
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            raise LocalStackError(
                f"The sandbox gives no account ({error!r}); see its log {self.daemon.log_path}."
            ) from error


def _request(port: int, method: str, path: str, body: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """One request that no proxy setting can lead astray."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=ANSWER_TIMEOUT)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
