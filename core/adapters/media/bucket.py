"""Files in a bucket of Amazon S3 or of a service that speaks its protocol."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.adapters.media.folder import check_name, name_at
from core.domain.errors import UnavailableError
from core.domain.secret import Secret

if TYPE_CHECKING:
    from obstore.store import S3Credential, S3Store

log = logging.getLogger(__name__)

_RETRIES: Final = 2
_PATIENCE: Final = timedelta(seconds=60)
_CONNECT: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where it is and with which key; without an ``endpoint`` it is one of AWS in ``region``."""

    name: str
    access_key_id: str
    secret_access_key: Secret
    endpoint: str | None = None
    region: str = "us-east-1"


class BucketStorage:
    """Implements :class:`core.ports.media.MediaStorage`; an object is there as a whole or not at all."""

    def __init__(self, bucket: Bucket, public_url: str) -> None:
        self._bucket = bucket
        self._public_url = public_url.rstrip("/")

    async def store(self, name: str, data: bytes, content_type: str) -> str:
        check_name(name)
        attributes = {"Content-Type": content_type, "Cache-Control": "public, max-age=31536000, immutable"}
        with self._telling():
            await self._store.put_async(name, data, attributes=attributes, use_multipart=False)
        return f"{self._public_url}/{name}"

    async def read(self, url: str, *, at_most: int) -> bytes | None:
        name = name_at(url, self._public_url)
        if name is None:
            return None
        with self._telling(), suppress(FileNotFoundError):
            found = await self._store.get_async(name)
            if found.meta["size"] <= at_most:
                return bytes(await found.bytes_async())
        return None

    async def stored_before(self, moment: datetime) -> list[str]:
        with self._telling():
            listed = await self._store.list_with_delimiter_async()  # pyright: ignore[reportUnknownMemberType]  # its other overload needs pyarrow
        return sorted(one["path"] for one in listed["objects"] if one["last_modified"] < moment)

    async def remove(self, name: str, *, stored_before: datetime) -> bool:
        """S3 knows no condition for this that all services keep: between look and removal lies one round trip."""
        check_name(name)
        with self._telling(), suppress(FileNotFoundError):
            if (await self._store.head_async(name))["last_modified"] >= stored_before:
                return False
            await self._store.delete_async(name)
        return True

    @contextmanager
    def _telling(self) -> Generator[None]:
        """What S3 answers may repeat the key's id and what was signed: neither text nor cause go further."""
        from obstore.exceptions import BaseError  # noqa: PLC0415  # as for the store

        try:
            yield
        except (BaseError, OSError) as error:
            kind = type(error).__name__
            log.warning("media.bucket_failed", extra={"bucket": self._bucket.name, "kind": kind})
            raise UnavailableError(self._sentence(kind)) from None

    @cached_property
    def _store(self) -> S3Store:
        from obstore.store import S3Store  # noqa: PLC0415  # costs every command its import

        return S3Store(
            self._bucket.name,
            endpoint=self._bucket.endpoint or f"https://s3.{self._bucket.region}.amazonaws.com",
            region=self._bucket.region,
            credential_provider=self._credentials,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": True,
                "connect_timeout": _CONNECT,
                "timeout": _PATIENCE,
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": _PATIENCE},
        )

    def _credentials(self) -> S3Credential:
        """Given by a function, as obstore would add a session token that it finds in the environment."""
        return {
            "access_key_id": self._bucket.access_key_id,
            "secret_access_key": self._bucket.secret_access_key.reveal(),
            "expires_at": None,
        }

    def _sentence(self, kind: str) -> str:
        bucket = f"The bucket {self._bucket.name}"
        match kind:
            case "PermissionDeniedError" | "UnauthenticatedError":
                return (
                    f"{bucket} refuses the key: check MEDIA_S3_ACCESS_KEY_ID, its secret and what it may do."
                )
            case "FileNotFoundError":
                return f"{bucket} does not exist there: check MEDIA_S3_BUCKET and MEDIA_S3_ENDPOINT_URL."
            case _:
                return (
                    f"{bucket} does not answer as it should: check MEDIA_S3_ENDPOINT_URL, or try again later."
                )
