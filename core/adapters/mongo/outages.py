"""What is told when MongoDB does not answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import CoroutineType
from typing import Any, Final, ParamSpec, TypeVar

from pymongo.errors import AutoReconnect, ConnectionFailure, OperationFailure, WriteConcernError

from core.domain.errors import UnavailableError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

UNACKNOWLEDGED: Final = (AutoReconnect, WriteConcernError)
"""After these a write may have happened or not."""

_REFUSALS: Final = {
    13: "MongoDB does not allow this user to read and write the database: grant it readWrite.",
    18: "MongoDB refuses the user or password of MONGODB_URI: correct it.",
    14031: "MongoDB has no disk space left: free some on its machine.",
}


def tells_outages(
    operation: Callable[Parameters, CoroutineType[Any, Any, Result]],
) -> Callable[Parameters, CoroutineType[Any, Any, Result]]:
    """Make an operation raise UnavailableError, in one sentence, when MongoDB cannot do it now."""

    @wraps(operation)
    async def told(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return await operation(*args, **kwargs)
        except (ConnectionFailure, WriteConcernError) as error:
            raise UnavailableError(_sentence(error)) from error
        except OperationFailure as error:
            if error.code not in _REFUSALS:
                raise
            raise UnavailableError(_REFUSALS[error.code]) from error

    return told


def _sentence(error: Exception) -> str:
    reason = str(error).split(",", 1)[0].split(" (configured timeouts", 1)[0]
    return f"MongoDB does not answer ({reason}): check that it runs and that MONGODB_URI is right."
