"""``posts``: list, show and explain; writing and bulk commands stand in their own modules."""

from __future__ import annotations

import click

from core.domain.actors import names_of_actors
from core.domain.post import Post
from core.services.monitoring import needs_a_person
from tui.cli.bulk import BULK_COMMANDS
from tui.cli.explaining import explain
from tui.cli.group import Group
from tui.cli.output import Output, count_of, is_wide, snippet
from tui.cli.scheduling import schedule
from tui.cli.selection import Selection, filters, names_of
from tui.cli.series import series
from tui.cli.session import asynchronous, opened
from tui.cli.times import brief, local
from tui.cli.views import attempt_view, history_view, post_view
from tui.cli.writing import create, edit


@click.group("posts", cls=Group)
def posts() -> None:
    """List, write, schedule, publish, retry and explain posts."""


@posts.command("list")
@filters
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="At most so many."
)
@click.option("--skip", type=click.IntRange(0), default=0, help="Leave out the first so many.")
@click.pass_obj
@asynchronous
async def list_posts(output: Output, *, selection: Selection, limit: int, skip: int) -> None:
    """List posts in the order of their times; drafts last."""
    async with opened(output) as core:
        which = await selection.which(core)
        found = await core.posts.find(which, limit=limit, skip=skip)
        names = await names_of(core)
        total = sum((await core.stores.posts.count(which)).values())
    if output.json:
        output.data([post_view(post, names.get(post.account_id, post.account_id)) for post in found])
        return
    if not found:
        output.line("No posts. Write one with `autopost posts create TEXT --at TIME`.")
        return
    output.table(("id", "status", "time", "account", "text", "note"), [_row(post, names) for post in found])
    if total > len(found):
        output.aside(f"{len(found)} of {count_of(total, 'post')}: --limit shows more, --skip the next ones.")


@posts.command()
@click.argument("post_id", metavar="ID")
@click.pass_obj
@asynchronous
async def show(output: Output, post_id: str) -> None:
    """Show all of a post, with its history."""
    async with opened(output) as core:
        post = await core.posts.get(post_id)
        names = await names_of(core)
    account = names.get(post.account_id, post.account_id)
    if output.json:
        output.data({**post_view(post, account), "history": history_view(post)})
        return
    for name, value in _facts(post, account):
        output.line(f"{name:<14}{value}")
    output.line()
    output.line(post.content.text)
    output.line()
    who = names_of_actors(entry.who for entry in post.history)
    output.table(
        ("when", "who", "status", "why"),
        [(local(entry.at, post.zone), who[entry.who], entry.now.value, entry.why) for entry in post.history],
    )


@posts.command()
@click.argument("post_id", metavar="ID")
@click.pass_obj
@asynchronous
async def why(output: Output, post_id: str) -> None:
    """Say why a post is as it is, what happens next, and what you can do."""
    async with opened(output) as core:
        post = await core.posts.get(post_id)
        calls = await core.stores.publications.of_post(post_id)
        view = await core.monitoring.overview(upcoming=1)
        account = next((each for each in view.accounts if each.id == post.account_id), None)
    reasons = explain(post, account, view)
    if output.json:
        attempts = [attempt_view(call, post.zone) for call in calls]
        output.data({"id": post.id, "status": post.status.value, "reasons": reasons, "attempts": attempts})
        return
    output.line(f"{post.id}  {post.status.value}  {snippet(post.content.text)}")
    for reason in reasons:
        output.line(f"- {reason}")
    for call in calls:
        what = "the post" if call.reply is None else f"reply {call.reply + 1}"
        cause = f": {call.failure.cause}" if call.failure else ""
        output.line(
            f"- Publish call {call.attempt} of {what}, {local(call.sent_at, post.zone)}: {call.answer.value}{cause}"
        )


for command in (create, edit, schedule, *BULK_COMMANDS):
    posts.add_command(command)
posts.add_command(series)


def _row(post: Post, names: dict[str, str]) -> tuple[str, ...]:
    return (
        post.id,
        post.status.value,
        brief(post.scheduled_at, post.zone),
        names.get(post.account_id, post.account_id),
        snippet(post.content.text) or f"({post.type.value.lower()})",
        snippet(_note(post), 80),
    )


def _note(post: Post) -> str:
    if post.hold is not None:
        return needs_a_person(post)
    if post.error is not None:
        return post.error.cause
    return post.permalink or "" if is_wide() else ""


def _facts(post: Post, account: str) -> list[tuple[str, str]]:
    content = post.content
    facts = [
        ("id", post.id),
        ("status", post.status.value),
        ("step", post.step.value),
        ("account", account),
        ("time", local(post.scheduled_at, post.zone)),
        ("type", post.type.value),
        *(("media", f"{item.kind.value} {item.url} {item.alt_text}") for item in content.media),
        ("topic", content.topic),
        ("link", content.link_attachment),
        *((f"part {number}", text) for number, text in enumerate(content.replies, 2)),
        ("comment", content.first_comment),
        ("held", needs_a_person(post)),
        ("published", local(post.published_at, post.zone) if post.published_at else ""),
        ("permalink", post.permalink or ""),
        ("error", f"{post.error.cause} {post.error.remedy}" if post.error else ""),
        *((reply.kind.value.replace("_", " "), reply.state.value) for reply in post.replies),
        ("import", post.batch_id or ""),
        ("series", post.series_id or ""),
    ]
    return [(name, snippet(value, 300)) for name, value in facts if value]
