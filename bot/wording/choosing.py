"""Wording of the bot's part: choosing when a post goes out, once or again and again."""

# the glyphs of buttons are meant

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.words import Text

_WHEN: Final[Mapping[str, Text]] = {
    "when.ask": Text("📅 <b>When should it go out?</b>", "📅 <b>Khi nào thì đăng?</b>"),
    "when.zone": Text("<i>Times are {place} time{offset}.</i>", "<i>Theo giờ {place}{offset}.</i>"),
    "when.now_set": Text("Chosen: {time}", "Đang chọn: {time}"),
    "when.ask_day": Text("📆 <b>Which day?</b>", "📆 <b>Ngày nào?</b>"),
    "when.ask_hour": Text("🕐 <b>{day}: at what hour?</b>", "🕐 <b>{day}: lúc mấy giờ?</b>"),
    "when.legend": Text("<i>• = there are posts already</i>", "<i>• = đã có bài</i>"),
    "when.month": Text("{name} {year}", "{name}/{year}"),
    "when.ask_minute": Text("🕐 <b>{day}: which minute?</b>", "🕐 <b>{day}: phút thứ mấy?</b>"),
    "when.ask_typed": Text(
        "⌨️ Type the time, for example:\n"
        "• <code>tomorrow 9:00</code>\n• <code>fri 18:30</code>\n• <code>in 2h</code>\n"
        "• <code>25.12 10:00</code>\n• <code>2026-12-24 20:15</code>",
        "⌨️ Gõ thời gian, ví dụ:\n"
        "• <code>ngày mai 9h</code>\n• <code>thứ 6 18:30</code>\n• <code>2 tiếng nữa</code>\n"
        "• <code>25/12 10:00</code>\n• <code>thứ 2 tuần sau 9:30</code>",
    ),
    "when.ask_again": Text(
        "⌨️ Type the time again, for example <code>fri 18:30</code>",
        "⌨️ Gõ lại thời gian, ví dụ <code>thứ 6 18:30</code>",
    ),
    "when.early": Text("🌙 Before dawn, 0–5 h", "🌙 Rạng sáng, 0–5 giờ"),
    "when.ask_repeat": Text("🔁 <b>How often?</b>", "🔁 <b>Lặp lại thế nào?</b>"),
    "when.ask_weekdays": Text(
        "🔁 <b>On which days?</b> Tap to choose several.",
        "🔁 <b>Vào những thứ nào?</b> Bấm để chọn nhiều ngày.",
    ),
    "when.ask_day_of_month": Text(
        "🔁 <b>On which day of the month?</b> In shorter months it is the last day.",
        "🔁 <b>Ngày mấy hằng tháng?</b> Tháng ngắn hơn thì lấy ngày cuối tháng.",
    ),
    "when.ask_repeat_hour": Text("🔁 {rule}\n<b>At what hour?</b>", "🔁 {rule}\n<b>Lúc mấy giờ?</b>"),
    "when.ask_repeat_minute": Text("🔁 {rule}\n<b>Which minute?</b>", "🔁 {rule}\n<b>Phút thứ mấy?</b>"),
    "when.ask_end": Text("🔁 {rule}\n<b>Until when?</b>", "🔁 {rule}\n<b>Đến khi nào?</b>"),
    "when.ask_last_day": Text("🔁 {rule}\n<b>Last day?</b>", "🔁 {rule}\n<b>Ngày cuối cùng?</b>"),
    "when.ask_rule_typed": Text(
        "⌨️ Type how it repeats, for example:\n"
        "• <code>every day 9:00</code>\n• <code>weekdays 18:30</code>\n• <code>mon, thu 9:00</code>\n"
        "• <code>monthly 15 10:00</code>",
        "⌨️ Gõ cách lặp lại, ví dụ:\n"
        "• <code>hằng ngày 9h</code>\n• <code>thứ 2, thứ 5 18:30</code>\n"
        "• <code>ngày 15 hằng tháng 10h</code>",
    ),
    "when.ask_rule_again": Text(
        "⌨️ Type it again, for example <code>every mon 18:30</code>",
        "⌨️ Gõ lại, ví dụ <code>thứ 2 hằng tuần 18:30</code>",
    ),
    "when.not_taken": Text("⚠️ <b>{sentence}</b>", "⚠️ <b>{sentence}</b>"),
    "when.wrong": Text("⚠️ {sentence}", "⚠️ {sentence}"),
    "when.every_day": Text("every day", "hằng ngày"),
    "when.weekdays": Text("Monday to Friday", "thứ Hai đến thứ Sáu"),
    "when.weekly": Text("every {days}", "{days} hằng tuần"),
    "when.monthly": Text("every month on day {day}", "ngày {day} hằng tháng"),
}

_CONFIRM: Final[Mapping[str, Text]] = {
    "when.confirm": Text(
        "📅 {time}, {distance}, to <b>@{account}</b>.", "📅 {time}, {distance}, lên <b>@{account}</b>."
    ),
    "when.confirm_rule": Text("🔁 {rule}, to <b>@{account}</b>.", "🔁 {rule}, lên <b>@{account}</b>."),
    "when.confirm_move": Text("🕘 From {was} to {time}, {distance}.", "🕘 Từ {was} sang {time}, {distance}."),
}

_BUTTONS: Final[Mapping[str, Text]] = {
    "when.b_slot": Text("✨ Next slot: {time}", "✨ Giờ trống: {time}"),
    "when.b_hour": Text("In 1 h", "1 giờ nữa"),
    "when.b_tonight": Text("Tonight {clock}", "Tối nay {clock}"),
    "when.b_tomorrow": Text("Tomorrow {clock}", "Mai {clock}"),
    "when.b_pick": Text("📆 Pick a day", "📆 Chọn ngày"),
    "when.b_type": Text("⌨️ Type it", "⌨️ Tự gõ"),
    "when.b_repeat": Text("🔁 Repeat", "🔁 Lặp lại"),
    "when.b_no_time": Text("Take the time away", "Bỏ giờ đã chọn"),
    "when.b_back": Text("‹ Back", "‹ Quay lại"),
    "when.b_day_all": Text("Every day", "Hằng ngày"),
    "when.b_day_work": Text("Mon–Fri", "Thứ 2–6"),
    "when.b_weekly": Text("Weekly…", "Hằng tuần…"),
    "when.b_monthly": Text("Monthly…", "Hằng tháng…"),
    "when.b_next": Text("Next ›", "Tiếp ›"),
    "when.b_endless": Text("No end", "Không giới hạn"),
    "when.b_last_day": Text("📆 Last day…", "📆 Ngày cuối…"),
    "when.b_times": Text("{n} times", "{n} lần"),
    "when.b_schedule": Text("✅ Schedule", "✅ Lên lịch"),
    "when.b_start": Text("✅ Start", "✅ Bắt đầu"),
    "when.b_anyway": Text("✅ Schedule anyway", "✅ Vẫn lên lịch"),
    "when.b_move": Text("✅ Move", "✅ Đổi giờ"),
    "when.b_move_anyway": Text("✅ Move anyway", "✅ Vẫn đổi giờ"),
    "when.b_change": Text("✎ Change", "✎ Chọn lại"),
}

TEXTS: Final[Mapping[str, Text]] = {**_WHEN, **_CONFIRM, **_BUTTONS}
