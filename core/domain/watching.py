"""A dead-man's switch: which parts of the system have been silent for too long, and which are back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

GRACE: Final = timedelta(seconds=30)
"""A part that is away for less than this is not told: a restart takes seconds."""
OVERDUE: Final = timedelta(seconds=60)
"""So long after its time a post that nobody has taken up is a sign that nobody works, whatever a worker says."""


class Part(StrEnum):
    MONGODB = "mongodb"
    REDIS = "redis"
    WORKER = "worker"
    POSTS = "posts"
    """No part but what all of them are for: posts whose time has come are taken up."""


_ASKED_OF: Final = {Part.WORKER: Part.REDIS, Part.POSTS: Part.MONGODB}
"""Which part knows of which."""


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

        ``down`` has the reason for each part that does not answer. What nobody can say stands as it was:
        while Redis is away whether a worker is there, while MongoDB is away whether posts lie about. Posts
        that lie about because of a part that is told to be away are no news, and have a while to be taken up
        once it is back; a worker that is away is none where posts lie about.
        """
        outages: dict[Part, Outage] = {}
        changes: list[Change] = []
        for part in Part:
            known = self.outages.get(part)
            if part in down:
                outage = self._going_on(part, down, now, outages)
                outages[part] = outage
                if outage.told and not (known and known.told):
                    changes.append(Change(part, outage, back=False))
            elif known is not None and _ASKED_OF.get(part) in down:
                outages |= {part: known} if known.told or part is Part.WORKER else {}
            elif known is not None and known.told:
                changes.append(Change(part, known, back=True))
        return Watched(outages), changes

    def _going_on(
        self, part: Part, down: Mapping[Part, str], now: datetime, others: Mapping[Part, Outage]
    ) -> Outage:
        """The outage of a part that is away, told now if it is time; ``others`` are how they stand now."""
        outage = self.outages.get(part) or Outage(now, down[part])
        if outage.told:
            return outage
        worker = others.get(Part.WORKER)
        if part is Part.POSTS and (Part.REDIS in down or (worker is not None and worker.told)):
            return Outage(now, down[part])
        said = part is Part.WORKER and Part.POSTS in down
        return replace(outage, reason=down[part], told=now - outage.since >= GRACE and not said)
