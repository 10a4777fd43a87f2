"""The switches of the sandbox, set by ``POST /sandbox/settings`` and kept on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, cast

MEDIA_TYPES = ("text", "image", "video", "carousel")

_CHOICES = {
    "second_publish": ("refuse", "same-id", "again"),
    "counter": ("doc", "bytes", "codepoints"),
    "locale": ("en", "vi"),
}


class OptionError(ValueError):
    """A setting that is not known or not possible; the message says how to mend it."""


def _default_processing() -> Mapping[str, float]:
    return {"text": 0.0, "image": 0.0, "video": 2.0, "carousel": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How this sandbox behaves where Threads leaves it open, or where a test wants it otherwise."""

    processing_seconds: Mapping[str, float] = field(default_factory=_default_processing)
    """Seconds from creation to FINISHED, by kind of post.

    Only a video takes time by default: clients in use (meta-threads-sdk) wait for nothing else.
    """
    second_publish: str = "refuse"
    """A container published twice: ``refuse`` (24/4279009), ``same-id`` or ``again``: a second post.

    Meta's answer is not documented; all three are guesses.
    """
    feed_lag_seconds: float = 0.0
    """Seconds for which a new post is not yet found by reading."""
    counter: str = "doc"
    """How the 500 characters are counted: a field of ``core.domain.text.TextCount``."""
    locale: str = "en"
    """Language of ``error_user_title`` and ``error_user_msg``."""
    post_quota: int = 250
    reply_quota: int = 1000
    delete_quota: int = 100
    location_search_quota: int = 500
    client_id: str = ""
    """The only app that may link accounts; empty: any."""
    client_secret: str = ""
    """The secret that token calls must show; empty: any. It also signs callbacks and webhooks."""
    redirect_uris: tuple[str, ...] = ()
    """Redirect addresses saved in the app; empty: any."""
    webhook_url: str = ""
    """Where publish and delete webhooks go; empty: nowhere."""
    deauthorize_url: str = ""
    delete_url: str = ""

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Options:
        return cls().updated(values)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def updated(self, values: Mapping[str, Any]) -> Options:
        """Return these options with ``values`` put in.

        Raises:
            OptionError: a name is unknown, or a value is not of its kind.
        """
        known = {each.name for each in fields(self)}
        for name in values:
            if name not in known:
                raise OptionError(f'There is no setting "{name}": use one of {", ".join(sorted(known))}.')
        return replace(self, **{name: self._checked(name, value) for name, value in values.items()})

    def _checked(self, name: str, value: Any) -> Any:
        if name == "processing_seconds":
            return _checked_processing(self.processing_seconds, value)
        if name == "redirect_uris":
            return _checked_addresses(value)
        if name in _CHOICES:
            if value not in _CHOICES[name]:
                raise OptionError(f'"{name}" must be one of {", ".join(_CHOICES[name])}.')
            return value
        if isinstance(getattr(self, name), str):
            if not isinstance(value, str):
                raise OptionError(f'"{name}" must be a text.')
            return value
        return _checked_number(name, value)


def _checked_number(name: str, value: Any) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise OptionError(f'"{name}" must be a number, 0 or more.')
    return value


def _checked_addresses(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise OptionError('"redirect_uris" must be a list of addresses.')
    return tuple(str(each) for each in cast("list[Any]", value))


def _checked_processing(now: Mapping[str, float], value: Any) -> Mapping[str, float]:
    if not isinstance(value, Mapping):
        number: float = _checked_number("processing_seconds", value)
        return dict.fromkeys(MEDIA_TYPES, number)
    seconds = dict(now)
    for kind, each in cast("Mapping[str, Any]", value).items():
        if kind not in MEDIA_TYPES:
            raise OptionError(f'"processing_seconds" has no kind "{kind}": use {", ".join(MEDIA_TYPES)}.')
        seconds[kind] = _checked_number(f"processing_seconds.{kind}", each)
    return seconds
