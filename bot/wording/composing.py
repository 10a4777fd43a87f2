"""Wording of the bot's part: composing, from a draft to the card that follows the post."""

# the glyphs of buttons are meant

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_DRAFT: Final[Mapping[str, Text]] = {
    "draft.title": Text("✏️ <b>Draft</b>", "✏️ <b>Bản nháp</b>"),
    "draft.no_text": Text("<i>no text yet</i>", "<i>chưa có chữ</i>"),
    "draft.cut": Text("<i>… and {n} more characters</i>", "<i>… và {n} ký tự nữa</i>"),
    "draft.count": Text("{count}/{limit}", "{count}/{limit}"),
    "draft.picture_one": Text("1 picture", "1 ảnh"),
    "draft.picture_many": Text("{n} pictures", "{n} ảnh"),
    "draft.video_one": Text("1 video", "1 video"),
    "draft.video_many": Text("{n} videos", "{n} video"),
    "draft.part_one": Text("1 more part", "thêm 1 phần"),
    "draft.part_many": Text("{n} more parts", "thêm {n} phần"),
    "draft.comment": Text("first comment", "bình luận đầu"),
    "draft.topic": Text("topic {topic}", "chủ đề {topic}"),
    "draft.account": Text("👤 @{account}", "👤 @{account}"),
    "draft.none_linked": Text(
        "👤 No account is linked yet: /accounts shows how.",
        "👤 Chưa liên kết tài khoản nào: xem /accounts.",
    ),
    "draft.no_account": Text("👤 No account chosen yet", "👤 Chưa chọn tài khoản"),
    "draft.no_time": Text("🕘 No time yet", "🕘 Chưa chọn giờ"),
    "draft.at": Text("🕘 {time}", "🕘 {time}"),
    "draft.rule": Text("🔁 {rule}", "🔁 {rule}"),
    "draft.error": Text("⛔ {cause} {remedy}", "⛔ {cause} {remedy}"),
    "draft.warning": Text("⚠️ {cause} {remedy}", "⚠️ {cause} {remedy}"),
    "draft.note": Text("ℹ️ {note}", "ℹ️ {note}"),
    "draft.refused": Text("⚠️ {sentence}", "⚠️ {sentence}"),
    "draft.without_one": Text(
        "⛔ <b>What you sent with it is not in this draft.</b>",
        "⛔ <b>Tệp bạn gửi kèm không có trong bản nháp này.</b>",
    ),
    "draft.without_many": Text(
        "⛔ <b>{n} of the pictures and videos you sent are not in this draft.</b>",
        "⛔ <b>{n} ảnh/video bạn gửi không có trong bản nháp này.</b>",
    ),
    "draft.not_allowed": Text(
        "👤 You may look only: ask an owner to make you an editor.",
        "👤 Bạn chỉ có quyền xem: hãy nhờ chủ sở hữu cấp quyền biên tập.",
    ),
    "draft.stale": Text(
        "<i>This card was out of date: here is how it stands.</i>",
        "<i>Thẻ này đã cũ: đây là tình trạng hiện tại.</i>",
    ),
    "draft.gone": Text("🗑 {sentence}", "🗑 {sentence}"),
    "draft.new": Text(
        "Send me the text of your post, or a photo, a video or an album with a caption.",
        "Gửi cho mình nội dung bài viết, hoặc ảnh, video, album kèm chú thích nhé.",
    ),
    "draft.not_a_post": Text(
        "I can make a post from text, photos and videos, not from this. Send one of those.",
        "Mình chỉ tạo được bài từ chữ, ảnh và video, không phải từ nội dung này. Bạn gửi lại nhé.",
    ),
    "draft.discarded": Text("✖ Draft discarded.", "✖ Đã bỏ bản nháp."),
    "draft.ask_text": Text(
        "✏️ Send the new text. It takes the place of this one:",
        "✏️ Gửi nội dung mới. Nội dung này sẽ thay cho:",
    ),
    "draft.ask_comment": Text(
        "💬 Send the first comment. It is posted right after the post; links do well here.",
        "💬 Gửi bình luận đầu tiên. Nó được đăng ngay sau bài; chỗ hợp để đặt link.",
    ),
    "draft.ask_part": Text(
        "＋ Send the next part. It is posted as a reply below the post (part {n}).",
        "＋ Gửi phần tiếp theo. Nó được đăng nối bên dưới bài (phần {n}).",
    ),
    "draft.ask_topic": Text(
        "🏷 Send the topic: 1 to 50 characters, without “.” and “&amp;”.",
        "🏷 Gửi chủ đề: 1 đến 50 ký tự, không có dấu “.” và “&amp;”.",
    ),
    "draft.now_there": Text("Now it says:", "Hiện đang là:"),
    "draft.ask_now": Text("🚀 Publish this on @{account} right now?", "🚀 Đăng ngay lên @{account}?"),
    "draft.choose_account": Text("👤 Which account?", "👤 Đăng lên tài khoản nào?"),
    "draft.preview": Text(
        "👁 About as it will look on @{account}.", "👁 Bài trên @{account} sẽ trông gần như thế này."
    ),
}

