"""Wording of the bot's part: what it says unasked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_MANY: Final[Mapping[str, Text]] = {
    "notice.published_one": Text(
        "✅ <b>Published</b> on @{account}, {lateness}\n{head}",
        "✅ <b>Đã đăng</b> lên @{account}, {lateness}\n{head}",
    ),
    "notice.published_many": Text(
        "✅ <b>{n} posts published</b> on @{account}", "✅ <b>Đã đăng {n} bài</b> lên @{account}"
    ),
    "notice.failed_many": Text(
        "❌ <b>{n} posts failed</b> on @{account}", "❌ <b>{n} bài không đăng được</b> trên @{account}"
    ),
    "notice.outcome_unknown_many": Text(
        "❓ <b>Outcome of {n} posts unknown</b> on @{account}: Threads' answers were lost. They are not sent"
        " again until Threads or you say what is true.",
        "❓ <b>Chưa rõ kết quả của {n} bài</b> trên @{account}: không nhận được trả lời của Threads. Các bài này"
        " không được gửi lại cho đến khi Threads hoặc bạn xác nhận.",
    ),
    "notice.missed_many": Text(
        "⏰ <b>{n} posts missed their time</b> on @{account}. What shall become of them?",
        "⏰ <b>{n} bài đã lỡ giờ đăng</b> trên @{account}. Bạn muốn xử lý thế nào?",
    ),
    "notice.account_held_many": Text(
        "✋ <b>@{account} cannot publish.</b>",
        "✋ <b>@{account} không đăng được.</b>",
    ),
    "notice.waiting": Text("Posts that wait for it: {n}", "Số bài đang chờ: {n}"),
    "notice.line": Text("• {time} · {head}", "• {time} · {head}"),
    "notice.and_more": Text("… and {n} more", "… và {n} bài nữa"),
    "notice.note": Text(" <i>({note})</i>", " <i>({note})</i>"),
    "notice.on_the_dot": Text("on the dot", "đúng giờ"),
    "notice.confirmed": Text("confirmed by hand", "do người dùng xác nhận"),
    "notice.late": Text("{late} late", "trễ {late}"),
    "notice.seconds": Text("{n} s", "{n} giây"),
    "notice.minutes": Text("{n} min", "{n} phút"),
    "notice.hours": Text("{n} h", "{n} giờ"),
    "notice.one_day": Text("1 day", "1 ngày"),
    "notice.n_days": Text("{n} days", "{n} ngày"),
}

_ALONE: Final[Mapping[str, Text]] = {
    "notice.token_expiring": Text(
        "🔑 The link to @{account} ends in <b>{left}</b> ({time}). It is renewed by itself ten days before;"
        " if that keeps failing, link the account again.",
        "🔑 Liên kết với @{account} sẽ hết hạn sau <b>{left}</b> ({time}). Hệ thống tự gia hạn trước mười"
        " ngày; nếu vẫn không được, hãy liên kết lại tài khoản.",
    ),
    "notice.token_expiring_soon": Text(
        "🔑 The link to @{account} ends in <b>{left}</b> ({time}) and could not be renewed. Link the account"
        " again, or its posts will be held.",
        "🔑 Liên kết với @{account} sẽ hết hạn sau <b>{left}</b> ({time}) và chưa gia hạn được. Hãy liên kết"
        " lại tài khoản, nếu không các bài sẽ bị giữ lại.",
    ),
    "notice.queue_empty": Text(
        "📭 Nothing more is planned on @{account}. Send me the next post, or /import a calendar.",
        "📭 @{account} không còn bài nào được lên lịch. Gửi mình bài tiếp theo, hoặc /import một lịch Excel.",
    ),
    "notice.queue_empty_viewer": Text(
        "📭 Nothing more is planned on @{account}.", "📭 @{account} không còn bài nào được lên lịch."
    ),
    "notice.queue_low": Text(
        "📉 Only <b>{n}</b> more planned on @{account}, the last {time}.",
        "📉 @{account} chỉ còn <b>{n}</b> bài đã lên lịch, bài cuối {time}.",
    ),
    "notice.quota_forecast": Text(
        "📈 @{account} would pass {limit} posts in 24 hours {time}: what is above that goes out later.",
        "📈 @{account} sẽ vượt {limit} bài trong 24 giờ vào {time}: phần vượt sẽ được đăng muộn hơn.",
    ),
    "notice.joined": Text(
        "👋 <b>{name} is in</b> as {role}, by your invitation (id <code>{id}</code>).",
        "👋 <b>{name} đã vào</b>, làm {role}, bằng lời mời của bạn (ID <code>{id}</code>).",
    ),
    "notice.down_part": Text(
        "🚨 <b>{part} is down</b> since {time}.\n{reason}", "🚨 <b>{part} ngừng chạy</b> từ {time}.\n{reason}"
    ),
    "notice.down.mongodb": Text(
        "Nothing can be scheduled or published until it is back. What was scheduled is kept on its disk.",
        "Không thể lên lịch hay đăng bài cho đến khi có lại. Các bài đã lên lịch vẫn nằm trên đĩa.",
    ),
    "notice.down.redis": Text(
        "Posts may go out late until it is back; none is lost.",
        "Bài có thể đăng trễ cho đến khi có lại; không bài nào bị mất.",
    ),
    "notice.down.worker": Text(
        "Nothing is published until one runs: start it with <code>autopost up -d</code>.",
        "Không bài nào được đăng cho đến khi có worker: chạy <code>autopost up -d</code>.",
    ),
    "notice.down_posts": Text(
        "🚨 <b>Nothing is being published.</b> {reason}", "🚨 <b>Không đăng được bài nào.</b> {reason}"
    ),
    "notice.down.posts": Text(
        "The worker does nothing: start it again with <code>autopost down</code> and <code>autopost up -d</code>."
        " The posts wait and then go out. /status shows more.",
        "Worker không làm việc: khởi động lại bằng <code>autopost down</code> rồi <code>autopost up -d</code>."
        " Các bài vẫn chờ và sẽ được đăng sau. Xem thêm ở /status.",
    ),
    "notice.back_posts": Text(
        "✅ <b>No post is overdue any more</b>, after {length}.",
        "✅ <b>Không còn bài nào quá giờ</b>, sau {length}.",
    ),
    "notice.back_part": Text(
        "✅ <b>{part} is back</b> after {length}.", "✅ <b>{part} đã chạy lại</b> sau {length}."
    ),
    "notice.part.mongodb": Text("MongoDB", "MongoDB"),
    "notice.part.redis": Text("Redis", "Redis"),
    "notice.part.posts": Text("Publishing", "Việc đăng bài"),
    "notice.part.worker": Text("The worker", "Worker"),
}

_BUTTONS: Final[Mapping[str, Text]] = {
    "notice.b_open": Text("Open on Threads", "Mở trên Threads"),
    "notice.b_show": Text("Show them", "Xem các bài"),
    "notice.b_post": Text("Details", "Chi tiết"),
    "notice.b_accounts": Text("👤 Accounts", "👤 Tài khoản"),
    "notice.b_queue": Text("📋 Queue", "📋 Hàng chờ"),
}

_DIGEST: Final[Mapping[str, Text]] = {
    "digest.title": Text("☀️ <b>Your day</b>, {day}", "☀️ <b>Hôm nay của bạn</b>, {day}"),
    "digest.yesterday": Text(
        "Last 24 h: {published} published, {failed} failed.", "24 giờ qua: đã đăng {published}, lỗi {failed}."
    ),
    "digest.nothing_today": Text("Nothing is planned for today.", "Hôm nay chưa có bài nào."),
    "digest.today_one": Text("Today, 1 post:", "Hôm nay có 1 bài:"),
    "digest.today_many": Text("Today, {n} posts:", "Hôm nay có {n} bài:"),
    "digest.gap": Text("Next day without a post: {day}.", "Ngày trống gần nhất: {day}."),
    "digest.no_gap": Text(
        "Every day of the next two weeks has a post.", "Hai tuần tới ngày nào cũng có bài."
    ),
    "digest.attention": Text(
        "⚠️ {n} posts need you: /failed shows them.", "⚠️ {n} bài cần bạn xử lý: xem /failed."
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_MANY, **_ALONE, **_BUTTONS, **_DIGEST}
