"""Wording of the bot's part: what each person prefers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_SETTINGS: Final[Mapping[str, Text]] = {
    "settings.title": Text("⚙️ <b>Settings</b>", "⚙️ <b>Cài đặt</b>"),
    "settings.language": Text("🌐 Language: English", "🌐 Ngôn ngữ: Tiếng Việt"),
    "settings.zone": Text("🕘 Time zone: {value}", "🕘 Múi giờ: {value}"),
    "settings.account": Text("👤 New posts go to: {value}", "👤 Bài mới đăng lên: {value}"),
    "settings.account_chosen": Text("@{account}", "@{account}"),
    "settings.account_default": Text("@{account} (the default)", "@{account} (mặc định)"),
    "settings.no_account": Text("no account yet", "chưa có tài khoản"),
    "settings.digest": Text("☀️ Daily digest: {value}", "☀️ Tin tóm tắt: {value}"),
    "settings.digest_at": Text("at {hour}", "{hour} hằng ngày"),
    "settings.digest_off": Text("off", "đang tắt"),
    "settings.b_language": Text("🌐 Tiếng Việt", "🌐 English"),
    "settings.b_zone": Text("🕘 Time zone", "🕘 Múi giờ"),
    "settings.b_account": Text("👤 Account", "👤 Tài khoản"),
    "settings.b_digest": Text("☀️ Digest", "☀️ Tin tóm tắt"),
    "settings.b_notices": Text("🔔 Notices", "🔔 Thông báo"),
    "settings.b_people": Text("👥 People", "👥 Thành viên"),
    "settings.choose_zone": Text(
        "🕘 <b>Time zone</b>\nNow: {value}. Which one is yours?",
        "🕘 <b>Múi giờ</b>\nHiện tại: {value}. Bạn ở đâu?",
    ),
    "settings.b_type_zone": Text("⌨️ Another city", "⌨️ Nơi khác"),
    "settings.ask_zone": Text(
        "⌨️ Which city are you in? Send me its name, such as <code>Hà Nội</code> or <code>Berlin</code>, or a"
        " zone such as <code>UTC+7</code>.",
        "⌨️ Bạn ở thành phố nào? Gửi mình tên, ví dụ <code>Hà Nội</code> hoặc <code>Berlin</code>, hay múi giờ"
        " như <code>UTC+7</code>.",
    ),
    "settings.wrong_zone": Text("⚠️ {sentence}", "⚠️ {sentence}"),
    "settings.choose_account": Text(
        "👤 <b>New posts go to</b>\nFor each post you can still choose another account.",
        "👤 <b>Bài mới đăng lên</b>\nVới từng bài bạn vẫn chọn được tài khoản khác.",
    ),
    "settings.b_default": Text("The default account", "Tài khoản mặc định"),
    "settings.choose_digest": Text(
        "☀️ <b>Daily digest</b>\nOne quiet message a day: what went out, what comes today, and which day is"
        " still empty. At what hour?",
        "☀️ <b>Tin tóm tắt</b>\nMỗi ngày một tin, không kêu: bài nào đã đăng, hôm nay có bài nào, ngày nào còn"
        " trống. Gửi lúc mấy giờ?",
    ),
    "settings.b_digest_off": Text("Off", "Tắt"),
    "settings.choose_notices": Text(
        "🔔 <b>Notices</b>\nTap one to change it:\n🔔 with sound · 🔕 silent · ✖ off",
        "🔔 <b>Thông báo</b>\nBấm vào từng mục để đổi:\n🔔 có tiếng · 🔕 im lặng · ✖ tắt",
    ),
}

_KINDS: Final[Mapping[str, Text]] = {
    "kind.published": Text("Published", "Đã đăng"),
    "kind.failed": Text("Failed", "Đăng lỗi"),
    "kind.outcome_unknown": Text("Outcome unclear", "Chưa rõ kết quả"),
    "kind.missed": Text("Missed its time", "Lỡ giờ đăng"),
    "kind.account_held": Text("Account stuck", "Tài khoản bị giữ"),
    "kind.token_expiring": Text("Link runs out", "Sắp hết hạn"),
    "kind.quota_forecast": Text("Too many a day", "Vượt hạn mức"),
    "kind.queue_low": Text("Few posts left", "Sắp hết bài"),
    "kind.joined": Text("Somebody joined", "Người mới vào"),
    "kind.system": Text("System is down", "Sự cố hệ thống"),
}

TEXTS: Final[Mapping[str, Text]] = {**_SETTINGS, **_KINDS}
