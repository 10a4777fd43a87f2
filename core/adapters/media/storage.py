"""The storage that the settings mean."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from core.adapters.media.bucket import Bucket, BucketStorage
from core.adapters.media.folder import FolderStorage
from core.domain.errors import SettingsError
from core.domain.secret import Secret
from core.ports import MediaStorage
from core.settings import Settings

_UNSET: Final = (
    "Pictures and videos need a public address: set MEDIA_PUBLIC_URL to the https:// address under which"
    " MEDIA_FOLDER or MEDIA_S3_BUCKET can be downloaded by everybody."
)


class NoStorage:
    """Implements :class:`core.ports.media.MediaStorage` where no address is set: nothing can be kept."""

    async def store(self, name: str, data: bytes, content_type: str) -> str:  # noqa: ARG002  # of the protocol
        raise SettingsError(_UNSET)

    async def read(self, url: str, *, at_most: int) -> bytes | None:  # noqa: ARG002  # of the protocol
        return None

    async def stored_before(self, moment: datetime) -> list[str]:  # noqa: ARG002  # of the protocol
        return []

    async def remove(self, name: str, *, stored_before: datetime) -> bool:  # noqa: ARG002  # of the protocol
        return False


def configured_storage(settings: Settings) -> MediaStorage:
    """The bucket if one is named, else the folder; without MEDIA_PUBLIC_URL none, which says what to set."""
    return storage_of(settings.media_public_url, folder=settings.media_at, bucket=_bucket(settings))


def storage_of(public_url: str | None, *, folder: Path, bucket: Bucket | None = None) -> MediaStorage:
    """The bucket if there is one, else the folder; without a public address none."""
    if public_url is None:
        return NoStorage()
    return BucketStorage(bucket, public_url) if bucket is not None else FolderStorage(folder, public_url)


def _bucket(settings: Settings) -> Bucket | None:
    """None without one. That a bucket has a key is checked when the settings are read."""
    key_id, key = settings.media_s3_access_key_id, settings.media_s3_secret_access_key
    if settings.media_s3_bucket is None or key_id is None or key is None:
        return None
    return Bucket(
        name=settings.media_s3_bucket,
        access_key_id=key_id,
        secret_access_key=Secret(key.get_secret_value()),
        endpoint=settings.media_s3_endpoint_url,
        region=settings.media_s3_region,
    )
