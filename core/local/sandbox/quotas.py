"""The four quotas of an account over rolling 24 hours, counted when the thing is done (D: overview)."""

from __future__ import annotations

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.errors import rate_limited
from core.local.sandbox.fields import parse_fields, unknown_field
from core.local.sandbox.options import Options
from core.local.sandbox.state import State

DAY = 86400.0

_SCOPES = {
    "quota": "threads_content_publish",
    "reply_quota": "threads_manage_replies",
    "delete_quota": "threads_delete",
    "location_search_quota": "threads_location_tagging",
}


def spend(state: State, user_id: str, quota: str) -> None:
    """Count one use of ``quota``.

    Raises:
        GraphError: 613/4279002, it is used up (a guess: Meta's answer is not known).
    """
    if usage(state, user_id, quota) >= total(state.options, quota):
        raise rate_limited()
    state.run("INSERT INTO usage VALUES (?, ?, ?)", user_id, quota, state.now())


def usage(state: State, user_id: str, quota: str) -> int:
    row = state.one(
        "SELECT count(*) FROM usage WHERE user_id = ? AND quota = ? AND at > ?",
        *(user_id, quota, state.now() - DAY),
    )
    return 0 if row is None else row[0]


def total(options: Options, quota: str) -> int:
    return getattr(options, "post_quota" if quota == "quota" else quota)


async def publishing_limit(call: Call) -> Answer:
    """GET /{user}/threads_publishing_limit; each pair of fields needs its own scope."""
    account = call.readable_user()
    answer: Answer = {}
    for name in parse_fields(call.params.get("fields", "quota_usage")):
        quota = name.removesuffix("_usage") if name.endswith("_usage") else _quota_of_config(name)
        if quota not in _SCOPES:
            raise unknown_field(name, "ThreadsPublishingLimit")
        call.require_scope(_SCOPES[quota])
        if name.endswith("_usage"):
            answer[name] = usage(call.state, account.user_id, quota)
        else:
            answer[name] = {"quota_total": total(call.state.options, quota), "quota_duration": int(DAY)}
    return {"data": [answer]}


def _quota_of_config(name: str) -> str:
    return "quota" if name == "config" else name.replace("_config", "_quota")
