"""How publishing fails as the services see it."""

from __future__ import annotations

import pytest

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.failures import Failure, ThreadsError


async def publish_failure(client: ThreadsClient, who: Credentials) -> Failure:
    """Publish in vain; on the error hangs no other, which might hold the token."""
    with pytest.raises(ThreadsError) as caught:
        await client.publish(who, "179")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value.failure
