"""/stats: how the posts do."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot import agenda, pictures
from bot.cards.stats import SHOWN, Figures, stats_screen
from bot.flows.queue import put
from bot.pictures.drawing import drawn
from bot.routes import Routes
from bot.visit import Visit
from core.domain.post import PostStatus
from core.ports import PostFilter


async def show_stats(visit: Visit) -> None:
    core, words = visit.core, visit.words
    overview = await core.monitoring.overview(upcoming=1)
    stats = await agenda.stats_of(core, words, overview)
    picture = await drawn(pictures.stats_picture, stats, words.language)
    since = agenda.midnight(stats.last_day - timedelta(days=agenda.STATS_DAYS - 1), words)
    accounts = sorted(overview.accounts, key=lambda one: one.username)
    recent = {
        one.id: await core.posts.count(PostFilter(account_id=one.id, since=since, until=words.now))
        for one in accounts[:SHOWN]
    }
    scheduled = {
        one.id: await core.posts.count(PostFilter(account_id=one.id, statuses=[PostStatus.SCHEDULED]))
        for one in accounts[:SHOWN]
    }
    figures = Figures(
        picture=picture,
        summary=pictures.stats_summary(stats, words.language),
        accounts=accounts,
        recent=recent,
        waiting={account_id: sum(counts.values()) for account_id, counts in scheduled.items()},
        upcoming=next(iter(overview.upcoming), None),
    )
    await put(visit, stats_screen(figures, words))


ROUTES: Final = Routes(commands={"stats": show_stats}, taps={"stats": show_stats})
