"""A figure: ours, what it is compared with, and the ratio; and how figures are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.domain.stats import Percentiles

_HEAD: Final = ("subject", "what", "ours", "baseline", "compared with", "ratio")
_RIGHT: Final = frozenset({"ours", "baseline", "ratio"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``ours`` and ``baseline`` are in ``unit``; ``against`` names the baseline in a few words."""

    subject: str
    what: str
    ours: float
    baseline: float
    unit: str
    against: str

    @property
    def ratio(self) -> float | None:
        """Ours divided by the baseline; None when the baseline is nothing."""
        return self.ours / self.baseline if self.baseline else None

    def view(self) -> dict[str, Any]:
        """The figure for programs; numbers are not rounded."""
        return {
            "subject": self.subject,
            "what": self.what,
            "unit": self.unit,
            "ours": self.ours,
            "baseline": self.baseline,
            "against": self.against,
            "ratio": self.ratio,
        }


def latencies(
    subject: str, what: str, ours: Percentiles, baseline: Percentiles, *, against: str, which: Sequence[str]
) -> list[Figure]:
    """Milliseconds by each of ``which``: p50, p99, max."""
    return [
        Figure(
            subject=subject,
            what=f"{one} {what}",
            ours=getattr(ours, one),
            baseline=getattr(baseline, one),
            unit="ms",
            against=against,
        )
        for one in which
    ]


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as aligned lines, below a header."""
    rows = [_HEAD, *map(_cells, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(_aligned, _HEAD, row, widths)).rstrip() for row in rows]


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = "-" if figure.ratio is None else _rounded(figure.ratio)
    ours, baseline = (f"{_rounded(value)} {figure.unit}".rstrip() for value in (figure.ours, figure.baseline))
    return figure.subject, figure.what, ours, baseline, figure.against, ratio


def _aligned(name: str, cell: str, width: int) -> str:
    return cell.rjust(width) if name in _RIGHT else cell.ljust(width)


def _rounded(value: float) -> str:
    """Three digits that count, and never an exponent of a large number."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
