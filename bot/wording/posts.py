"""Wording of the bot's part: lists of posts, all that is known of one, the calendar and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_QUEUE: Final[Mapping[str, Text]] = {
    "queue.title": Text("📋 <b>{what}</b>: {n}", "📋 <b>{what}</b>: {n}"),
    "queue.of_account": Text("@{account}", "@{account}"),
    "queue.of_text": Text("“{text}”", "“{text}”"),
    "queue.item": Text(
        "\n<b>{n}</b> {glyph} {time}{late}{account}", "\n<b>{n}</b> {glyph} {time}{late}{account}"
    ),
    "queue.late": Text(" · ⏰ <b>{late}</b>", " · ⏰ <b>{late}</b>"),
    "queue.item_account": Text(" · @{account}", " · @{account}"),
    "queue.cause": Text("<i>⚠️ {cause}</i>", "<i>⚠️ {cause}</i>"),
    "queue.hold_account": Text("waits: its account needs attention", "đang chờ: tài khoản cần được xử lý"),
    "queue.hold_paused": Text("waits: its account is paused", "đang chờ: tài khoản đang tạm dừng"),
    "queue.hold_missed": Text("missed its time", "đã lỡ giờ đăng"),
    "queue.hold_outcome_unknown": Text("outcome unknown", "chưa rõ kết quả"),
    "queue.kind_s": Text("Scheduled", "Đã lên lịch"),
    "queue.kind_d": Text("Drafts", "Bản nháp"),
    "queue.kind_f": Text("Failed", "Đăng lỗi"),
    "queue.kind_h": Text("On hold", "Đang giữ lại"),
    "queue.kind_p": Text("Published", "Đã đăng"),
    "queue.kind_u": Text("Outcome unknown", "Chưa rõ kết quả"),
    "queue.kind_a": Text("All posts", "Tất cả bài"),
    "queue.none_s": Text(
        "\nNothing is scheduled. Send me a text, a photo or a video, and say when it goes out.",
        "\nChưa có bài nào được lên lịch. Gửi mình chữ, ảnh hoặc video rồi chọn giờ đăng nhé.",
    ),
    "queue.none_d": Text(
        "\nNo drafts. Send me a text and tap “Keep as draft” to have one.",
        "\nChưa có bản nháp. Gửi mình nội dung rồi bấm “Lưu nháp”.",
    ),
    "queue.none_f": Text("\n✅ No post has failed.", "\n✅ Không có bài nào bị lỗi."),
    "queue.none_h": Text("\n✅ No post is on hold.", "\n✅ Không có bài nào bị giữ lại."),
    "queue.none_p": Text(
        "\nNothing has been published yet. Send me a text to begin.",
        "\nChưa có bài nào được đăng. Gửi mình nội dung để bắt đầu.",
    ),
    "queue.none_u": Text("\n✅ Every outcome is known.", "\n✅ Không có bài nào chưa rõ kết quả."),
    "queue.none_a": Text(
        "\nThere are no posts yet. Send me a text, a photo or a video to begin.",
        "\nChưa có bài nào. Gửi mình chữ, ảnh hoặc video để bắt đầu.",
    ),
    "queue.none_viewer": Text(
        "\nThere are none. You can look at all posts here; an owner can make you an editor, who writes them.",
        "\nChưa có bài nào. Bạn xem được mọi bài ở đây; chủ sở hữu có thể cho bạn làm biên tập viên để viết bài.",
    ),
    "queue.none_filtered": Text(
        "\nNo post fits this filter: change it with the buttons below, or /queue for all that is scheduled.",
        "\nKhông có bài nào khớp bộ lọc: đổi bằng các nút bên dưới, hoặc /queue để xem mọi bài đã lên lịch.",
    ),
    "queue.ask_kind": Text("📋 <b>Show which posts?</b>", "📋 <b>Xem những bài nào?</b>"),
    "queue.ask_account": Text("👤 <b>Posts of which account?</b>", "👤 <b>Bài của tài khoản nào?</b>"),
    "queue.ask_day": Text("📅 <b>Posts of which day?</b>", "📅 <b>Bài của ngày nào?</b>"),
    "queue.any_day": Text("Any day", "Mọi ngày"),
    "queue.yesterday": Text("Yesterday", "Hôm qua"),
    "queue.today": Text("Today", "Hôm nay"),
    "queue.tomorrow": Text("Tomorrow", "Ngày mai"),
    "queue.this_week": Text("This week", "Tuần này"),
    "queue.all_accounts": Text("All accounts", "Mọi tài khoản"),
    "queue.b_kind": Text("{kind} ▾", "{kind} ▾"),
    "queue.b_day": Text("📅 {day} ▾", "📅 {day} ▾"),
    "queue.b_account": Text("👤 {account} ▾", "👤 {account} ▾"),
    "queue.b_any_text": Text("✖ “{text}”", "✖ “{text}”"),
}

_POST: Final[Mapping[str, Text]] = {
    "post.which": Text(
        "Which post? /queue lists them; tap its number, or write for example <code>/{command} 1a2b3c4d5e6f</code>.",
        "Bài nào? /queue liệt kê các bài; bấm số thứ tự, hoặc gõ ví dụ <code>/{command} 1a2b3c4d5e6f</code>.",
    ),
    "post.unknown": Text(
        "There is no post <code>{id}</code> that you may see: /queue shows them all.",
        "Không có bài <code>{id}</code> mà bạn được xem: /queue liệt kê tất cả.",
    ),
    "post.written": Text("✍️ {who}, {time}", "✍️ {who}, {time}"),
    "post.id": Text("📌 <code>{id}</code>", "📌 <code>{id}</code>"),
    "post.attempts": Text("Attempts so far: {n}", "Số lần đã thử: {n}"),
    "post.sheet": Text("📄 From the calendar file, ID {id}", "📄 Từ tệp lịch Excel, ID {id}"),
    "post.series": Text("🔁 {rule}", "🔁 {rule}"),
    "post.edited_apart": Text(
        "This one was edited, moved or held by itself: changes of the series leave it alone.",
        "Bài này đã được sửa, dời giờ hoặc giữ lại riêng: thay đổi của chuỗi không ảnh hưởng đến nó.",
    ),
    "post.part": Text("{n}. {head}", "{n}. {head}"),
    "post.comment": Text("💬 {head}", "💬 {head}"),
    "post.link": Text("🔗 {link}", "🔗 {link}"),
    "post.not_there_from": Text(
        "Threads can be late: whether it is <i>not</i> there can be said from {time} on.",
        "Threads có thể hiện bài muộn: chỉ xác nhận được là <i>chưa có</i> từ {time}.",
    ),
    "post.not_there_now": Text(
        "If it is not on the account by now, it never went out: it can be sent again safely.",
        "Nếu đến giờ tài khoản vẫn chưa có bài thì bài đã không lên: có thể gửi lại an toàn.",
    ),
    "post.ask_now": Text("🚀 Publish this on @{account} right now?", "🚀 Đăng ngay bài này lên @{account}?"),
    "post.ask_delete": Text(
        "🗑 Delete this post of @{account}? It will not go out.",
        "🗑 Xoá bài này của @{account}? Bài sẽ không được đăng.",
    ),
    "post.ask_delete_live": Text(
        "🗑 Remove this post from here? It <b>stays live</b> on @{account}: Threads shows it until you delete it"
        " there.",
        "🗑 Xoá bài này khỏi danh sách? Bài <b>vẫn còn</b> trên @{account}: muốn gỡ hẳn, bạn phải xoá trên Threads.",
    ),
    "post.deleted": Text("🗑 <b>Deleted</b> from @{account}", "🗑 <b>Đã xoá</b> khỏi @{account}"),
    "post.deleted_live": Text(
        "🗑 <b>Removed from here.</b> It is still live on @{account}.",
        "🗑 <b>Đã xoá khỏi danh sách.</b> Bài vẫn còn trên @{account}.",
    ),
    "post.back_again": Text("<i>Brought back.</i>", "<i>Đã lấy lại.</i>"),
    "post.back_as_draft": Text(
        "<i>Too late for Undo: here is what it said, as a new draft.</i>",
        "<i>Hết thời gian hoàn tác: đây là nội dung cũ, dưới dạng bản nháp mới.</i>",
    ),
    "post.held": Text(
        "<i>Taken back: it is a draft now and does not go out.</i>",
        "<i>Đã rút lại: giờ là bản nháp, không được đăng.</i>",
    ),
    "post.too_late": Text(
        "<i>Its time has passed: choose another.</i>", "<i>Đã quá giờ đăng: hãy chọn giờ khác.</i>"
    ),
    "post.copied": Text(
        "<i>A copy: choose account and time.</i>", "<i>Bản sao: chọn tài khoản và giờ đăng.</i>"
    ),
    "post.ask_skip_one": Text(
        "⏭ Leave out this one? The series goes on with the next date.",
        "⏭ Bỏ riêng bài này? Chuỗi vẫn tiếp tục từ ngày kế tiếp.",
    ),
    "post.skipped_one": Text(
        "⏭ <b>Left out.</b> The series goes on.", "⏭ <b>Đã bỏ bài này.</b> Chuỗi vẫn tiếp tục."
    ),
    "post.skip_too_late": Text(
        "<i>Too late: it is on its way or published already.</i>",
        "<i>Muộn rồi: bài đang được đăng hoặc đã đăng.</i>",
    ),
    "post.b_now": Text("🚀 Publish now", "🚀 Đăng ngay"),
    "post.b_now_yes": Text("🚀 Yes, publish now", "🚀 Đăng luôn"),
    "post.b_now_anyway": Text("🚀 Publish anyway", "🚀 Vẫn đăng"),
    "post.b_hold": Text("‖ Hold", "‖ Giữ lại"),
    "post.b_copy": Text("➕ Duplicate", "➕ Nhân bản"),
    "post.b_delete": Text("🗑 Delete", "🗑 Xoá"),
    "post.b_delete_yes": Text("🗑 Yes, delete", "🗑 Xoá luôn"),
    "post.b_why": Text("❔ Why", "❔ Vì sao"),
    "post.b_undo": Text("↩ Undo", "↩ Hoàn tác"),
    "post.b_skip_one": Text("⏭ Skip this one", "⏭ Bỏ bài này"),
    "post.b_skip_one_yes": Text("⏭ Yes, skip this one", "⏭ Bỏ luôn"),
    "post.b_stop": Text("⏹ Stop the series", "⏹ Dừng chuỗi"),
    "post.b_series": Text("🔁 The series", "🔁 Xem chuỗi"),
    "post.b_queue": Text("📋 Queue", "📋 Hàng chờ"),
    "post.b_post": Text("‹ The post", "‹ Bài viết"),
    "post.b_refresh": Text("🔄 Refresh", "🔄 Làm mới"),
}

_WHY: Final[Mapping[str, Text]] = {
    "why.title": Text("❔ <b>What happened to this post</b>", "❔ <b>Chuyện gì đã xảy ra với bài này</b>"),
    "why.DRAFT": Text(
        "It is a draft: it goes out once it has a time.", "Đây là bản nháp: có giờ thì bài mới được đăng."
    ),
    "why.SCHEDULED": Text("It goes out {time}, {distance}.", "Bài được đăng {time}, {distance}."),
    "why.overdue": Text("It was due {time}, {distance}.", "Lẽ ra bài được đăng {time}, {distance}."),
    "why.PUBLISHING": Text("It is being published right now.", "Bài đang được đăng."),
    "why.PUBLISHED": Text("It is live since {time}.", "Bài đã lên từ {time}."),
    "why.FAILED": Text("It is not on Threads.", "Bài chưa có trên Threads."),
    "why.error": Text("⛔ {cause} {code}\n→ {remedy}", "⛔ {cause} {code}\n→ {remedy}"),
    "why.last_error": Text("⚠️ Last time: {cause} {code}", "⚠️ Lần trước: {cause} {code}"),
    "why.code": Text("(Threads code {code})", "(mã Threads {code})"),
    "why.no_worker": Text(
        "⚙️ No worker runs: nothing is published until one does, see /status.",
        "⚙️ Không có worker nào chạy: chưa bài nào được đăng, xem /status.",
    ),
    "why.earlier": Text("… {n} earlier", "… {n} mục trước đó"),
    "why.later": Text("… {n} later", "… {n} mục sau đó"),
    "why.entry": Text("• {time} <b>{who}</b>: {what}", "• {time} <b>{who}</b>: {what}"),
    "why.move": Text("{what} ({was} → {now})", "{what} ({was} → {now})"),
    "why.worker": Text("worker", "hệ thống"),
    "why.threads": Text("Threads", "Threads"),
    "why.attempt": Text("attempt {n}: {answer}", "lần gửi {n}: {answer}"),
    "why.reply_attempt": Text(
        "reply {reply}, attempt {n}: {answer}", "phần trả lời {reply}, lần gửi {n}: {answer}"
    ),
    "why.answer_pending": Text("no answer yet", "chưa trả lời"),
    "why.answer_published": Text("published", "đã đăng"),
    "why.answer_refused": Text("refused", "từ chối"),
    "why.answer_not_sent": Text("was not reached", "không kết nối được"),
    "why.answer_unknown": Text("its answer was lost", "mất câu trả lời"),
    "why.status_DRAFT": Text("draft", "nháp"),
    "why.status_SCHEDULED": Text("scheduled", "đã lên lịch"),
    "why.status_PUBLISHING": Text("publishing", "đang đăng"),
    "why.status_PUBLISHED": Text("published", "đã đăng"),
    "why.status_FAILED": Text("failed", "lỗi"),
}

_NEED: Final[Mapping[str, Text]] = {
    "need.nothing": Text("✅ <b>Nothing needs you.</b>", "✅ <b>Không có bài nào cần xử lý.</b>"),
    "need.title_one": Text("⚠️ <b>1 post needs you</b>", "⚠️ <b>1 bài cần bạn xử lý</b>"),
    "need.title": Text("⚠️ <b>{n} posts need you</b>", "⚠️ <b>{n} bài cần bạn xử lý</b>"),
    "need.group": Text(
        "\n<b>{n}</b> {glyph} <b>{count}</b> · @{account}\n<i>{cause}</i>",
        "\n<b>{n}</b> {glyph} <b>{count}</b> bài · @{account}\n<i>{cause}</i>",
    ),
    "need.more_groups": Text("… and {n} other causes", "… và {n} nguyên nhân khác"),
    "need.line": Text("• {head}", "• {head}"),
    "need.ask_retry": Text(
        "🔁 Send {n} failed posts again? Those whose time has passed go out now.",
        "🔁 Gửi lại {n} bài lỗi? Bài đã quá giờ sẽ được đăng ngay.",
    ),
    "need.ask_publish": Text("🚀 Publish {n} missed posts now?", "🚀 Đăng ngay {n} bài đã lỡ giờ?"),
    "need.ask_skip": Text(
        "⏭ Skip {n} missed posts? They become drafts and do not go out.",
        "⏭ Bỏ qua {n} bài đã lỡ giờ? Chúng sẽ thành bản nháp và không được đăng.",
    ),
    "need.did_retry": Text("🔁 Sent again: {n}", "🔁 Đã gửi lại: {n} bài"),
    "need.did_publish": Text("🚀 On their way: {n}", "🚀 Đang được đăng: {n} bài"),
    "need.did_skip": Text("⏭ Skipped: {n}", "⏭ Đã bỏ qua: {n} bài"),
    "need.refused_title": Text("\nNot done: {n}", "\nChưa làm được: {n} bài"),
    "need.refused": Text("• {head}: {sentence}", "• {head}: {sentence}"),
    "need.b_retry": Text("🔁 Retry all {n}", "🔁 Thử lại cả {n}"),
    "need.b_publish": Text("🚀 Publish all {n}", "🚀 Đăng cả {n}"),
    "need.b_skip": Text("⏭ Skip all {n}", "⏭ Bỏ qua cả {n}"),
    "need.b_retry_yes": Text("🔁 Yes, retry {n}", "🔁 Thử lại {n} bài"),
    "need.b_publish_yes": Text("🚀 Yes, publish {n}", "🚀 Đăng {n} bài"),
    "need.b_skip_yes": Text("⏭ Yes, skip {n}", "⏭ Bỏ qua {n} bài"),
    "need.b_rest": Text("⚠️ What needs you", "⚠️ Cần xử lý"),
}

_CALENDAR: Final[Mapping[str, Text]] = {
    "cal.b_this_week": Text("This week", "Tuần này"),
    "cal.b_month": Text("🗓 Month", "🗓 Tháng"),
    "cal.b_week": Text("📅 Week", "📅 Tuần"),
    "cal.b_list": Text("📋 List", "📋 Danh sách"),
    "cal.account": Text("👤 @{account}", "👤 @{account}"),
    "cal.choose": Text("👤 Which account?", "👤 Tài khoản nào?"),
}

_STATS: Final[Mapping[str, Text]] = {
    "stats.accounts": Text("\n👤 <b>28 days</b>", "\n👤 <b>28 ngày</b>"),
    "stats.account": Text(
        "@{account}: {published} published, {failed} failed, {waiting} waiting",
        "@{account}: đã đăng {published}, lỗi {failed}, đang chờ {waiting}",
    ),
    "stats.more_accounts": Text("… and {n} more accounts", "… và {n} tài khoản nữa"),
    "stats.next": Text("\n▶️ Next: {time}\n{head}", "\n▶️ Tiếp theo: {time}\n{head}"),
}

TEXTS: Final[Mapping[str, Text]] = {**_QUEUE, **_POST, **_WHY, **_NEED, **_CALENDAR, **_STATS}
