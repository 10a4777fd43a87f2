"""What Threads takes: every rule about a post's content in one place, for all faces of the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from core.domain.links import LINK_LIMIT, LINK_WARNING, unique_links
from core.domain.post import Content, MediaKind, PostType
from core.domain.text import Fit, judge_length
from core.domain.topic import check_topic

CAROUSEL_LIMIT = 20
"""Items of a carousel (developers.facebook.com/docs/threads/posts: 2 to 20)."""
ALT_TEXT_LIMIT = 1000
"""Characters of an alt text (same page)."""


class Part(StrEnum):
    """Which part of the content a finding is about."""

    TEXT = "text"
    MEDIA = "media"
    ALT_TEXT = "alt text"
    TOPIC = "topic"
    FIRST_COMMENT = "first comment"
    THREAD_PART = "thread part"
    LINK = "link attachment"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before the post is scheduled; an ``error`` means that Threads would refuse it.

    ``index`` counts from 0 within the part (which thread part, which media). Cause and remedy are a
    sentence each.
    """

    part: Part
    cause: str
    remedy: str
    error: bool = True
    index: int = 0


def review(content: Content) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful about ``content``, in the order in which a person reads it."""
    return tuple(_findings(content))


def _findings(content: Content) -> Iterator[Finding]:
    if not content.text.strip() and not content.media:
        yield Finding(Part.TEXT, "The post is empty.", "Write a text, or add a picture or video.")
    yield from _text(Part.TEXT, content.text, 0, content.link_attachment)
    yield from _media(content)
    if content.topic and (wrong := check_topic(content.topic)):
        yield Finding(Part.TOPIC, wrong, "Shorten the topic or leave it out.")
    for index, part in enumerate(content.replies):
        yield from _text(Part.THREAD_PART, part, index)
    if content.first_comment:
        yield from _text(Part.FIRST_COMMENT, content.first_comment, 0)
    if content.link_attachment and content.type is not PostType.TEXT:
        yield Finding(
            Part.LINK,
            "A link preview is possible on text posts only.",
            "Put the link into the text, or leave the media out.",
        )


def _text(part: Part, text: str, index: int, link_attachment: str = "") -> Iterator[Finding]:
    verdict = judge_length(text)
    if verdict.fit is not Fit.FITS:
        too_long = verdict.fit is Fit.TOO_LONG
        cause, _, remedy = verdict.sentence.partition(": ")
        yield Finding(part, f"{cause}.", f"{remedy[:1].upper()}{remedy[1:]}", error=too_long, index=index)
    links = len(unique_links(text, link_attachment))
    if links > LINK_LIMIT:
        cause = f"There are {links} different links; Threads allows {LINK_LIMIT}."
        yield Finding(part, cause, f"Take out {links - LINK_LIMIT}.", index=index)
    elif links >= LINK_WARNING:
        cause = (
            f"There are {links} different links; Threads allows {LINK_LIMIT} and has refused {LINK_WARNING}."
        )
        yield Finding(part, cause, "Take some out to be sure.", error=False, index=index)


def _media(content: Content) -> Iterator[Finding]:
    if len(content.media) > CAROUSEL_LIMIT:
        yield Finding(
            Part.MEDIA,
            f"There are {len(content.media)} pictures and videos; a carousel holds {CAROUSEL_LIMIT}.",
            f"Take out {len(content.media) - CAROUSEL_LIMIT}, or make two posts.",
        )
    for index, media in enumerate(content.media):
        if not is_public_url(media.url):
            noun = "video" if media.kind is MediaKind.VIDEO else "picture"
            cause = f'"{media.url[:80]}" is no address from which Threads can fetch the {noun}.'
            yield Finding(Part.MEDIA, cause, "Give a public address that begins with https://.", index=index)
        if len(media.alt_text) > ALT_TEXT_LIMIT:
            over = len(media.alt_text) - ALT_TEXT_LIMIT
            cause = f"The alt text has {len(media.alt_text)} characters; Threads allows {ALT_TEXT_LIMIT}."
            yield Finding(Part.ALT_TEXT, cause, f"Shorten it by {over}.", index=index)


def is_public_url(url: str) -> bool:
    """Whether ``url`` is an http(s) address with a host and without white space."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, url))
    except ValueError:
        return False
