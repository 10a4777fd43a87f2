"""Times for many posts: at random in a range, never closer than a gap."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from core.domain.errors import RefusedError

DEFAULT_GAP = timedelta(minutes=5)

_SECOND = timedelta(seconds=1)


def spread(
    count: int,
    start: datetime,
    end: datetime,
    *,
    gap: timedelta = DEFAULT_GAP,
    seed: int | None = None,
    shuffle: bool = False,
) -> list[datetime]:
    """Draw ``count`` moments from ``start`` to ``end``, both included, at whole seconds after ``start``.

    Any two are at least ``gap`` apart: the gaps are taken out of the range, the moments drawn evenly from
    what is left, and the gaps put back. They rise, unless ``shuffle`` puts them in random order. The same
    seed (0 too) gives the same moments. ``start`` and ``end`` are aware; the results have start's zone.

    Raises:
        RefusedError: the range is too small for so many moments.
    """
    room = end - start - gap * (count - 1)
    if count > 0 and room < timedelta():
        raise RefusedError(
            f"{count} posts at least {_span(gap)} apart need {_span(gap * (count - 1))},"
            f" but from start to end there are {_span(max(end - start, timedelta()))}:"
            " choose a longer range, a smaller gap or fewer posts."
        )
    draw = random.Random(seed)  # noqa: S311 - times of posts are no secret
    offsets = sorted(draw.randint(0, room // _SECOND) for _ in range(count))
    times = [start + offset * _SECOND + gap * index for index, offset in enumerate(offsets)]
    if shuffle:
        draw.shuffle(times)
    return times


def _span(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{value} {unit}" for value, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if value]
    return " ".join(parts) or "0 s"
