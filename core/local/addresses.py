"""Where the servers are: as the settings say, else those of the local stack."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.errors import UnavailableError
from core.domain.secret import Secret
from core.local.stack import read_stack
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers are; ``sandbox_token`` is that of the sandbox's first user."""

    mongodb: Secret
    redis: Secret
    threads: str
    sandbox: str | None = None
    sandbox_token: Secret | None = None


def find_addresses(settings: Settings) -> Addresses:
    """From the settings, or of the local stack. Raises UnavailableError when that does not run."""
    if settings.mongodb_uri is not None and settings.redis_address is not None:
        return Addresses(
            Secret(settings.mongodb_uri.get_secret_value()),
            Secret(settings.redis_address),
            settings.threads_api_base_url,
        )
    stack = read_stack(settings.data_dir)
    if stack is None:
        raise UnavailableError("The local stack does not run: start it with `autopost up -d`.")
    mongodb = settings.mongodb_uri.get_secret_value() if settings.mongodb_uri else stack.mongodb_uri
    sandboxed = settings.uses_sandbox and stack.sandbox_url is not None
    return Addresses(
        Secret(mongodb),
        Secret(settings.redis_address or stack.redis_url),
        stack.sandbox_url if sandboxed and stack.sandbox_url else settings.threads_api_base_url,
        sandbox=stack.sandbox_url,
        sandbox_token=Secret(stack.sandbox_access_token) if stack.sandbox_access_token else None,
    )
