"""A dead-man's switch: which parts of the system have been silent for too long, and which are back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

GRACE: Final = timedelta(seconds=30)
"""A part that is away for less than this is not told: a restart takes seconds."""


class Part(StrEnum):
    MONGODB = "mongodb"
    REDIS = "redis"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Outage:
    """``since`` is when the part was first found away (UTC), ``reason`` one sentence."""

    since: datetime
    reason: str
    told: bool = False

    def __str__(self) -> str:
        return f"{self.since.isoformat()} {'told' if self.told else 'new'} {self.reason}"

    @classmethod
    def read(cls, text: str) -> Outage:
        """What ``str`` made of one."""
        since, told, reason = text.split(" ", 2)
        return cls(datetime.fromisoformat(since), reason, told == "told")


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is away since, or back after, ``outage``."""

    part: Part
    outage: Outage
    back: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """The outages that go on."""

    outages: Mapping[Part, Outage] = field(default_factory=dict[Part, Outage])

    def after(self, down: Mapping[Part, str], now: datetime) -> tuple[Watched, list[Change]]:
        """What a look at ``now`` changes: each outage is told once, when it lasts, and once when it is over.

        ``down`` has the reason for each part that does not answer. While Redis is away nobody can say
        whether a worker is there: an outage of the worker stands as it was.
        """
        outages: dict[Part, Outage] = {}
        changes: list[Change] = []
        for part in Part:
            known = self.outages.get(part)
            if part is Part.WORKER and Part.REDIS in down and part not in down:
                outages |= {part: known} if known else {}
            elif part in down:
                outage = known or Outage(now, down[part])
                if not outage.told and now - outage.since >= GRACE:
                    outage = replace(outage, told=True)
                    changes.append(Change(part, outage, back=False))
                outages[part] = outage
            elif known is not None and known.told:
                changes.append(Change(part, known, back=True))
        return Watched(outages), changes