_DRAFT_BUTTONS: Final[Mapping[str, Text]] = {
    "draft.b_when": Text("📅 When", "📅 Chọn giờ"),
    "draft.b_confirm": Text("✅ Schedule…", "✅ Lên lịch…"),
    "draft.b_without": Text("📅 Schedule without it", "📅 Lên lịch không kèm tệp đó"),
    "draft.b_account": Text("👤 @{account} ▾", "👤 @{account} ▾"),
    "draft.b_pick_account": Text("👤 Account ▾", "👤 Tài khoản ▾"),
    "draft.b_text": Text("✏️ Text", "✏️ Sửa chữ"),
    "draft.b_preview": Text("👁 Preview", "👁 Xem trước"),
    "draft.b_more": Text("More ▾", "Thêm ▾"),
    "draft.b_now": Text("🚀 Post now", "🚀 Đăng ngay"),
    "draft.b_now_yes": Text("🚀 Yes, post now", "🚀 Đăng luôn"),
    "draft.b_now_anyway": Text("🚀 Post anyway", "🚀 Vẫn đăng"),
    "draft.b_keep": Text("💾 Keep as draft", "💾 Lưu nháp"),
    "draft.b_discard": Text("✖ Discard", "✖ Bỏ"),
    "draft.b_back": Text("‹ Back", "‹ Quay lại"),
    "draft.b_bring_back": Text("↩ Bring back", "↩ Lấy lại"),
    "draft.b_comment": Text("💬 First comment", "💬 Bình luận đầu"),
    "draft.b_part": Text("＋ Part", "＋ Thêm phần"),
    "draft.b_topic": Text("🏷 Topic", "🏷 Chủ đề"),
    "draft.b_split": Text("✂️ Split into {n} parts", "✂️ Chia thành {n} phần"),
    "draft.b_drop_media": Text("🗑 Media {n}", "🗑 Ảnh/video {n}"),
    "draft.b_drop_part": Text("🗑 Part {n}", "🗑 Phần {n}"),
    "draft.b_drop_comment": Text("🗑 Comment", "🗑 Bình luận"),
    "draft.b_drop_topic": Text("🗑 Topic", "🗑 Chủ đề"),
}

