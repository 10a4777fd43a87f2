"""What a container carries to a post: the checked parameters of ``POST /{user}/threads``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content of a container and of the post made of it; empty means absent."""

    text: str = ""
    source_url: str = ""
    """The address from which the image or video was downloaded."""
    content_type: str = ""
    """MIME type of the downloaded file; empty until it is there."""
    alt_text: str = ""
    carousel_item: bool = False
    children: tuple[str, ...] = ()
    """Container ids."""
    reply_to_id: str = ""
    reply_control: str = "everyone"
    reply_approvals: bool = False
    link_attachment: str = ""
    quote_post_id: str = ""
    reposted_id: str = ""
    topic_tag: str = ""
    poll: dict[str, str] | None = None
    location_id: str = ""
    gif_id: str = ""
    spoiler_media: bool = False
    text_entities: list[dict[str, Any]] | None = None
    text_attachment: dict[str, Any] | None = None
    ghost: bool = False
    share_to_instagram: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Content:
        values: dict[str, Any] = json.loads(text)
        values["children"] = tuple(values["children"])
        return cls(**values)
