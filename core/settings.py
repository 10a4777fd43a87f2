"""Settings from the environment and ``.env``; the names are those of ``shared/design.md`` §7."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.domain.errors import SettingsError
from core.domain.post import PostType
from core.domain.zones import zone

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
    """Telegram user ids that may use the bot, with roles."""
    telegram_api_base_url: str = "https://api.telegram.org"
    """Base URL of the Bot API."""

    @field_validator("tz")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        return zone(value).key

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
    def leads(self) -> dict[PostType, timedelta]:
        """How long ahead of its time each type of post is prepared."""
        media = timedelta(seconds=self.prepare_lead_media)
        return {
            PostType.TEXT: timedelta(seconds=self.prepare_lead_text),
            PostType.IMAGE: media,
            PostType.CAROUSEL: media,
            PostType.VIDEO: timedelta(seconds=self.prepare_lead_video),
        }


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
