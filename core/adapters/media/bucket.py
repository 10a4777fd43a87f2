"""Files in a bucket of Amazon S3 or of a service that speaks its protocol."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.adapters.media.folder import check_name
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
        from obstore.exceptions import BaseError  # noqa: PLC0415  # as for the store

        check_name(name)
        attributes = {"Content-Type": content_type, "Cache-Control": "public, max-age=31536000, immutable"}
        try:
            await self._store.put_async(name, data, attributes=attributes, use_multipart=False)
        except (BaseError, OSError) as error:
            # What S3 answers may repeat the key's id and what was signed: neither text nor cause go further.
            kind = type(error).__name__
            log.warning("media.bucket_failed", extra={"bucket": self._bucket.name, "kind": kind})
            raise UnavailableError(self._sentence(kind)) from None
        return f"{self._public_url}/{name}"

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
                return f"{bucket} refuses the key: check MEDIA_S3_ACCESS_KEY_ID, its secret and what it may write."
            case "FileNotFoundError":
                return f"{bucket} does not exist there: check MEDIA_S3_BUCKET and MEDIA_S3_ENDPOINT_URL."
            case _:
                return (
                    f"{bucket} does not answer as it should: check MEDIA_S3_ENDPOINT_URL, or try again later."
                )
