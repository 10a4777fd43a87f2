"""What the bot says before any of its parts does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

TEXTS: Final[Mapping[str, Text]] = {
    "transport.refused": Text("⚠️ {sentence}", "⚠️ {sentence}"),
    "transport.unavailable": Text(
        "⚠️ {sentence}\nNothing was done: please try again in a moment.",
        "⚠️ {sentence}\nChưa có gì được thực hiện: vui lòng thử lại sau ít phút.",
    ),
    "transport.interrupted": Text(
        "⚠️ {sentence}\nThat came in the middle of what you asked for, so some of it may be done already: look at"
        " /queue before you try again.",
        "⚠️ {sentence}\nViệc bạn yêu cầu bị ngắt giữa chừng nên có thể đã làm được một phần: hãy xem /queue"
        " trước khi thử lại.",
    ),
    "transport.late_tap": Text(
        "⏰ That tap reached me late, so it was not carried out now. Tap again if you still want it.",
        "⏰ Lần bấm đó đến quá muộn nên chưa được thực hiện lúc này. Nếu vẫn muốn, hãy bấm lại.",
    ),
    "transport.broken": Text(
        "⚠️ That did not work, because of a fault of this bot. Please try again; if it happens again, tell"
        " whoever runs the bot: error <code>{error}</code>.",
        "⚠️ Không thực hiện được do lỗi của bot. Vui lòng thử lại; nếu vẫn lỗi, hãy báo cho người vận hành bot"
        " mã lỗi <code>{error}</code>.",
    ),
    "transport.given_up": Text(
        "⚠️ Your last message could not be handled and was put aside: please send it again in another form.",
        "⚠️ Không xử lý được tin nhắn vừa rồi của bạn nên đã bỏ qua: vui lòng gửi lại theo cách khác.",
    ),
    "transport.unknown_button": Text(
        "This button is not known any more: open what you need anew, /help shows how.",
        "Nút này không còn dùng được: hãy mở lại mục bạn cần, xem /help.",
    ),
    "transport.unknown_command": Text(
        "There is no command {command}: /help shows them all.",
        "Không có lệnh {command}: xem tất cả trong /help.",
    ),
    "transport.unknown_content": Text(
        "This bot cannot do anything with that: /help shows what it can do.",
        "Bot chưa xử lý được nội dung này: xem /help để biết bot làm được gì.",
    ),
    "transport.whoami": Text(
        "Your Telegram id is <code>{id}</code>. Only people whom its owner has let in can use this bot.",
        "ID Telegram của bạn là <code>{id}</code>. Chỉ những người được chủ bot cho phép mới dùng được bot này.",
    ),
    "menu.start": Text("Begin here", "Bắt đầu"),
    "menu.help": Text("What this bot can do", "Bot làm được gì"),
    "menu.whoami": Text("Your Telegram id and role", "ID Telegram và vai trò của bạn"),
    "menu.new": Text("Write a post", "Viết bài mới"),
    "menu.queue": Text("What will be published", "Các bài sắp đăng"),
    "menu.calendar": Text("The weeks ahead as a picture", "Lịch các tuần tới"),
    "menu.import": Text("Import an Excel calendar", "Nhập lịch từ Excel"),
    "menu.failed": Text("Posts that failed", "Các bài đăng lỗi"),
    "menu.stats": Text("How the posts do", "Số liệu bài đăng"),
    "menu.accounts": Text("The linked accounts", "Các tài khoản đã liên kết"),
    "menu.pause": Text("Hold an account", "Tạm dừng tài khoản"),
    "menu.resume": Text("Let an account go on", "Cho tài khoản chạy tiếp"),
    "menu.status": Text("Whether everything works", "Tình trạng hệ thống"),
    "menu.settings": Text("Language, time zone, notices", "Ngôn ngữ, múi giờ, thông báo"),
    "menu.template": Text("An empty Excel calendar", "Mẫu lịch Excel"),
    "menu.post": Text("One post, by its ID", "Một bài, theo ID"),
    "menu.why": Text("What happened to a post, by its ID", "Chuyện gì đã xảy ra với một bài, theo ID"),
    "menu.export": Text("Your posts as an Excel calendar", "Xuất bài đăng ra Excel"),
}
