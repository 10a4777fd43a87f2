"""Wording of the bot's part: whether everything works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

TEXTS: Final[Mapping[str, Text]] = {
    "status.well": Text("✅ <b>Everything works.</b>", "✅ <b>Mọi thứ đều ổn.</b>"),
    "status.ill": Text("🚨 <b>Something needs attention</b>", "🚨 <b>Có việc cần xử lý</b>"),
    "status.partly": Text(
        "⏸ <b>Everything works, but not all goes out:</b>",
        "⏸ <b>Mọi thứ đều ổn, nhưng có tài khoản tạm dừng:</b>",
    ),
    "status.lapsing": Text(
        "🔑 @{account}: its link ends {time} ({distance}) and could not be renewed",
        "🔑 @{account}: liên kết hết hạn {time} ({distance}) và chưa gia hạn được",
    ),
    "status.no_worker": Text(
        "Nothing is published: no worker is running.", "Chưa đăng được bài nào: worker không chạy."
    ),
    "status.start_worker": Text(
        "→ On the server: <code>autopost up -d</code>", "→ Trên máy chủ: <code>autopost up -d</code>"
    ),
    "status.tell_owner": Text("→ Please tell an owner.", "→ Hãy báo cho chủ sở hữu."),
    "status.redis": Text("⚠️ {reason}", "⚠️ {reason}"),
    "status.overdue": Text("⏰ Posts past their time: {n}", "⏰ Bài đã quá giờ: {n}"),
    "status.scheduled": Text("📋 {n} scheduled", "📋 {n} đã lên lịch"),
    "status.drafts": Text("{n} in draft", "{n} nháp"),
    "status.failed": Text("{n} failed", "{n} lỗi"),
    "status.held": Text("{n} on hold", "{n} bị giữ"),
    "status.published": Text("📤 Published in the last 24 h: {n}", "📤 Đã đăng trong 24 giờ qua: {n}"),
    "status.none_published": Text("📤 Nothing published in the last 24 h", "📤 24 giờ qua chưa đăng bài nào"),
    "status.lateness": Text(
        "⚡ Usually {usual} after their time, {worst} at worst",
        "⚡ Thường trễ {usual}, nhiều nhất {worst}",
    ),
    "status.milliseconds": Text("{n} ms", "{n} ms"),
    "status.next": Text("▶️ Next: {time}, {distance}\n{head}", "▶️ Bài tới: {time}, {distance}\n{head}"),
    "status.nothing_next": Text("▶️ Nothing is planned.", "▶️ Chưa có bài nào được lên lịch."),
    "status.nothing_goes": Text(
        "▶️ Nothing that is planned goes out as things are.", "▶️ Hiện chưa bài nào trong lịch được đăng."
    ),
    "status.sandbox": Text(
        "🧪 For practice: nothing goes to the real Threads.", "🧪 Đang chạy thử: chưa đăng lên Threads thật."
    ),
    "status.b_accounts": Text("👤 Accounts", "👤 Tài khoản"),
    "status.b_queue": Text("📋 Queue", "📋 Hàng chờ"),
}
