"""Wording of the bot's part: workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_CHECK: Final[Mapping[str, Text]] = {
    "book.reading": Text("📄 <b>{name}</b>\n⏳ Reading…", "📄 <b>{name}</b>\n⏳ Đang đọc tệp…"),
    "book.checking": Text(
        "📄 <b>{name}</b>\n⏳ Read. Checking each row…",
        "📄 <b>{name}</b>\n⏳ Đã đọc. Đang kiểm tra từng hàng…",
    ),
    "book.importing": Text("📄 <b>{name}</b>\n⏳ Importing…", "📄 <b>{name}</b>\n⏳ Đang nhập…"),
    "book.name": Text("📄 <b>{name}</b>", "📄 <b>{name}</b>"),
    "book.refused": Text("⚠️ {sentence} One to fill in: /template", "⚠️ {sentence} Tệp mẫu để điền: /template"),
    "book.interrupted": Text(
        "📄 <b>{name}</b>\n⚠️ {sentence}\nTry again in a moment: nothing is done twice.",
        "📄 <b>{name}</b>\n⚠️ {sentence}\nHãy thử lại sau ít phút: không có gì bị nhập hai lần.",
    ),
    "book.cancelled": Text(
        "📄 <b>{name}</b>\n✖ Cancelled: nothing was imported.",
        "📄 <b>{name}</b>\n✖ Đã hủy: không nhập gì cả.",
    ),
    "book.title": Text("📄 <b>{name}</b> · nothing is changed yet", "📄 <b>{name}</b> · chưa thay đổi gì"),
    "book.rows": Text("Rows with a post: <b>{n}</b>", "Số hàng có bài: <b>{n}</b>"),
    "book.new": Text("➕ New: <b>{n}</b>", "➕ Bài mới: <b>{n}</b>"),
    "book.changed": Text("✏️ Changed: <b>{n}</b>", "✏️ Có thay đổi: <b>{n}</b>"),
    "book.same": Text("⏸ As they are already: <b>{n}</b>", "⏸ Đã có, không đổi: <b>{n}</b>"),
    "book.live": Text("✅ Published already: <b>{n}</b>", "✅ Đã đăng rồi: <b>{n}</b>"),
    "book.twice": Text("👯 Duplicates, left out: <b>{n}</b>", "👯 Trùng lặp, bỏ qua: <b>{n}</b>"),
    "book.bad": Text("❌ With errors, left out: <b>{n}</b>", "❌ Có lỗi, bỏ qua: <b>{n}</b>"),
    "book.doubtful": Text("⚠️ With a warning: <b>{n}</b>", "⚠️ Có cảnh báo: <b>{n}</b>"),
    "book.drafts": Text(
        "📝 Without a time, kept as drafts: <b>{n}</b>", "📝 Chưa có giờ, lưu thành nháp: <b>{n}</b>"
    ),
    "book.spread": Text(
        "🎲 Rows without a time: spread over {days} days from {start}, {first}–{last} h, at least {gap} apart",
        "🎲 Hàng chưa có giờ: rải trong {days} ngày từ {start}, {first}–{last} giờ, cách nhau ít nhất {gap}",
    ),
    "book.first": Text("🗓 First: {time}", "🗓 Bài đầu: {time}"),
    "book.last": Text("🗓 Last: {time}", "🗓 Bài cuối: {time}"),
    "book.accounts": Text("👤 {accounts}", "👤 {accounts}"),
    "book.account": Text("@{account}: <b>{n}</b>", "@{account}: <b>{n}</b>"),
    "book.default": Text(
        "👤 Rows without an account go to <b>@{account}</b>.",
        "👤 Hàng không ghi tài khoản sẽ vào <b>@{account}</b>.",
    ),
    "book.overflow": Text(
        "🚦 @{account}: more than {limit} posts in 24 hours from {time}. Threads takes no more, the rest waits.",
        "🚦 @{account}: hơn {limit} bài trong 24 giờ kể từ {time}. Threads không nhận thêm, phần còn lại sẽ chờ.",
    ),
    "book.crowd": Text(
        "🧲 Less than {minutes} min apart: <b>{n}</b>, first on @{account} {time}",
        "🧲 Cách nhau chưa tới {minutes} phút: <b>{n}</b>, đầu tiên ở @{account} {time}",
    ),
    "book.note": Text("ℹ️ {sentence}", "ℹ️ {sentence}"),
    "book.nothing": Text(
        "Nothing to import: all of it is there already.", "Không có gì để nhập: tất cả đã có sẵn."
    ),
    "book.nothing_good": Text(
        "Nothing can be imported as it is: mend the rows and send the file again.",
        "Chưa nhập được hàng nào: hãy sửa các hàng rồi gửi lại tệp.",
    ),
    "book.error": Text("❌ {where}: {cause} → {remedy}", "❌ {where}: {cause} → {remedy}"),
    "book.warning": Text("⚠️ {where}: {cause} → {remedy}", "⚠️ {where}: {cause} → {remedy}"),
    "book.row": Text("row {row}", "hàng {row}"),
    "book.cell": Text("row {row}, {cell} ({column})", "hàng {row}, {cell} ({column})"),
    "book.same_row": Text("👯 row {row}: the same as row {of}", "👯 hàng {row}: giống hàng {of}"),
    "book.same_post": Text(
        "👯 row {row}: post {post} has the same content", "👯 hàng {row}: bài {post} có cùng nội dung"
    ),
    "book.marked": Text(
        "📄 The same workbook with its problems marked: mend the red cells and send it again.",
        "📄 Chính tệp này, đã đánh dấu lỗi: sửa các ô màu đỏ rồi gửi lại.",
    ),
    "book.problems": Text(
        "👁 <b>{name}</b>: {first}–{last} of {n}", "👁 <b>{name}</b>: {first}–{last} trong {n} mục"
    ),
    "book.ask_spread": Text(
        "🎲 Give the rows without a time random times from {start} on, {first}–{last} h ({zone})."
        " Over how many days, and how far apart at least?",
        "🎲 Cho các hàng chưa có giờ một giờ ngẫu nhiên từ {start}, {first}–{last} giờ ({zone})."
        " Trong bao nhiêu ngày, và cách nhau ít nhất bao lâu?",
    ),
    "book.no_room": Text(
        "There are too many of them for that: give them times in the sheet.",
        "Có quá nhiều hàng để rải: hãy ghi giờ trong tệp.",
    ),
    "book.days": Text("{n} days · {gap}", "{n} ngày · {gap}"),
    "book.hour": Text("1 h", "1 giờ"),
    "book.minutes": Text("{n} min", "{n} phút"),
    "book.b_import": Text("✅ Import {n}", "✅ Nhập {n} bài"),
    "book.b_cancel": Text("✖ Cancel", "✖ Hủy"),
    "book.b_problems": Text("👁 Problems ({n})", "👁 Vấn đề ({n})"),
    "book.b_spread": Text("🎲 Spread {n} drafts", "🎲 Rải giờ {n} nháp"),
    "book.b_other_days": Text("🎲 Other days", "🎲 Chọn ngày khác"),
    "book.b_leave": Text("📝 Leave as drafts", "📝 Để làm nháp"),
    "book.b_again": Text("🔄 Try again", "🔄 Thử lại"),
}

_BATCH: Final[Mapping[str, Text]] = {
    "batch.title": Text("📄 <b>{name}</b> · imported {time}", "📄 <b>{name}</b> · đã nhập {time}"),
    "batch.undone": Text("↩ <b>{name}</b> · undone {time}", "↩ <b>{name}</b> · đã hoàn tác {time}"),
    "batch.removed": Text("Taken back: <b>{n}</b>.", "Đã thu hồi: <b>{n}</b>."),
    "batch.added": Text("➕ Added: <b>{n}</b>", "➕ Đã thêm: <b>{n}</b>"),
    "batch.updated": Text("✏️ Updated: <b>{n}</b>", "✏️ Đã cập nhật: <b>{n}</b>"),
    "batch.unchanged": Text("⏸ Unchanged: <b>{n}</b>", "⏸ Không đổi: <b>{n}</b>"),
    "batch.live": Text(
        "⏹ Published before, left alone: <b>{n}</b>", "⏹ Đã đăng từ trước, giữ nguyên: <b>{n}</b>"
    ),
    "batch.duplicates": Text("👯 Duplicates, left out: <b>{n}</b>", "👯 Trùng lặp, bỏ qua: <b>{n}</b>"),
    "batch.rejected": Text("❌ Left out for errors: <b>{n}</b>", "❌ Bỏ qua vì lỗi: <b>{n}</b>"),
    "batch.series": Text("🔁 Series: <b>{n}</b>", "🔁 Chuỗi lặp: <b>{n}</b>"),
    "batch.scheduled": Text("🕘 Scheduled: <b>{n}</b>", "🕘 Đã lên lịch: <b>{n}</b>"),
    "batch.drafts": Text("📝 Drafts: <b>{n}</b>", "📝 Nháp: <b>{n}</b>"),
    "batch.publishing": Text("📤 Being published: <b>{n}</b>", "📤 Đang đăng: <b>{n}</b>"),
    "batch.published": Text("✅ Published: <b>{n}</b>", "✅ Đã đăng: <b>{n}</b>"),
    "batch.failed": Text("❌ Failed: <b>{n}</b>", "❌ Lỗi: <b>{n}</b>"),
    "batch.next": Text("▶️ Next: {time} {head}", "▶️ Tiếp theo: {time} {head}"),
    "batch.post": Text("• {head}", "• {head}"),
    "batch.failure": Text("• {head}: {cause}", "• {head}: {cause}"),
    "batch.no_text": Text("(no text)", "(không có chữ)"),
    "batch.b_file": Text("📄 Result file", "📄 Tệp kết quả"),
    "batch.b_undo": Text("↩ Undo import", "↩ Hoàn tác"),
    "batch.b_refresh": Text("🔄 Refresh", "🔄 Làm mới"),
    "batch.ask_undo": Text(
        "↩ Undo the import of <b>{name}</b>? Taken back: <b>{n}</b>.",
        "↩ Hoàn tác lần nhập <b>{name}</b>? Sẽ thu hồi: <b>{n}</b>.",
    ),
    "batch.stays": Text(
        "Published posts stay on Threads: <b>{n}</b>.", "Bài đã đăng vẫn còn trên Threads: <b>{n}</b>."
    ),
    "batch.updates_stay": Text(
        "Rows that changed older posts stay changed: <b>{n}</b>.",
        "Các bài cũ đã cập nhật vẫn giữ thay đổi: <b>{n}</b>.",
    ),
    "batch.b_yes_undo": Text("↩ Yes, take {n} back", "↩ Thu hồi {n}"),
    "batch.file": Text(
        "📄 Your workbook with the status of each row, as of {time}.",
        "📄 Tệp của bạn với trạng thái từng hàng, tính đến {time}.",
    ),
    "batch.file_of_posts": Text(
        "📄 The posts of this import, as of {time}.", "📄 Các bài của lần nhập này, tính đến {time}."
    ),
}

_COMMANDS: Final[Mapping[str, Text]] = {
    "import.how": Text(
        "📄 <b>Import a calendar</b>\nSend me an Excel file (.xlsx), one post per row. I check it first and show"
        " what would happen; nothing is changed before you say so. The same file again updates its posts.",
        "📄 <b>Nhập lịch đăng</b>\nGửi cho mình một tệp Excel (.xlsx), mỗi hàng một bài. Mình kiểm tra trước và cho"
        " bạn xem; không đổi gì khi bạn chưa đồng ý. Gửi lại cùng tệp sẽ cập nhật các bài.",
    ),
    "import.not_allowed": Text(
        "📄 <b>Imported calendars</b>\nYou may look at them; an owner can make you an editor, who imports.",
        "📄 <b>Lịch đã nhập</b>\nBạn được xem; muốn nhập, hãy nhờ chủ sở hữu cấp quyền biên tập.",
    ),
    "import.latest": Text("The latest imports:", "Các lần nhập gần đây:"),
    "import.b_batch": Text("{day} · {name} ({n})", "{day} · {name} ({n})"),
    "import.b_template": Text("📄 Template", "📄 Tệp mẫu"),
    "template.file": Text(
        "📄 Fill it in and send it back: one post per row. The second sheet explains each column.",
        "📄 Điền vào rồi gửi lại: mỗi hàng một bài. Trang thứ hai giải thích từng cột.",
    ),
    "export.file": Text(
        "📄 Rows: <b>{n}</b>. Change what you like and send it back: I update just that.",
        "📄 Số hàng: <b>{n}</b>. Sửa gì tùy bạn rồi gửi lại: mình chỉ cập nhật phần đã sửa.",
    ),
    "export.more": Text("More than fit into one file: {n}.", "Còn lại ngoài tệp này: {n}."),
    "export.none": Text("📄 There is nothing to export.", "📄 Không có gì để xuất."),
    "export.b_more": Text("📄 The next {n}", "📄 {n} bài tiếp theo"),
    "export.which": Text(
        "There is no status or account “{word}”: try /export scheduled, /export published, /export draft,"
        " /export failed or the name of an account.",
        "Không có trạng thái hay tài khoản “{word}”: thử /export scheduled, /export published, /export draft,"
        " /export failed hoặc tên tài khoản.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_CHECK, **_BATCH, **_COMMANDS}
