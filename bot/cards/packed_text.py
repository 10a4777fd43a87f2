"""Any text in the few letters that a button's data may have."""

from __future__ import annotations

import base64
import binascii


def packed(text: str) -> str:
    """The text in a third more bytes of UTF-8."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpacked(text: str) -> str:
    """What :func:`packed` has packed; as much as makes sense of anything else."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode(errors="ignore")
    except (ValueError, binascii.Error):
        return ""
