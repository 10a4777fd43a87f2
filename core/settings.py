"""Settings from the environment and ``.env``; the names are those of ``shared/design.md`` §7."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.domain.access import parse_allowed_users
from core.domain.errors import SettingsError
from core.domain.policy import Policy
from core.domain.post import PostType
from core.domain.zones import zone

_LISTEN: Final = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):([0-9]{1,5})")
_LAST_PORT: Final = 65_535
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Bot API: setWebhook, secret_token."""
_TIME_OF_DAY: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
DEFAULT_THREADS_API = "https://graph.threads.net"


class Settings(BaseSettings):
    """Every setting of the product. Each field's docstring is what ``docs/settings.md`` prints."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        populate_by_name=True,
        use_attribute_docstrings=True,
        env_ignore_empty=True,
        frozen=True,
    )

    mongodb_uri: SecretStr | None = None
    """Where MongoDB is; without it the local stack serves."""
    mongodb_database: str = "threads-post-scheduler"
    """Database used when the URI names none."""
    redis_url: SecretStr | None = None
    """Where Redis is, as one URL; wins over the three below."""
    redis_host: str | None = None
    """Redis host; without it and without REDIS_URL the local stack serves."""
    redis_port: int = 6379
    """Redis port."""
    redis_password: SecretStr | None = None
    """Redis password."""
    redis_namespace: str = Field(default="", validation_alias="AUTOPOST_REDIS_NAMESPACE")
    """Prefix of every Redis key, so that several installations can share one Redis."""

    tz: str = "Asia/Ho_Chi_Minh"
    """Time zone of accounts that have none of their own."""

    use_event_driven_scheduler: bool = True
    """False: look every 60 s instead of waiting for the alarm (for a rollback)."""
    scheduler_batch_window_ms: int = Field(default=5000, ge=0, le=10_000)
    """A check claims what is due within this many milliseconds; each post still starts at its own."""
    worker_concurrency: int = Field(default=5, ge=1, le=500)
    """Posts published at once by one worker."""
    job_timeout: int = Field(default=300_000, ge=270_000)
    """Milliseconds that one publish may take, and that a worker waits for it when it stops."""
    reconcile_interval: int = Field(default=900, ge=60)
    """Seconds between two looks at MongoDB when nothing is due."""

    prepare_lead_text: int = Field(default=60, ge=0)
    """Seconds before its time at which a text post is prepared."""
    prepare_lead_media: int = Field(default=300, ge=0)
    """The same for pictures and carousels."""
    prepare_lead_video: int = Field(default=900, ge=0)
    """The same for videos."""
    publish_early_ms: int = Field(default=80, ge=0, le=2000)
    """Milliseconds before its time at which a worker takes a post; it is held to its exact moment."""
    missed_post_grace: int = Field(default=120, ge=0)
    """Seconds after which a post that nobody could publish counts as missed."""
    backlog_gap: int = Field(default=60, ge=0)
    """Seconds between two missed posts of one account when they are published late."""
    duplicate_window_hours: int = Field(default=24, ge=0)
    """The same content is refused on the same account within this many hours."""

    threads_api_base_url: str = DEFAULT_THREADS_API
    """Base URL of the Threads API; the sandbox is another one."""
    threads_client_id: str | None = None
    """Threads app id (not the Facebook app's)."""
    threads_client_secret: SecretStr | None = None
    """Threads app secret."""
    threads_redirect_uri: str | None = None
    """Redirect URL, exactly as the app's dashboard has it."""
    threads_user_id: str | None = None
    """User id of an account given by settings."""
    threads_access_token: SecretStr | None = None
    """Its long-lived token."""
    threads_rate_per_minute: int = Field(default=10, ge=1)
    """Posts per account and minute; more wait."""

    data_dir: Path = Field(default=Path(".autopost"), validation_alias="AUTOPOST_DATA_DIR")
    """Where the local stack, its logs and the key live."""
    secret_key: SecretStr | None = Field(default=None, validation_alias="AUTOPOST_SECRET_KEY")
    """Key that encrypts tokens at rest; without it one is made in the data folder."""

    telegram_bot_token: SecretStr | None = None
    """Token of the Telegram bot."""
    telegram_allowed_users: str = ""
    """Who may use the bot: numeric ids with roles, such as `111:owner, 222:editor, 333:viewer@shop-hanoi`; empty: nobody."""
    telegram_api_base_url: str = "https://api.telegram.org"
    """Base URL of the Bot API."""
    telegram_webhook_url: str | None = None
    """Public https address at which Telegram delivers updates; without it the bot asks for them."""
    telegram_webhook_listen: str = "127.0.0.1:8080"
    """Host and port at which the bot listens for them."""
    telegram_webhook_secret: SecretStr | None = None
    """What Telegram has to send along: 1 to 256 of A-Z, a-z, 0-9, _ and -; without it one is made at each start."""
    posting_slots: str = "09:00, 12:00, 19:30"
    """Local times of day that are offered for new posts."""

    media_public_url: str | None = None
    """Public address under which Threads can download the files of MEDIA_FOLDER or of the bucket."""
    media_folder: Path | None = None
    """Where pictures and videos sent to the bot are kept; without it `media` in the data folder."""
    media_listen: str | None = None
    """Host and port at which the bot itself serves MEDIA_FOLDER; without it another server does."""
    media_s3_bucket: str | None = None
    """S3-compatible bucket that keeps them instead of MEDIA_FOLDER."""
    media_s3_endpoint_url: str | None = None
    """Its endpoint; without it that of AWS."""
    media_s3_region: str = "us-east-1"
    """Its region."""
    media_s3_access_key_id: str | None = None
    """Id of the key that may write to it."""
    media_s3_secret_access_key: SecretStr | None = None
    """That key."""

    @field_validator("tz")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        return zone(value).key

    @field_validator("telegram_allowed_users")
    @classmethod
    def _is_a_list_of_people(cls, value: str) -> str:
        parse_allowed_users(value)
        return value

    @field_validator("telegram_webhook_listen", "media_listen")
    @classmethod
    def _is_host_and_port(cls, value: str | None) -> str | None:
        if value is None:
            return None
        match = _LISTEN.fullmatch(value)
        if match is None or int(match[1]) > _LAST_PORT:
            raise ValueError(f'"{value}" is no host and port, such as 127.0.0.1:8080')
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _is_https(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError(f'"{value}" does not begin with https://, which Telegram asks for')
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("it takes 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("media_public_url", "media_s3_endpoint_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not value.startswith(("https://", "http://")):
            raise ValueError(f'"{value}" is no address: it begins with https://')
        return value.rstrip("/")

    @field_validator("posting_slots")
    @classmethod
    def _are_times(cls, value: str) -> str:
        _times(value)
        return value

    @model_validator(mode="after")
    def _has_the_key_of_its_bucket(self) -> Self:
        if self.media_s3_bucket and not (self.media_s3_access_key_id and self.media_s3_secret_access_key):
            raise ValueError("MEDIA_S3_BUCKET needs MEDIA_S3_ACCESS_KEY_ID and MEDIA_S3_SECRET_ACCESS_KEY")
        return self

    @property
    def slots(self) -> tuple[time, ...]:
        """POSTING_SLOTS in the order of the day, each once."""
        return _times(self.posting_slots)

    @property
    def media_at(self) -> Path:
        """The folder of the media."""
        return self.media_folder or self.data_dir / "media"

    @property
    def redis_address(self) -> str | None:
        """The URL of Redis, or None when no setting names one."""
        if self.redis_url:
            return self.redis_url.get_secret_value()
        if not self.redis_host:
            return None
        secret = f":{quote(self.redis_password.get_secret_value(), safe='')}@" if self.redis_password else ""
        return f"redis://{secret}{self.redis_host}:{self.redis_port}/0"

    @property
    def is_local(self) -> bool:
        """Whether the local stack serves: neither MongoDB nor Redis is named."""
        return self.mongodb_uri is None and self.redis_address is None

    @property
    def uses_sandbox(self) -> bool:
        """Whether posts go to the sandbox: local, and nothing says which Threads to use."""
        return (
            self.is_local
            and self.threads_api_base_url == DEFAULT_THREADS_API
            and self.threads_access_token is None
            and self.threads_client_id is None
        )

    @property
    def policy(self) -> Policy:
        """The figures by which posts are published."""
        return Policy(
            leads=self.leads,
            early=timedelta(milliseconds=self.publish_early_ms),
            batch_window=self._batch_window,
            reconcile=timedelta(seconds=self.reconcile_interval),
            missed_grace=timedelta(seconds=self.missed_post_grace),
            backlog_gap=timedelta(seconds=self.backlog_gap),
            duplicate_window=timedelta(hours=self.duplicate_window_hours),
            rate_per_minute=self.threads_rate_per_minute,
            concurrency=self.worker_concurrency,
            job_timeout=timedelta(milliseconds=self.job_timeout),
        )

    @property
    def _batch_window(self) -> timedelta:
        """A worker that looks once a minute claims a minute ahead, so that its posts are on the dot too."""
        window = timedelta(milliseconds=self.scheduler_batch_window_ms)
        return window if self.use_event_driven_scheduler else window + timedelta(minutes=1)

    @property
    def leads(self) -> dict[PostType, timedelta]:
        """How long ahead of its time each type of post is prepared."""
        media = timedelta(seconds=self.prepare_lead_media)
        return {
            PostType.TEXT: timedelta(seconds=self.prepare_lead_text),
            PostType.IMAGE: media,
            PostType.CAROUSEL: media,
            PostType.VIDEO: timedelta(seconds=self.prepare_lead_video),
        }


def _times(text: str) -> tuple[time, ...]:
    found: set[time] = set()
    for word in filter(None, map(str.strip, text.split(","))):
        match = _TIME_OF_DAY.fullmatch(word)
        if match is None:
            raise ValueError(f'"{word}" is no time of day, such as 09:00')
        found.add(time(int(match[1]), int(match[2])))
    return tuple(sorted(found))


def load_settings(**overrides: object) -> Settings:
    """Read the settings once. Raises SettingsError, in one sentence, for a wrong or unknown one."""
    _refuse_unknown({**dotenv_values(".env"), **os.environ})
    try:
        return Settings(**overrides)  # pyright: ignore[reportArgumentType]  # pydantic checks them
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "a setting"
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"{name} is wrong: {reason}. Mend it in the environment or in .env.") from None


def _refuse_unknown(environment: Mapping[str, object]) -> None:
    known = sorted(
        str(field.validation_alias) for field in Settings.model_fields.values() if field.validation_alias
    )
    for name in environment:
        if name.startswith("AUTOPOST_") and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(known)}."
            raise SettingsError(f"{name} is not a setting. {hint}")
