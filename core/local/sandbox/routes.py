"""Every address of the sandbox: the API of Threads, the pages for people, and ``/sandbox/`` for tests."""

from __future__ import annotations

from aiohttp import web

from core.local.sandbox import admin, discovery, feed, insights, oauth, quotas, reading, replies
from core.local.sandbox.call import Answer, Call, Route, endpoint
from core.local.sandbox.creation import create_container
from core.local.sandbox.errors import GraphError, invalid
from core.local.sandbox.publishing import repost, threads_publish

_PUBLISH = ("threads_content_publish",)
_READ_REPLIES = ("threads_read_replies",)
_MANAGE_REPLIES = ("threads_manage_replies",)
_INSIGHTS = ("threads_manage_insights",)
_DISCOVERY = ("threads_profile_discovery",)

ROUTES = (
    Route("POST", "{id}/threads_publish", "publish", threads_publish, _PUBLISH),
    Route("POST", "{id}/threads", "create", create_container, _PUBLISH),
    Route("GET", "oauth/access_token", "code", oauth.access_token, anonymous=True),
    Route("POST", "oauth/access_token", "code", oauth.access_token, anonymous=True),
    Route("GET", "access_token", "exchange", oauth.exchange_token, anonymous=True),
    Route("GET", "refresh_access_token", "refresh", oauth.refresh_access_token, anonymous=True),
    Route("GET", "debug_token", "debug", oauth.debug_token, anonymous=True),
    Route("GET", "profile_lookup", "profile_lookup", discovery.profile_lookup, _DISCOVERY),
    Route("GET", "keyword_search", "search", discovery.keyword_search, ("threads_keyword_search",)),
    Route("GET", "location_search", "search", discovery.location_search, ("threads_location_tagging",)),
    Route("GET", "oembed", "oembed", discovery.oembed, anonymous=True),
    Route("GET", "{id}/threads_publishing_limit", "limit", quotas.publishing_limit),
    Route("GET", "{id}/threads_insights", "insights", insights.user_insights, _INSIGHTS),
    Route("GET", "{id}/threads", "list", reading.user_posts),
    Route("GET", "{id}/replies", "replies", replies.replies_of, _READ_REPLIES),
    Route("GET", "{id}/mentions", "mentions", reading.user_mentions, ("threads_manage_mentions",)),
    Route("GET", "{id}/ghost_posts", "list", reading.user_ghost_posts),
    Route("GET", "{id}/profile_posts", "list", discovery.profile_posts, _DISCOVERY),
    Route("GET", "{id}/conversation", "replies", replies.media_conversation, _READ_REPLIES),
    Route("GET", "{id}/pending_replies", "replies", replies.pending_replies, _MANAGE_REPLIES),
    Route("POST", "{id}/manage_reply", "manage_reply", replies.manage_reply, _MANAGE_REPLIES),
    Route("POST", "{id}/manage_pending_reply", "manage_reply", replies.manage_pending_reply, _MANAGE_REPLIES),
    Route("POST", "{id}/repost", "repost", repost, _PUBLISH),
    Route("GET", "{id}/insights", "insights", insights.media_insights, _INSIGHTS),
    Route("GET", "{id}", "read", reading.read_object),
    Route("DELETE", "{id}", "delete", reading.delete_post, ("threads_delete",)),
)
_EDGES = {route.path.rpartition("/")[2] for route in ROUTES}


async def _unsupported(call: Call) -> Answer:
    """Answer a call that is not in the table; the code of an unknown path is Graph's."""
    path, method = call.request.path.rstrip("/"), call.request.method.lower()
    if path.rpartition("/")[2] in _EDGES:
        raise invalid(f"Unsupported request - method type: {method}")
    raise GraphError(f"Unknown path components: {path}", 2500)


def add_routes(app: web.Application) -> None:
    _add_pages(app.router)
    _add_admin(app.router)
    for route in ROUTES:
        path = "/{version:(?:v1\\.0/)?}" + route.path + "{slash:/?}"
        app.router.add_route(route.method, path, endpoint(route))
    app.router.add_route("*", "/{tail:.*}", endpoint(Route("*", "", "unknown", _unsupported, anonymous=True)))


def _add_pages(router: web.UrlDispatcher) -> None:
    for path in ("/", "/feed"):
        router.add_get(path, feed.feed_page)
    for path in ("/oauth/authorize", "/oauth/authorize/"):
        router.add_get(path, oauth.authorize)
        router.add_post(path, oauth.decide)
    router.add_get("/@{username}", feed.profile_page)
    router.add_get("/@{username}/post/{shortcode}", feed.post_page)
    for path in ("/sandbox/media/{name}", "/media/{name}"):
        router.add_get(path, feed.sample_media)
    router.add_get("/sandbox/files/{id}", feed.stored_media)
    router.add_get("/sandbox/feed", feed.feed_json)


def _add_admin(router: web.UrlDispatcher) -> None:
    router.add_post("/sandbox/accounts", admin.make_account)
    router.add_get("/sandbox/accounts", admin.list_accounts)
    router.add_post("/sandbox/accounts/{username}/deauthorize", admin.deauthorize)
    router.add_post("/sandbox/accounts/{username}/request-deletion", admin.request_deletion)
    router.add_post("/sandbox/faults", admin.arm_fault)
    router.add_get("/sandbox/faults", admin.list_faults)
    router.add_delete("/sandbox/faults", admin.disarm_faults)
    router.add_post("/sandbox/settings", admin.change_settings)
    router.add_get("/sandbox/settings", admin.read_settings)
    router.add_post("/sandbox/clock", admin.move_clock)
    router.add_get("/sandbox/clock", admin.read_clock)
    router.add_get("/sandbox/log", admin.show_log)
