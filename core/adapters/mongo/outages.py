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
_NOT_NOW: Final = frozenset(
    {
        *(6, 7, 89, 9001),  # another member cannot be reached
        *(91, 189, 10107, 11600, 11602, 13435, 13436),  # it stops, or another member is the primary now
        *(24, 46, 50, 112, 133, 134, 146, 262, 365),  # it is too busy
        371,  # writes are blocked while it is being moved
        8000,  # Atlas: a quota is used up, or the cluster is paused
    }
)
"""Codes of MongoDB's error_codes.yml (8000: Atlas) that pass by themselves or when somebody mends the server."""


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
            for code in _codes(error):
                if code in _REFUSALS:
                    raise UnavailableError(_REFUSALS[code]) from error
                if code in _NOT_NOW:
                    raise UnavailableError(
                        f"MongoDB cannot do it now ({_reason(error)}): look at its server if that lasts."
                    ) from error
            raise

    return told


def _codes(error: OperationFailure) -> list[int]:
    """Its own code, and those of the single writes of a bulk."""
    failed = (error.details or {}).get("writeErrors", ())
    return [code for code in (error.code, *(one["code"] for one in failed)) if code is not None]


def _sentence(error: Exception) -> str:
    return f"MongoDB does not answer ({_reason(error)}): check that it runs and that MONGODB_URI is right."


def _reason(error: Exception) -> str:
    return str(error).split(",", 1)[0].split(" (configured timeouts", 1)[0]
