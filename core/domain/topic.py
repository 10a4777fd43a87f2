"""Topic tags: the one subject that Threads files a post under."""

from __future__ import annotations

import re

TOPIC_LIMIT = 50

# Which characters end a tag is from developers.facebook.com/docs/threads/create-posts/topic-tags; that a
# second # ends it too, and that it starts a word, is our reading.
_TAG = re.compile(r"""(?<![^\s(\[{"'\u201c\u2018\u00ab])#([^ \t\r\n.&@!?,;:#]+)""")


def check_topic(tag: str) -> str | None:
    """Say in one sentence why Threads would refuse ``tag`` as ``topic_tag``, or None when it may be sent."""
    if not tag:
        return "The topic is empty: write 1 to 50 characters, or leave the topic out."
    if len(tag) > TOPIC_LIMIT:
        return f"The topic has {len(tag)} characters: Threads allows {TOPIC_LIMIT}."
    for forbidden in ".&":
        if forbidden in tag:
            return f'The topic "{tag}" contains "{forbidden}", which Threads does not allow: leave it out.'
    return None


def topic_from_text(text: str) -> str | None:
    """Find the topic that Threads takes from ``text`` when no ``topic_tag`` is sent: its first valid #tag.

    A tag of digits alone, or of more than 50 characters, is none.
    """
    tags = (match[1] for match in _TAG.finditer(text))
    return next((tag for tag in tags if len(tag) <= TOPIC_LIMIT and not tag.isdigit()), None)
