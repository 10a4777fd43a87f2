"""The colours of the pictures, and the glyph of each state.

The state colours follow Okabe and Ito's palette, which colour-blind people can tell apart
(https://jfly.uni-koeln.de/color/); no meaning rests on a colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.pictures.subjects import State

PAPER: Final = "#FFFFFF"
SHADE: Final = "#F4F6F8"
LINE: Final = "#E1E5EA"
FAINT: Final = "#8A94A3"
MUTED: Final = "#5B6573"
INK: Final = "#14181F"
TODAY: Final = "#FFF6DB"
TODAY_EDGE: Final = "#B27B00"
LINK: Final = "#0B5CAD"
WARNING: Final = "#B23C00"
HEAT: Final = ("#FFFFFF", "#E9F2FA", "#D3E5F4", "#B7D4EC", "#93BEE1")
"""Of a day with no posts, and of the quarters up to the fullest day."""
TILES: Final = ("#F6C667", "#F2A38C", "#A9CDEB", "#9FD8BF", "#D4B4DF", "#E8D58B")
"""Of the tiles that stand for emoji."""
AVATARS: Final = ("#0072B2", "#8E4B88", "#00785A", "#A8480A", "#5B5FC7", "#7A6000")
"""Dark enough for a white letter."""
ACCOUNTS: Final = ("#4B3FA8", "#9B1B4B", "#0F6B6B", "#6B4A1B", "#4D6100", "#1F2A44")
"""Of the accounts' marks: as dark, and none of a state."""


@dataclass(frozen=True, slots=True)
class Look:
    """``edge`` is the strong colour, ``fill`` its tint; ``ink`` is for words on the tint, ``mark`` on the edge."""

    glyph: str
    edge: str
    fill: str
    ink: str
    mark: str = PAPER


LOOKS: Final[Mapping[State, Look]] = {
    State.SCHEDULED: Look("◷", "#0072B2", "#E0EFF9", "#00507D"),
    State.PUBLISHED: Look("✓", "#009E73", "#DBF3EB", "#00604A"),
    State.PUBLISHING: Look("▶", "#E69F00", "#FFF0CC", "#7A5200", INK),
    State.FAILED: Look("✗", "#D55E00", "#FCE3D4", "#8F3D00"),
    State.HELD: Look("‖", "#A8579B", "#F6E4F2", "#77306C"),
    State.DRAFT: Look("✎", "#7D8896", "#ECEFF2", "#4A5460"),
}
"""In the order in which states are stacked and listed."""
