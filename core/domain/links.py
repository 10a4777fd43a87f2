"""The links of a post as Threads counts them."""

from __future__ import annotations

import re

LINK_LIMIT = 5
"""Unique links above which Threads refuses a post with ``THREADS_API__LINK_LIMIT_EXCEEDED``.

Counted over text and link attachment when the container is made, since 22 December 2025
(developers.facebook.com/docs/threads/changelog).
"""

LINK_WARNING = 4
"""From this many links on, a person is told how near the limit is."""

_HOST = r"[\w\u0300-\u036f-]+"
_LINK = re.compile(
    rf"(?:https?://(?:[\w.~%!$&'*+,;=:-]*@)?(?:{_HOST}|\[[0-9a-f:.]+\])"
    rf"|(?<![\w.@/:-])www\.{_HOST}\.(?=\w))"
    r"[\w\u0300-\u036f\-.~:/?#\[\]@!$&'()*+,;=%]*",
    re.IGNORECASE,
)
_SENTENCE_END = ".,;:!?'"
_BRACKETS = {")": "(", "]": "["}
_SCHEME_AND_HOST = re.compile(r"(?:https?://)?[^/?#]*", re.IGNORECASE)


def unique_links(text: str, link_attachment: str | None = None) -> tuple[str, ...]:
    """List the different links of ``text``, then ``link_attachment``, in order and as first written.

    ``http(s)://`` and bare ``www.`` addresses count, the same address twice counts once (case matters in
    the path only). Punctuation that ends a sentence and brackets opened before the link are no part of
    it; letters of any script are, so a link ends at a space, a quotation mark or an emoji.
    """
    found = [_trimmed(match) for match in _LINK.findall(text)]
    if link_attachment and link_attachment.strip():
        found.append(link_attachment.strip())
    by_key: dict[str, str] = {}
    for link in found:
        by_key.setdefault(_key(link), link)
    return tuple(by_key.values())


def _trimmed(link: str) -> str:
    while link[-1] in _SENTENCE_END or _closes_nothing(link):
        link = link[:-1]
    return link


def _closes_nothing(link: str) -> bool:
    opening = _BRACKETS.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)


def _key(link: str) -> str:
    return _SCHEME_AND_HOST.sub(lambda match: match[0].lower(), link, count=1)
