"""Wording of the bot's part: hello, help, who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_START: Final[Mapping[str, Text]] = {
    "start.hello": Text(
        "👋 <b>Hello {name}!</b>\nSend me a text, photos or a video: I make a post of it, you tap when, and it"
        " goes out on Threads on the dot.\n\n📄 A calendar in Excel? Just send me the file.",
        "👋 <b>Chào {name}!</b>\nGửi mình chữ, ảnh hoặc video: mình soạn thành bài, bạn chọn giờ, và bài lên"
        " Threads đúng giờ đó.\n\n📄 Có lịch đăng bằng Excel? Cứ gửi tệp cho mình.",
    ),
    "start.hello_viewer": Text(
        "👋 <b>Hello {name}!</b>\nHere you see what is planned and what is published, and I tell you when"
        " something happens.",
        "👋 <b>Chào {name}!</b>\nỞ đây bạn xem được bài sắp đăng và bài đã đăng, có việc gì mình báo ngay.",
    ),
    "start.role": Text("👤 Your role: {role}", "👤 Vai trò của bạn: {role}"),
    "start.zone": Text("🕘 Your times: {zone}", "🕘 Giờ của bạn: {zone}"),
    "start.sandbox": Text(
        "🧪 For practice: nothing goes to the real Threads yet.",
        "🧪 Đang chạy thử: chưa có gì lên Threads thật.",
    ),
    "start.link_account": Text(
        "→ <b>One step is missing:</b> link a Threads account. On the server, run\n"
        "<code>autopost accounts add NAME --token -</code>\nand come back here.",
        "→ <b>Còn một bước nữa:</b> liên kết tài khoản Threads. Trên máy chủ, chạy\n"
        "<code>autopost accounts add TÊN --token -</code>\nrồi quay lại đây.",
    ),
    "start.no_account": Text(
        "→ <b>One step is missing:</b> there is no Threads account for you yet. Ask an owner of this bot to"
        " link one.",
        "→ <b>Còn một bước nữa:</b> chưa có tài khoản Threads nào cho bạn. Hãy nhờ chủ bot liên kết.",
    ),
    "start.b_check": Text("🔄 Check again", "🔄 Kiểm tra lại"),
    "start.b_new": Text("✏️ New post", "✏️ Bài mới"),
    "start.b_queue": Text("📋 Queue", "📋 Hàng chờ"),
    "start.b_calendar": Text("📅 Calendar", "📅 Lịch"),
    "start.b_template": Text("📄 Excel template", "📄 Mẫu Excel"),
    "start.b_settings": Text("⚙️ Settings", "⚙️ Cài đặt"),
}

_HELP: Final[Mapping[str, Text]] = {
    "help.title": Text("<b>What I can do</b>", "<b>Mình làm được gì</b>"),
    "help.writing": Text(
        "✏️ <b>Write</b>: send a text, photos or a video. To change a post, reply to its card.\n"
        "🕘 <b>When</b>: tap a time or type one: <code>tomorrow 9am</code>, <code>fri 18:30</code>,"
        " <code>25.12 10:00</code>, <code>in 2h</code>\n"
        "📄 <b>Excel</b>: send an .xlsx; I check it first and import nothing until you say so.",
        "✏️ <b>Viết</b>: gửi chữ, ảnh hoặc video. Muốn sửa bài, trả lời vào thẻ của bài.\n"
        "🕘 <b>Giờ đăng</b>: bấm chọn hoặc gõ: <code>ngày mai 9h</code>, <code>thứ 6 18:30</code>,"
        " <code>25/12 10:00</code>, <code>2 tiếng nữa</code>\n"
        "📄 <b>Excel</b>: gửi tệp .xlsx; mình kiểm tra trước, bạn đồng ý mới nhập.",
    ),
    "help.viewing": Text(
        "👀 You can look at posts and calendars; an owner can make you an editor, who writes them.",
        "👀 Bạn xem được bài và lịch đăng; chủ sở hữu có thể cho bạn làm biên tập viên để viết bài.",
    ),
    "help.command": Text("/{command} – {what}", "/{command} – {what}"),
}

_WHO: Final[Mapping[str, Text]] = {
    "who.you": Text(
        "<b>{name}</b>, Telegram id <code>{id}</code>", "<b>{name}</b>, ID Telegram <code>{id}</code>"
    ),
    "who.role": Text("Role: {role}. You can {may}.", "Vai trò: {role}. Bạn được {may}."),
    "who.accounts": Text("On these accounts: {accounts}", "Với các tài khoản: {accounts}"),
    "role.viewer": Text("viewer", "người xem"),
    "role.editor": Text("editor", "biên tập viên"),
    "role.owner": Text("owner", "chủ sở hữu"),
    "role.viewer.may": Text("look at posts and calendars", "xem bài và lịch đăng"),
    "role.editor.may": Text("write, schedule and delete posts", "viết, lên lịch và xoá bài"),
    "role.owner.may": Text(
        "do everything, accounts and people included", "làm mọi việc, kể cả quản lý tài khoản và thành viên"
    ),
}

_EVERYWHERE: Final[Mapping[str, Text]] = {
    "zone.vietnam": Text("Vietnam", "Việt Nam"),
    "button.back": Text("‹ Back", "‹ Quay lại"),
    "button.refresh": Text("🔄 Refresh", "🔄 Làm mới"),
}

TEXTS: Final[Mapping[str, Text]] = {**_START, **_HELP, **_WHO, **_EVERYWHERE}
