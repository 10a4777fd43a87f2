"""Wording of the bot's part: accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_STATES: Final[Mapping[str, Text]] = {
    "accounts.title": Text("👤 <b>Accounts</b>", "👤 <b>Tài khoản</b>"),
    "accounts.none": Text(
        "👤 There is no account for you yet: ask an owner of this bot to link one.",
        "👤 Chưa có tài khoản nào cho bạn: hãy nhờ chủ bot liên kết.",
    ),
    "accounts.none_owner": Text(
        "👤 No account is linked yet. On the server, run\n<code>autopost accounts add NAME --token -</code>",
        "👤 Chưa liên kết tài khoản nào. Trên máy chủ, chạy\n<code>autopost accounts add TÊN --token -</code>",
    ),
    "accounts.line": Text("{glyph} <b>@{account}</b>: {state}", "{glyph} <b>@{account}</b>: {state}"),
    "account.title": Text("👤 <b>@{account}</b> ({name})", "👤 <b>@{account}</b> ({name})"),
    "account.state": Text("{glyph} {state}", "{glyph} {state}"),
    "account.active": Text("active", "đang hoạt động"),
    "account.paused": Text("paused: nothing goes out", "tạm dừng: chưa đăng bài nào"),
    "account.needs_reauth": Text("needs linking again", "cần liên kết lại"),
    "account.held": Text("restricted by Threads", "bị Threads hạn chế"),
    "account.default": Text("default", "mặc định"),
    "account.count": Text("{n} waiting", "{n} bài chờ"),
    "account.why": Text("⚠️ {why}", "⚠️ {why}"),
    "account.relink": Text(
        "→ On the server: <code>autopost accounts add {name} --token -</code>",
        "→ Trên máy chủ: <code>autopost accounts add {name} --token -</code>",
    ),
    "account.relink_owner": Text("→ Ask an owner to link it.", "→ Hãy nhờ chủ sở hữu liên kết lại."),
    "account.waiting": Text("📋 Posts waiting: {n}, next {time}", "📋 Bài chờ đăng: {n}, bài tới {time}"),
    "account.nothing_waits": Text("📋 No post is waiting", "📋 Chưa có bài nào chờ đăng"),
    "account.token": Text(
        "🔗 Linked until {time}, {distance}; renewed by itself",
        "🔗 Liên kết đến {time}, {distance}; tự gia hạn",
    ),
    "account.token_lapses": Text(
        "🔑 Linked until {time} ({distance}); it could not be renewed: link it again before",
        "🔑 Liên kết đến {time} ({distance}); chưa gia hạn được: hãy liên kết lại trước đó",
    ),
    "account.token_unknown": Text("🔗 Linked; renewed by itself", "🔗 Đã liên kết; tự gia hạn"),
    "account.zone": Text("🕘 {zone}", "🕘 {zone}"),
    "account.missed": Text("⏰ Missed posts: {policy}", "⏰ Bài lỡ giờ: {policy}"),
    "account.policy.publish": Text("go out late", "vẫn đăng trễ"),
    "account.policy.skip": Text("are skipped", "bỏ qua"),
    "account.policy.ask": Text("I ask you", "hỏi lại bạn"),
}

_DOING: Final[Mapping[str, Text]] = {
    "account.b_missed_publish": Text("Post late", "Đăng trễ"),
    "account.b_missed_skip": Text("Skip", "Bỏ qua"),
    "account.b_missed_ask": Text("Ask me", "Hỏi lại"),
    "account.b_pause": Text("⏸ Pause", "⏸ Tạm dừng"),
    "account.b_resume": Text("▶️ Resume", "▶️ Chạy tiếp"),
    "account.b_default": Text("⭐ Make it the default", "⭐ Đặt làm mặc định"),
    "account.b_queue": Text("📋 Its posts", "📋 Xem bài"),
    "account.ask_pause": Text(
        "⏸ <b>Pause @{account}?</b>\nNothing goes out until you resume it.",
        "⏸ <b>Tạm dừng @{account}?</b>\nSẽ không đăng bài nào cho đến khi bạn cho chạy tiếp.",
    ),
    "account.would_wait": Text("These will wait ({n}):", "Các bài phải chờ ({n}):"),
    "account.none_would_wait": Text("No post is planned.", "Hiện không có bài nào được lên lịch."),
    "account.post": Text("• {time} · {head}", "• {time} · {head}"),
    "account.and_more": Text("… and {n} more", "… và {n} bài nữa"),
    "account.b_yes_pause": Text("⏸ Yes, pause", "⏸ Tạm dừng"),
    "account.resumed": Text(
        "▶️ <b>@{account} goes on.</b> Posts that had to wait: {n}. Those that missed their time: {policy}.",
        "▶️ <b>@{account} chạy tiếp.</b> Số bài đã phải chờ: {n}. Bài lỡ giờ: {policy}.",
    ),
    "account.resumed_none": Text(
        "▶️ <b>@{account} goes on.</b> No post had to wait.",
        "▶️ <b>@{account} chạy tiếp.</b> Không có bài nào phải chờ.",
    ),
    "account.not_resumed": Text(
        "⚠️ <b>@{account} cannot go on yet.</b>", "⚠️ <b>@{account} chưa chạy tiếp được.</b>"
    ),
    "account.which_pause": Text("⏸ <b>Pause which account?</b>", "⏸ <b>Tạm dừng tài khoản nào?</b>"),
    "account.which_resume": Text("▶️ <b>Resume which account?</b>", "▶️ <b>Cho tài khoản nào chạy tiếp?</b>"),
    "account.none_paused": Text("▶️ No account is paused.", "▶️ Không có tài khoản nào đang tạm dừng."),
    "account.all_paused": Text("⏸ Every account is paused already.", "⏸ Mọi tài khoản đều đang tạm dừng."),
}

TEXTS: Final[Mapping[str, Text]] = {**_STATES, **_DOING}
