"""``posts create`` and ``posts edit``: from options to content."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from core.domain.account import Account
from core.domain.content_rules import Finding
from core.domain.errors import AutopostError
from core.domain.media import kind_of, media_url
from core.domain.post import Content, Media, MediaKind, Post, ReplyControl
from core.domain.zones import zone
from tui.cli.group import Command
from tui.cli.output import Output, snippet
from tui.cli.repeating import Repeat, repeat_options, start_series
from tui.cli.selection import names_of
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import Moment, local, parse_moment
from tui.cli.views import post_view

if TYPE_CHECKING:
    from core.bootstrap import Core

_CONTENT_OPTIONS: Final = (
    click.option(
        "--media",
        multiple=True,
        metavar="URL",
        help="Picture or video, by its ending; repeat for a carousel.",
    ),
    click.option("--image", multiple=True, metavar="URL", help="Picture, whatever its ending."),
    click.option("--video", multiple=True, metavar="URL", help="Video, whatever its ending."),
    click.option(
        "--alt", multiple=True, metavar="TEXT", help="Description of the first, second ... of them."
    ),
    click.option("--part", multiple=True, metavar="TEXT", help="Next part of the thread; may be repeated."),
    click.option("--comment", metavar="TEXT", help="First comment under the post."),
    click.option("--topic", metavar="TAG", help="Topic tag."),
    click.option("--link", metavar="URL", help="Link with a preview (text posts)."),
    click.option(
        "--replies-by", type=click.Choice([each.value for each in ReplyControl]), help="Who may reply."
    ),
)
_TIME_OPTIONS: Final = (
    click.option("--at", metavar="TIME", help="When: 2026-12-01 09:00, 01/12/2026 9:00, +2h, now."),
    click.option("--zone", "zone_name", metavar="ZONE", help="Zone of --at; else the account's."),
    click.option(
        "--allow-duplicate", is_flag=True, help="Even if the same content goes out within 24 hours."
    ),
)


def _with(options: Sequence[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command(cls=Command)
@click.argument("words", metavar="[TEXT]", required=False)
@click.option("--text", metavar="TEXT", help="The text, instead of the argument; - reads it from stdin.")
@click.option("--account", metavar="NAME", help="Account; else the default one.")
@_with(_CONTENT_OPTIONS)
@_with(_TIME_OPTIONS)
@repeat_options
@click.pass_obj
@asynchronous
async def create(  # noqa: PLR0913  # one per group of options
    output: Output,
    *,
    words: str | None,
    text: str | None,
    account: str | None,
    at: str | None,
    zone_name: str | None,
    allow_duplicate: bool,
    repeat: Repeat | None,
    **parts: Any,
) -> None:
    """Write a post: a draft, or with --at scheduled, or with --repeat a series."""
    if words is not None and text is not None:
        raise click.UsageError("Give the text once: as the argument or with --text.")
    if repeat is not None and at is None:
        raise click.UsageError("A series needs its first time: add --at TIME.")
    written = _read_text(words if words is not None else text)
    content = changed(Content(), text=written, **parts)
    async with opened(output) as core:
        owner = await core.accounts.named(account)
        moment = _moment(at, zone_name, owner, core)
        if repeat is not None and moment is not None:
            await start_series(core, output, owner, content, repeat, moment.at, zone_name or owner.zone)
            return
        post, warnings = await _write(core, owner, content, moment, allow_duplicate=allow_duplicate)
        names = await names_of(core)
    _tell(output, post, names, warnings, moment)


@click.command(cls=Command)
@click.argument("post_id", metavar="ID")
@click.option("--text", metavar="TEXT", help="Another text; - reads it from stdin.")
@_with(_CONTENT_OPTIONS)
@_with(_TIME_OPTIONS)
@click.pass_obj
@asynchronous
async def edit(  # one per group of options
    output: Output,
    *,
    post_id: str,
    text: str | None,
    at: str | None,
    zone_name: str | None,
    allow_duplicate: bool,
    **parts: Any,
) -> None:
    """Change a post that is not published: what is named is replaced, an empty value takes it out."""
    if (
        text is None
        and at is None
        and not any(parts.values())
        and all(parts[name] is None for name in _SINGLE)
    ):
        raise click.UsageError("Say what to change, such as --text, --media or --at.")
    async with opened(output) as core:
        before = await core.posts.get(post_id)
        names = await names_of(core)
        owner = await core.accounts.named(names.get(before.account_id, before.account_id))
        moment = _moment(at, zone_name, owner, core)
        content = changed(before.content, text=None if text is None else _read_text(text), **parts)
        post, warnings = before, ()
        if content != before.content:
            written = await core.posts.edit(post_id, content, who=actor())
            post, warnings = written.post, written.warnings
        if moment is not None:
            post = await core.posts.schedule(post_id, moment.at, who=actor(), allow_duplicate=allow_duplicate)
    _tell(output, post, names, warnings, moment)


_SINGLE: Final = ("comment", "topic", "link", "replies_by")


def changed(content: Content, *, text: str | None, **parts: Any) -> Content:
    """``content`` with what was named; an empty value clears it, None leaves it alone."""
    media = _media(parts)
    after = content if media is None else replace(content, media=media)
    if text is not None:
        after = replace(after, text=text)
    if parts["part"]:
        after = replace(after, replies=tuple(part for part in parts["part"] if part))
    for name, field in (("comment", "first_comment"), ("topic", "topic"), ("link", "link_attachment")):
        if parts[name] is not None:
            after = replace(after, **{field: parts[name]})
    if parts["replies_by"] is not None:
        after = replace(after, reply_control=ReplyControl(parts["replies_by"]))
    return after


def _media(parts: dict[str, Any]) -> tuple[Media, ...] | None:
    """The media that were named; None when none were. Raises RefusedError for an address that is none."""
    named = [
        *((url, None) for url in parts["media"]),
        *((url, MediaKind.IMAGE) for url in parts["image"]),
        *((url, MediaKind.VIDEO) for url in parts["video"]),
    ]
    if not named:
        if parts["alt"]:
            raise click.UsageError("--alt describes a picture or video: name it with --media.")
        return None
    urls = [(media_url(url), kind) for url, kind in named if url]
    if len(parts["alt"]) > len(urls):
        raise click.UsageError(
            f"There are {len(parts['alt'])} descriptions for {len(urls)} pictures and videos."
        )
    alts = [*parts["alt"], *[""] * len(urls)]
    return tuple(Media(kind or kind_of(url), url, alt) for (url, kind), alt in zip(urls, alts, strict=False))


def _read_text(text: str | None) -> str:
    if text != "-":
        return text or ""
    try:
        return sys.stdin.buffer.read().decode().rstrip("\n")
    except UnicodeDecodeError:
        raise click.UsageError("The text on stdin is no UTF-8.") from None


def _moment(at: str | None, zone_name: str | None, owner: Account, core: Core) -> Moment | None:
    where = zone(zone_name or owner.zone)
    return parse_moment(at, where, core.clock.now()) if at else None


async def _write(
    core: Core, owner: Account, content: Content, moment: Moment | None, *, allow_duplicate: bool
) -> tuple[Post, tuple[Finding, ...]]:
    """The post as stored; nothing is left behind when its time is refused."""
    written = await core.posts.create(owner, content, who=actor())
    if moment is None:
        return written.post, written.warnings
    try:
        post = await core.posts.schedule(
            written.post.id, moment.at, who=actor(), allow_duplicate=allow_duplicate
        )
    except AutopostError:
        await core.posts.delete(written.post.id, who=actor())
        raise
    return post, written.warnings


def _tell(
    output: Output, post: Post, names: dict[str, str], warnings: Sequence[Finding], moment: Moment | None
) -> None:
    account = names.get(post.account_id, post.account_id)
    for finding in warnings:
        output.aside(f"Warning: {finding.cause} {finding.remedy}")
    if moment is not None and moment.note:
        output.aside(f"{moment.note}.")
    if output.json:
        output.data(post_view(post, account))
        return
    when = (
        f"on {local(post.scheduled_at, post.zone)}" if post.scheduled_at and post.due_at else "without a time"
    )
    output.line(f"{post.id}  {post.status.value} {when} for {account}: {snippet(post.content.text)}")
