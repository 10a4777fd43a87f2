"""What Threads takes: every rule about a post's content in one place, for all faces of the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import RefusedError
from core.domain.links import LINK_LIMIT, LINK_WARNING, unique_links
from core.domain.media import ALT_TEXT_LIMIT, MEDIA_LIMIT, doubt, media_url
from core.domain.post import Content, PostType
from core.domain.text import TEXT_LIMIT, Fit, judge_length
from core.domain.topic import check_topic


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
        cause = "There is neither a text nor a picture or video."
        yield Finding(Part.TEXT, cause, "Write the text, or delete the post.")
    yield from _text(Part.TEXT, content.text, 0, content.link_attachment)
    yield from _media(content)
    if content.topic and (wrong := check_topic(content.topic)):
        yield _told(Part.TOPIC, wrong)
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
    if verdict.fit is Fit.TOO_LONG:
        over = verdict.count.doc - TEXT_LIMIT
        cause, _, _ = verdict.sentence.rpartition(": ")
        remedy = f"Shorten it by {over}, or move the end into a thread part of its own (Phần 2, Part 2)."
        yield Finding(part, f"{cause}.", remedy, index=index)
        return
    if verdict.fit is Fit.DOUBTFUL:
        yield _told(part, verdict.sentence, error=False, index=index)
    links = len(unique_links(text, link_attachment))
    cause = f"The text has {links} different links and Threads allows {LINK_LIMIT}."
    if links > LINK_LIMIT:
        remedy = f"Remove {links - LINK_LIMIT}, or move them into the first comment."
        yield Finding(part, cause, remedy, index=index)
    elif links >= LINK_WARNING:
        yield Finding(part, cause, "Add no more; remove one to be sure.", error=False, index=index)


def _media(content: Content) -> Iterator[Finding]:
    count = len(content.media)
    if count > MEDIA_LIMIT:
        cause = f"The post has {count} pictures and videos and Threads allows {MEDIA_LIMIT}."
        yield Finding(Part.MEDIA, cause, f"Remove {count - MEDIA_LIMIT}, or split the post.")
    for index, item in enumerate(content.media[:MEDIA_LIMIT]):
        try:
            media_url(item.url)
        except RefusedError as error:
            yield _told(Part.MEDIA, str(error), index=index)
        if doubtful := doubt(item):
            yield _told(Part.MEDIA, doubtful, error=False, index=index)
        if len(item.alt_text) > ALT_TEXT_LIMIT:
            cause = f"The description of item {index + 1} has {len(item.alt_text)} characters"
            remedy = f"Shorten it by {len(item.alt_text) - ALT_TEXT_LIMIT}."
            yield Finding(Part.ALT_TEXT, f"{cause} and Threads allows {ALT_TEXT_LIMIT}.", remedy, index=index)


def _told(part: Part, sentence: str, *, error: bool = True, index: int = 0) -> Finding:
    """A sentence of the rules, ``cause: remedy.``, as a finding."""
    cause, colon, remedy = sentence.rpartition(": ")
    if not colon:
        return Finding(part, sentence, "", error=error, index=index)
    return Finding(part, f"{cause}.", f"{remedy[:1].upper()}{remedy[1:]}", error=error, index=index)