_STATES: Final[Mapping[str, Text]] = {
    "card.DRAFT": Text("✎ <b>Draft</b>", "✎ <b>Bản nháp</b>"),
    "card.SCHEDULED": Text("◷ <b>Scheduled</b>", "◷ <b>Đã lên lịch</b>"),
    "card.PUBLISHING": Text("▶ <b>Publishing</b>", "▶ <b>Đang đăng</b>"),
    "card.PUBLISHED": Text("✓ <b>Published</b>", "✓ <b>Đã đăng</b>"),
    "card.confirmed": Text(
        "✓ <b>Published</b>, confirmed by hand", "✓ <b>Đã đăng</b>, do người dùng xác nhận"
    ),
    "card.FAILED": Text("✗ <b>Failed</b>", "✗ <b>Không đăng được</b>"),
    "card.held": Text("‖ <b>On hold</b>", "‖ <b>Đang giữ lại</b>"),
    "card.unknown": Text("❓ <b>Outcome unknown</b>", "❓ <b>Chưa rõ kết quả</b>"),
    "card.gone": Text("🗑 This post is gone: it was deleted.", "🗑 Bài này không còn nữa: đã bị xoá."),
    "card.creating container": Text("Being prepared at Threads…", "Đang chuẩn bị trên Threads…"),
    "card.processing media": Text(
        "Threads is working on the picture or video…", "Threads đang xử lý ảnh/video…"
    ),
    "card.ready": Text("Prepared: it goes out at its time.", "Đã chuẩn bị xong: sẽ đăng đúng giờ."),
    "card.checking outcome": Text(
        "Threads has not answered yet: asking whether the post is there.",
        "Threads chưa trả lời: đang hỏi xem bài đã lên chưa.",
    ),
    "card.hold_account": Text(
        "@{account} needs attention before anything goes out: see /accounts.",
        "@{account} cần được xử lý trước khi đăng tiếp: xem /accounts.",
    ),
    "card.hold_paused": Text(
        "@{account} is paused: /resume lets its posts go out.",
        "@{account} đang tạm dừng: gõ /resume để đăng tiếp.",
    ),
    "card.hold_missed": Text(
        "Its time passed while the system was down. Shall it still go out?",
        "Đã quá giờ trong lúc hệ thống ngừng chạy. Vẫn đăng chứ?",
    ),
    "card.hold_outcome_unknown": Text(
        "Threads never said whether the post went out. Look at @{account}: is it there?",
        "Threads không báo bài đã lên hay chưa. Bạn xem trên @{account}: có bài đó không?",
    ),
}

