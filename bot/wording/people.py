"""Wording of the bot's part: people and invitations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

TEXTS: Final[Mapping[str, Text]] = {
    "people.title": Text("👥 <b>People</b>", "👥 <b>Thành viên</b>"),
    "people.line": Text(
        "• <b>{name}</b>, {role} (id <code>{id}</code>)", "• <b>{name}</b>, {role} (ID <code>{id}</code>)"
    ),
    "people.me": Text(
        "• <b>{name}</b> (you), {role} (id <code>{id}</code>)",
        "• <b>{name}</b> (bạn), {role} (ID <code>{id}</code>)",
    ),
    "people.nameless": Text(
        "• id <code>{id}</code>, {role}, has not come by yet",
        "• ID <code>{id}</code>, {role}, chưa vào lần nào",
    ),
    "people.role_on": Text("{role} on {accounts}", "{role} ({accounts})"),
    "people.by_settings": Text(
        "Those without a 🗑 button are set on the server, in <code>TELEGRAM_ALLOWED_USERS</code>.",
        "Ai không có nút 🗑 thì được khai báo trên máy chủ, trong <code>TELEGRAM_ALLOWED_USERS</code>.",
    ),
    "people.invite": Text("Invite somebody as:", "Mời thêm người, với vai trò:"),
    "people.b_invite_viewer": Text("➕ Viewer", "➕ Xem"),
    "people.b_invite_editor": Text("➕ Editor", "➕ Biên tập"),
    "people.b_invite_owner": Text("➕ Owner", "➕ Chủ"),
    "people.b_remove": Text("🗑 {name}", "🗑 {name}"),
    "people.b_all_accounts": Text("All accounts", "Tất cả tài khoản"),
    "people.choose_accounts": Text(
        "👥 <b>Invite as {role}</b>\nOn which account?", "👥 <b>Mời làm {role}</b>\nVới tài khoản nào?"
    ),
    "people.invitation": Text(
        "🔑 <b>Invitation</b> as {role}\nSend this link to one person: whoever opens it first is in. It works"
        " once, until {time} ({distance}).\n\n{link}",
        "🔑 <b>Lời mời</b> làm {role}\nGửi liên kết này cho một người: ai mở trước thì được vào. Chỉ dùng được"
        " một lần, đến {time} ({distance}).\n\n{link}",
    ),
    "people.invitation_used": Text(
        "🔑 <b>Invitation</b> as {role}\n✅ Used by {name}: the link works no more.",
        "🔑 <b>Lời mời</b> làm {role}\n✅ {name} đã dùng: liên kết hết hiệu lực.",
    ),
    "people.b_share": Text("📤 Send it", "📤 Gửi đi"),
    "people.b_copy": Text("📋 Copy it", "📋 Chép lại"),
    "people.ask_remove": Text(
        "🗑 <b>Remove {name}</b> ({role})?\nFrom then on they see nothing here and can do nothing.",
        "🗑 <b>Xoá {name}</b> ({role})?\nTừ đó họ không xem và không làm được gì ở đây nữa.",
    ),
    "people.b_yes_remove": Text("🗑 Yes, remove", "🗑 Xoá luôn"),
    "people.removed": Text("✅ {name} is out.", "✅ Đã xoá {name}."),
}
