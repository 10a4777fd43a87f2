"""When two posts are the same."""

from __future__ import annotations

import hashlib
import json
import unicodedata

from core.domain.post import Content


def content_hash(content: Content) -> str:
    """Fingerprint text and media: 64 hex digits of SHA-256.

    The text is taken in Unicode's composed form (NFC) with every run of blanks and newlines as one
    blank and none at its ends; letter case counts. The addresses of the media count in their order.
    Replies, topic and descriptions do not count, nor does the account.
    """
    text = " ".join(unicodedata.normalize("NFC", content.text).split())
    written = json.dumps([text, *(item.url for item in content.media)], ensure_ascii=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()