_CARD: Final[Mapping[str, Text]] = {
    "card.on_time": Text("on the dot", "đúng giờ"),
    "card.late_seconds": Text("{n} s late", "trễ {n} giây"),
    "card.late_minutes": Text("{n} min late", "trễ {n} phút"),
    "card.late_hours": Text("{n} h late", "trễ {n} giờ"),
    "card.published_at": Text("🕘 {time} · {late}", "🕘 {time} · {late}"),
    "card.no_time": Text("no time yet", "chưa có giờ"),
    "card.comment_PENDING": Text("💬 First comment: follows", "💬 Bình luận đầu: sẽ đăng sau"),
    "card.comment_POSTING": Text("💬 First comment: on its way", "💬 Bình luận đầu: đang đăng"),
    "card.comment_POSTED": Text("💬 First comment: posted", "💬 Bình luận đầu: đã đăng"),
    "card.comment_FAILED": Text(
        "💬 First comment: not posted. {cause}", "💬 Bình luận đầu: không đăng được. {cause}"
    ),
    "card.parts": Text("🧵 Parts: {posted} of {n} posted", "🧵 Các phần: đã đăng {posted}/{n}"),
    "card.parts_failed": Text(
        "🧵 Parts: {posted} of {n} posted, then it failed. {cause}",
        "🧵 Các phần: đã đăng {posted}/{n} rồi gặp lỗi. {cause}",
    ),
    "card.error": Text("⛔ {cause}\n→ {remedy}", "⛔ {cause}\n→ {remedy}"),
    "card.trying_again": Text("⚠️ {cause} It is tried again by itself.", "⚠️ {cause} Hệ thống sẽ tự thử lại."),
    "card.last_trouble": Text("⚠️ Last time: {cause}", "⚠️ Lần trước: {cause}"),
    "card.changed": Text("✏️ Changed. Tap 🔁 Retry to send it.", "✏️ Đã sửa. Bấm 🔁 Thử lại để gửi bài."),
    "card.too_early": Text(
        "<i>Too early: Threads may still publish this post until {time}. Look at @{account} after that, and tap"
        " again if it is not there.</i>",
        "<i>Còn sớm: Threads vẫn có thể đăng bài này đến {time}. Sau lúc đó hãy xem @{account}, nếu vẫn chưa có"
        " thì bấm lại.</i>",
    ),
    "card.series": Text("🔁 <b>Series</b>", "🔁 <b>Bài lặp lại</b>"),
    "card.series_paused": Text("⏸ <b>Series, paused</b>", "⏸ <b>Bài lặp lại, đang tạm dừng</b>"),
    "card.series_finished": Text("🏁 <b>Series, finished</b>", "🏁 <b>Bài lặp lại, đã kết thúc</b>"),
    "card.series_stopped": Text("⏹ This series has been stopped.", "⏹ Đã dừng chuỗi bài này."),
    "card.series_over": Text("It has no dates left.", "Không còn ngày nào nữa."),
    "card.next": Text("Next:", "Sắp tới:"),
    "card.ask_stop": Text(
        "⏹ Stop this series? Its posts that are still to come are removed; what is published stays.",
        "⏹ Dừng chuỗi này? Các bài chưa đăng sẽ bị gỡ; bài đã đăng vẫn còn.",
    ),
    "card.ask_skip": Text(
        "Skip this post? It becomes a draft and does not go out.",
        "Bỏ qua bài này? Nó sẽ thành bản nháp và không được đăng.",
    ),
    "card.too_late": Text(
        "<i>It is too late for Undo: tap ⋯, then ‖ Hold or 🗑 Delete.</i>",
        "<i>Hết thời gian hoàn tác: bấm ⋯ rồi chọn ‖ Giữ lại hoặc 🗑 Xoá.</i>",
    ),
    "card.undone": Text("<i>Undone: nothing goes out.</i>", "<i>Đã hoàn tác: chưa có gì được đăng.</i>"),
    "card.ask_text": Text(
        "✏️ Send the new text of the post. Now it says:", "✏️ Gửi nội dung mới của bài. Hiện đang là:"
    ),
    "card.moved": Text("<i>Moved.</i>", "<i>Đã đổi giờ.</i>"),
    "card.b_undo": Text("↩ Undo", "↩ Hoàn tác"),
    "card.b_move": Text("🕘 Move", "🕘 Đổi giờ"),
    "card.b_edit": Text("✏️ Edit", "✏️ Sửa"),
    "card.b_more": Text("⋯", "⋯"),
    "card.b_open": Text("↗ Open on Threads", "↗ Mở trên Threads"),
    "card.b_profile": Text("↗ Open @{account}", "↗ Mở @{account}"),
    "card.b_go_on": Text("▶ Let it go on at {time}", "▶ Vẫn đăng lúc {time}"),
    "card.b_retry": Text("🔁 Retry", "🔁 Thử lại"),
    "card.b_skip": Text("⏭ Skip", "⏭ Bỏ qua"),
    "card.b_skip_yes": Text("⏭ Yes, skip it", "⏭ Bỏ qua luôn"),
    "card.b_publish": Text("🚀 Publish now", "🚀 Đăng ngay"),
    "card.b_when": Text("📅 When", "📅 Chọn giờ"),
    "card.b_is_live": Text("✅ It is there", "✅ Có rồi"),
    "card.b_not_live": Text("🔁 Not there: send again", "🔁 Chưa có: gửi lại"),
    "card.b_stop": Text("⏹ Stop", "⏹ Dừng"),
    "card.b_stop_yes": Text("⏹ Yes, stop it", "⏹ Dừng luôn"),
}

TEXTS: Final[Mapping[str, Text]] = {**_DRAFT, **_DRAFT_BUTTONS, **_STATES, **_CARD}
