"""Which addresses Telegram takes for a link: td/telegram/LinkManager.cpp, ``check_link_impl``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def link_problem(link: str) -> str | None:
    """What is wrong with an address, None if Telegram takes it."""
    if not link:
        return "URL must be non-empty"
    if link.lower().startswith("tg:"):
        host = re.split(r"[/?#]", link[3:].removeprefix("//"), maxsplit=1)[0]
        return None if re.fullmatch(r"[A-Za-z0-9_-]+", host) else "Unallowed characters in URL host"
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme not in {"http", "https"}:
        return "Unsupported URL protocol"
    if "." not in host and ":" not in host:
        return "Wrong HTTP URL"
    return "Wrong HTTP URL" if re.search(r"[\s<>\"]", parts.netloc) else None
