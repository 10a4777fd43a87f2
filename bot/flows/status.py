"""/status: whether everything works."""

from __future__ import annotations

from bot.cards.status import status_screen
from bot.routes import Routes
from bot.visit import Visit
from core.domain.access import Role


async def show_status(visit: Visit) -> None:
    overview = await visit.core.monitoring.overview(upcoming=1)
    rights = await visit.core.people.rights_of(visit.person)
    sandbox = visit.core.settings.uses_sandbox
    owner = rights.may(Role.OWNER)
    await visit.show(status_screen(overview, visit.words, sandbox=sandbox, owner=owner))


ROUTES = Routes(commands={"status": show_status}, taps={"status": show_status})
