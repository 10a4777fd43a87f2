"""What Threads checks when a container is made (fact sheet, section 3)."""

from __future__ import annotations

from typing import Any, cast

from core.domain.links import LINK_LIMIT, unique_links
from core.domain.text import TEXT_LIMIT, count_text
from core.domain.topic import check_topic, topic_from_text
from core.local.sandbox.content import Content
from core.local.sandbox.errors import feature_not_available, invalid, link_limit
from core.local.sandbox.params import Params

REPLY_CONTROLS = (
    "everyone",
    "accounts_you_follow",
    "mentioned_only",
    "parent_post_author_only",
    "followers_only",
)
_KINDS = ("TEXT", "IMAGE", "VIDEO", "CAROUSEL")
_ALT_TEXT_LIMIT = 1000
_ATTACHED_TEXT_LIMIT = 10_000
_POLL_OPTION_LIMIT = 25
_SPOILER_LIMIT = 10
_CHILDREN = range(2, 21)
_TEXT_ONLY = ("link_attachment", "poll_attachment", "gif_attachment", "text_attachment", "auto_publish_text")


def read_content(params: Params, counter: str) -> tuple[str, Content]:
    """Return the kind of post (TEXT, IMAGE, VIDEO, CAROUSEL) and its checked content.

    ``counter`` says how characters are counted: a field of :class:`core.domain.text.TextCount`.

    Raises:
        GraphError: a parameter is missing or not allowed.
    """
    kind = params.required("media_type").upper()
    if kind not in _KINDS:
        raise invalid(
            f"Param media_type must be one of {{{', '.join(_KINDS)}}} - got '{params['media_type']}'."
        )
    content = Content(
        text=params.get("text", ""),
        source_url=_media_url(params, kind),
        alt_text=_at_most(params, "alt_text", _ALT_TEXT_LIMIT),
        carousel_item=params.flag("is_carousel_item"),
        children=_children(params, kind),
        reply_to_id=params.get("reply_to_id", ""),
        reply_control=_reply_control(params),
        reply_approvals=params.flag("enable_reply_approvals"),
        link_attachment=params.get("link_attachment", ""),
        quote_post_id=params.get("quote_post_id", ""),
        topic_tag=_topic(params),
        poll=_poll(params),
        location_id=params.get("location_id", ""),
        gif_id=_gif(params),
        spoiler_media=params.flag("is_spoiler_media"),
        text_entities=_text_entities(params),
        text_attachment=_text_attachment(params),
        ghost=params.flag("is_ghost_post"),
        share_to_instagram=params.flag("crossreshare_to_ig"),
    )
    _check_text(params, kind, content, counter)
    _check_together(params, kind, content)
    return kind, content


def _media_url(params: Params, kind: str) -> str:
    return params.required(f"{kind.lower()}_url") if kind in {"IMAGE", "VIDEO"} else ""


def _at_most(params: Params, name: str, limit: int) -> str:
    value = params.get(name, "")
    if len(value) > limit:
        raise invalid(f"Param {name} must be at most {limit} characters long.")
    return value


def _children(params: Params, kind: str) -> tuple[str, ...]:
    if kind != "CAROUSEL":
        return ()
    params.required("children")
    children = tuple(params.listed("children"))
    if len(children) not in _CHILDREN:
        raise invalid(f"Param children must have between 2 and 20 items - got {len(children)}.")
    return children


def _reply_control(params: Params) -> str:
    value = params.get("reply_control", "").lower() or "everyone"
    if value not in REPLY_CONTROLS:
        raise invalid(f"Param reply_control must be one of {{{', '.join(REPLY_CONTROLS)}}}.")
    return value


def _topic(params: Params) -> str:
    tag = params.get("topic_tag")
    if tag is None:
        return topic_from_text(params.get("text", "")) or ""
    if reason := check_topic(tag):
        raise invalid(f"Param topic_tag is not valid. {reason}")
    return tag


def _object(params: Params, name: str) -> dict[str, Any] | None:
    value = params.parsed(name)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _poll(params: Params) -> dict[str, str] | None:
    poll = _object(params, "poll_attachment")
    if poll is None:
        return None
    names = [f"option_{letter}" for letter in "abcd"]
    options = {name: str(poll[name]) for name in names if poll.get(name)}
    if not {"option_a", "option_b"} <= set(options):
        raise invalid("Param poll_attachment must have option_a and option_b.")
    if any(len(option) > _POLL_OPTION_LIMIT for option in options.values()):
        raise invalid(f"A poll option must be at most {_POLL_OPTION_LIMIT} characters long.")
    return options


def _gif(params: Params) -> str:
    gif = _object(params, "gif_attachment")
    if gif is None:
        return ""
    if str(gif.get("provider", "")).upper() != "GIPHY" or not gif.get("gif_id"):
        raise invalid("Param gif_attachment must have a gif_id and the provider GIPHY.")
    return str(gif["gif_id"])


def _text_entities(params: Params) -> list[dict[str, Any]] | None:
    entities = params.parsed("text_entities")
    if not isinstance(entities, list):
        return None
    spoilers = cast("list[dict[str, Any]]", entities)
    if len(spoilers) > _SPOILER_LIMIT:
        raise invalid(f"Param text_entities must have at most {_SPOILER_LIMIT} items.")
    return spoilers


def _text_attachment(params: Params) -> dict[str, Any] | None:
    attachment = _object(params, "text_attachment")
    if attachment is None:
        return None
    if not 0 < len(str(attachment.get("plaintext", ""))) <= _ATTACHED_TEXT_LIMIT:
        raise invalid(f"The plaintext of a text_attachment must have 1 to {_ATTACHED_TEXT_LIMIT} characters.")
    if attachment.get("link_attachment_url") and params.get("link_attachment"):
        raise invalid("A link may be attached to the post or to its text_attachment, not to both.")
    return attachment


def _check_text(params: Params, kind: str, content: Content, counter: str) -> None:
    carried = (
        content.poll,
        content.gif_id,
        content.text_attachment,
        content.link_attachment,
        content.quote_post_id,
    )
    if kind == "TEXT" and not content.text.strip() and not any(carried):
        params.required("text")
    if getattr(count_text(content.text), counter) > TEXT_LIMIT:
        raise invalid(f"Param text must be at most {TEXT_LIMIT} characters long.")
    attached = (content.text_attachment or {}).get("link_attachment_url")
    if len(unique_links(content.text, content.link_attachment or attached)) > LINK_LIMIT:
        raise link_limit()


def _check_together(params: Params, kind: str, content: Content) -> None:
    """Refuse parameters that exclude each other; that they answer with code 100 is a guess."""
    for name in _TEXT_ONLY:
        if kind != "TEXT" and params.get(name, "false") != "false" and name in params:
            raise invalid(f"Param {name} can only be used with media_type TEXT.")
    if content.poll and (content.text_attachment or content.link_attachment):
        raise invalid("A poll cannot be combined with a text_attachment or a link_attachment.")
    if content.ghost and content.reply_to_id:
        raise invalid("A ghost post cannot be a reply.")
    if params.get("allowlisted_country_codes"):
        raise feature_not_available()
