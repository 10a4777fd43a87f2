"""Figures about lateness."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Nearest-rank percentiles, None of nothing."""

    p50: float | None
    p99: float | None
    max: float | None


def percentiles(values: Iterable[float]) -> Percentiles:
    """Nearest rank: the smallest value that is not less than the given share of all values."""
    ordered = sorted(values)
    if not ordered:
        return Percentiles(None, None, None)

    def rank(share: float) -> float:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return Percentiles(rank(0.5), rank(0.99), ordered[-1])
