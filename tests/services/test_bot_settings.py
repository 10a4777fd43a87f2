"""The settings of the bot and of its media."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from core.adapters.media.bucket import BucketStorage
from core.adapters.media.folder import FolderStorage
from core.adapters.media.storage import NoStorage, configured_storage
from core.domain.errors import SettingsError
from core.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
BUCKET = {"MEDIA_S3_BUCKET": "shop", "MEDIA_S3_ACCESS_KEY_ID": "id", "MEDIA_S3_SECRET_ACCESS_KEY": "key"}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file ``.env`` is near."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TELEGRAM_ALLOWED_USERS", "111:owner, linh:editor", 'cannot be read at "linh:editor"'),
        ("TELEGRAM_WEBHOOK_URL", "http://bot.example.org", "does not begin with https"),
        ("TELEGRAM_WEBHOOK_LISTEN", "8080", "no host and port"),
        ("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:65536", "no host and port"),
        ("TELEGRAM_WEBHOOK_SECRET", "two words", "takes 1 to 256"),
        ("POSTING_SLOTS", "09:00, 25:00", '"25:00" is no time of day'),
        ("MEDIA_PUBLIC_URL", "media.example.org", "begins with https"),
        ("MEDIA_LISTEN", "0.0.0.0:http", "no host and port"),
        ("MEDIA_S3_BUCKET", "shop", "MEDIA_S3_SECRET_ACCESS_KEY"),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    """In a sentence that names it; a secret is not repeated."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=sentence) as told:
        load_settings()
    assert name in str(told.value)
    assert "two words" not in str(told.value)


def test_slots_are_in_order() -> None:
    """Each once, whatever the order in which they were written."""
    settings = Settings(posting_slots="19:30, 9:00,12:00, 09:00,")
    assert settings.slots == (time(9), time(12), time(19, 30))
    assert Settings(posting_slots=" ").slots == ()


def test_where_media_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nowhere without a public address, then in the data folder, then in the bucket."""
    assert isinstance(configured_storage(load_settings()), NoStorage)
    monkeypatch.setenv("MEDIA_PUBLIC_URL", "https://media.example.org/")
    settings = load_settings(data_dir=tmp_path)
    assert (settings.media_public_url, settings.media_at) == ("https://media.example.org", tmp_path / "media")
    assert isinstance(configured_storage(settings), FolderStorage)
    for name, value in BUCKET.items():
        monkeypatch.setenv(name, value)
    assert isinstance(configured_storage(load_settings()), BucketStorage)


def test_the_page_about_settings_is_true() -> None:
    """It has a row for every setting: its name, its default, and what the code says about it."""
    rows: list[str] = []
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default not in (None, "") else ""
        rows.append(f"| `{field.validation_alias or name.upper()}` | {default} | {field.description} |")
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in page if line.startswith("| `")] == rows
