"""The Bot API over aiohttp: a sixth of the processor time that httpx takes for a call, and no URL in any error.

Each URL of the Bot API holds the bot's token, so errors name the cause only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from core.domain.errors import SettingsError
from core.domain.secret import Secret
from core.settings import Settings

_CONNECT: Final = 5.0
_ANSWER: Final = 20.0
_UPLOAD: Final = 120.0
_DOWNLOAD: Final = 600.0
_POLL: Final = 50
"""Seconds for which Telegram holds a question for updates open."""
_MARGIN: Final = 10
_MOST_CONNECTIONS: Final = 64
_UNTOLD_PAUSE: Final = 1.0
WANTED: Final = ("message", "callback_query", "my_chat_member")
"""The kinds of updates that are asked for."""

_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
Json = Mapping[str, Any]


class NotSentError(NetworkError):
    """No connection was made, so nothing has reached Telegram."""


class FloodError(TelegramError):
    """Telegram wants no more for ``seconds``.

    The library's own error would warn of a change to come each time it is made.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram wants a pause of {seconds:g} s")
        self.seconds = seconds


class Connection(BaseRequest):
    """Sends requests; an answer may take ``answer`` seconds, with an upload two minutes.

    A download may take ten, as long as it does not stand still.
    """

    def __init__(self, answer: float = _ANSWER) -> None:
        self._answer = answer
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._answer

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_MOST_CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # as above
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # as above
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # as above
    ) -> tuple[int, bytes]:
        """Status and body. Raises FloodError, and NetworkError: TimedOut for no answer in time, NotSentError as it says."""
        if self._session is None:
            raise NotSentError("the connection to Telegram is closed")
        patience = read_timeout if isinstance(read_timeout, int | float) else self._answer
        if request_data and request_data.contains_files:
            patience = max(patience, _UPLOAD)
        timeout = aiohttp.ClientTimeout(total=_CONNECT + patience, connect=_CONNECT)
        if method == "GET":  # the library's way to a file
            timeout = aiohttp.ClientTimeout(total=_DOWNLOAD, connect=_CONNECT, sock_read=self._answer)
        sent = _body(request_data)
        headers = _FORM if isinstance(sent, bytes) else None
        try:
            async with self._session.request(
                method, url, data=sent, headers=headers, timeout=timeout
            ) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"Telegram cannot be reached ({_cause(error)})") from None
        except TimeoutError:
            raise TimedOut("Telegram did not answer in time") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(f"the connection to Telegram broke ({_cause(error)})") from None
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise FloodError(_pause(body))
        return status, body


def _pause(body: bytes) -> float:
    """What the answer to a call too many says (Bot API: ResponseParameters)."""
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return _UNTOLD_PAUSE


def _cause(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or type(error).__name__


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    """Without files it is encoded here: aiohttp begins a multipart body for a mapping too, a tenth of a call's time."""
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        # aiohttp warns of large bytes and takes a file of any size
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=content_type)
    return form


class Api(Bot):
    """The Bot API; its ``repr`` has no token."""

    def __init__(self, token: Secret, base_url: str) -> None:
        base = base_url.rstrip("/")
        super().__init__(
            token.reveal(),
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=Connection(),
            get_updates_request=Connection(),
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    async def updates(self, offset: int | None) -> Sequence[Json]:
        """The next updates as Telegram wrote them, waiting for one; those below ``offset`` are confirmed."""
        question = {"offset": offset, "timeout": _POLL, "allowed_updates": list(WANTED)}
        return await self._post("getUpdates", question, read_timeout=_POLL + _MARGIN)


def token_of(settings: Settings) -> Secret:
    """The bot's token. Raises SettingsError without one."""
    if settings.telegram_bot_token is None:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is not set: make a bot with @BotFather in Telegram and set the token it gives you."
        )
    return Secret(settings.telegram_bot_token.get_secret_value())
