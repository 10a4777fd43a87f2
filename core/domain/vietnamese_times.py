"""Vietnamese for what is said about times, time zones and repetition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ZONES: Final[Mapping[str, str]] = {
    "The time zone is empty: write for example Asia/Ho_Chi_Minh or UTC+7.": "Múi giờ đang trống: hãy viết ví dụ Asia/Ho_Chi_Minh hoặc UTC+7.",
    '"{name}" is no time zone: use whole hours from UTC-{west} to UTC+{east}, or a city such as Asia/Kolkata.': '"{name}" không phải múi giờ: hãy dùng số giờ chẵn từ UTC-{west} đến UTC+{east}, hoặc một thành phố như Asia/Kolkata.',
    '"{name}" is no time zone: write for example Asia/Ho_Chi_Minh or UTC+7.': '"{name}" không phải múi giờ: hãy viết ví dụ Asia/Ho_Chi_Minh hoặc UTC+7.',
    '"{name}" is no time zone: did you mean {near}?': '"{name}" không phải múi giờ: có phải ý bạn là {near}?',
    "{written} does not exist on {day} ({zone}): {used} is used": "{written} không tồn tại vào ngày {day:vi} ({zone}): dùng {used} thay thế",
    "{written} comes twice on {day} ({zone}): the first is used": "{written} xuất hiện hai lần vào ngày {day:vi} ({zone}): dùng lần đầu",
}

_RULES: Final[Mapping[str, str]] = {
    "The rule never happens: no matching day lies from {start} to its end.": "Lịch lặp này không bao giờ diễn ra: không có ngày nào phù hợp từ {start:vi} đến ngày kết thúc.",
    "{day} does not exist in {month}: {used} is used": "Ngày {day} không có trong {month:vi}: dùng ngày {used}",
    "moved from {before} to {after}": "chuyển từ {before} sang {after}",
    "The start {start} is out of reach: choose a year from 2000 to 2199.": "Ngày bắt đầu {start:vi} quá xa: hãy chọn năm từ 2000 đến 2199.",
    'A weekly post has no weekday: write for example "Mon, Thu".': 'Bài đăng hằng tuần chưa có thứ trong tuần: hãy viết ví dụ "T2, T5".',
    "A weekday is out of range: 0 is Monday and 6 is Sunday.": "Thứ trong tuần không hợp lệ: 0 là thứ Hai và 6 là Chủ nhật.",
    "A monthly post has no day of the month: choose 1 to 31.": "Bài đăng hằng tháng chưa có ngày trong tháng: hãy chọn từ 1 đến 31.",
    "Day {day} is in no month: choose 1 to 31.": "Không tháng nào có ngày {day}: hãy chọn từ 1 đến 31.",
    "A post that goes out once has no end: remove the end, or choose a pattern that repeats.": "Bài đăng một lần không có ngày kết thúc: hãy bỏ ngày kết thúc, hoặc chọn kiểu lặp lại.",
    "A date range has no end date: give its last day.": "Khoảng ngày chưa có ngày kết thúc: hãy cho biết ngày cuối cùng.",
    "The end {end} is before the start {start}: choose a later end.": "Ngày kết thúc {end:vi} trước ngày bắt đầu {start:vi}: hãy chọn ngày kết thúc muộn hơn.",
    "The number of times is {count}: choose 1 or more.": "Số lần lặp là {count}: hãy chọn từ 1 trở lên.",
}

_WEEKDAYS: Final[Mapping[str, str]] = {
    'No weekday is given: write for example "Mon, Thu", "Mon-Fri", "T2, T5, CN" (T2 or 2 is Monday) or "daily".': 'Chưa có thứ trong tuần: hãy viết ví dụ "T2, T5, CN" (T2 hoặc 2 là thứ Hai), "T2-T6", "Mon, Thu" hoặc "hàng ngày".',
    '"{word}" is no weekday: write for example "Mon, Thu", "Mon-Fri", "T2, T5, CN" (T2 or 2 is Monday) or "daily".': '"{word}" không phải thứ trong tuần: hãy viết ví dụ "T2, T5, CN" (T2 hoặc 2 là thứ Hai), "T2-T6", "Mon, Thu" hoặc "hàng ngày".',
    '"{text}" is no range of weekdays: write for example "Mon, Thu", "Mon-Fri", "T2, T5, CN" (T2 or 2 is Monday) or "daily".': '"{text}" không phải khoảng thứ trong tuần: hãy viết ví dụ "T2, T5, CN" (T2 hoặc 2 là thứ Hai), "T2-T6", "Mon, Thu" hoặc "hàng ngày".',
}

_CELLS: Final[Mapping[str, str]] = {
    "Write it as 01/03/2027 09:30 (day first) or 2027-03-01 09:30.": "Hãy viết dạng 01/03/2027 09:30 (ngày trước) hoặc 2027-03-01 09:30.",
    "Write it as 31/03/2027 (day first) or 2027-03-31.": "Hãy viết dạng 31/03/2027 (ngày trước) hoặc 2027-03-31.",
    "Write it as 09:30, 9h30 or 9:30 PM.": "Hãy viết dạng 09:30, 9h30 hoặc 9:30 PM.",
    "{text} is no date.": "{text} không phải ngày tháng.",
    "The number {number} is no date; the cell may have lost its date format.": "Số {number} không phải ngày tháng; có thể ô đã mất định dạng ngày.",
    "{text} is no time of day.": "{text} không phải giờ trong ngày.",
    "{text} is no date: there is no month {month}, the day comes first.": "{text} không phải ngày tháng: không có tháng {month}, ngày phải đứng trước.",
    "{text} is no date: there is no such day.": "{text} không phải ngày tháng: không có ngày như vậy.",
    "{text} has no year of four digits.": "{text} thiếu năm gồm bốn chữ số.",
    "{text} cannot be read as a date and time.": "{text} không đọc được thành ngày giờ.",
}

_SPREAD: Final[Mapping[str, str]] = {
    "{count} posts at least {gap} apart need {needed}, but from start to end there are {room}: choose a longer range, a smaller gap or fewer posts.": "{count} bài cách nhau ít nhất {gap} cần {needed}, nhưng từ đầu đến cuối chỉ có {room}: hãy chọn khoảng dài hơn, giãn cách ngắn hơn hoặc ít bài hơn.",
}

SENTENCES: Final[Mapping[str, str]] = {**_ZONES, **_RULES, **_WEEKDAYS, **_CELLS, **_SPREAD}
