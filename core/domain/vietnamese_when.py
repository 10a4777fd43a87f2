"""Vietnamese for why a time that a person typed is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_MOMENTS: Final[Mapping[str, str]] = {
    'write for example "tomorrow 9:00" or "in 2h"': 'hãy viết ví dụ "ngày mai 9h" hoặc "2 tiếng nữa"',
    "This is longer than {limit} characters: {hint}.": "Phần này dài hơn {limit} ký tự: {hint:vi}.",
    "Nothing is written here: {hint}.": "Chưa có gì được viết: {hint:vi}.",
    '"{text}" is not understood: {hint}.': 'Không hiểu "{text}": {hint:vi}.',
    '"{text}" says the {what} more than once: {hint}.': '"{text}" nêu {what:vi} nhiều hơn một lần: {hint:vi}.',
    '"{text}" says the time zone more than once: {hint}.': '"{text}" nêu múi giờ nhiều hơn một lần: {hint:vi}.',
    '"{text}" says the time more than once: {hint}.': '"{text}" nêu giờ nhiều hơn một lần: {hint:vi}.',
    '"{text}" says the day or the time more than once: {hint}.': '"{text}" nêu ngày hoặc giờ nhiều hơn một lần: {hint:vi}.',
    '"{text}" may be an hour or a day: write "{hour}:00" for the hour.': '"{text}" có thể là giờ hoặc ngày: hãy viết "{hour}:00" nếu là giờ.',
    '"{text}" may be a day or a time: write {day} for the day and {time} for the time.': '"{text}" có thể là ngày hoặc giờ: hãy viết {day} nếu là ngày và {time} nếu là giờ.',
    '"{text}" may be the night before or after: write {time} and the date.': '"{text}" có thể là đêm trước hoặc đêm sau: hãy viết {time} và ngày.',
    'There is no such time as {time} in "{text}": {hint}.': 'Giờ {time} trong "{text}" không hợp lệ: {hint:vi}.',
    '"{text}" is out of reach: choose 100 years at most.': '"{text}" quá xa: hãy chọn trong vòng 100 năm.',
    "The year {year} is out of reach: choose one from 2000 to 2199.": "Năm {year} quá xa: hãy chọn năm từ 2000 đến 2199.",
    "There is no {day}: the day comes first, then the month, as in 25/12.": "Không có ngày {day}: viết ngày trước, tháng sau, ví dụ 25/12.",
    "{day} is a {real}, not a {named}: correct the day or leave the weekday out.": "Ngày {day:vi} là {real:vi}, không phải {named:vi}: hãy sửa ngày hoặc bỏ thứ trong tuần.",
    "{time} is past: choose a later time.": "Thời điểm {time:vi} đã qua: hãy chọn giờ muộn hơn.",
    "{time} has passed: choose a later time.": "Thời điểm {time:vi} đã qua: hãy chọn giờ muộn hơn.",
    "{time} has passed: choose a later time, or publish it now.": "Thời điểm {time:vi} đã qua: hãy chọn giờ muộn hơn, hoặc đăng ngay.",
    "This never happens again: choose a later end.": "Lịch này không còn lần nào nữa: hãy chọn ngày kết thúc muộn hơn.",
    "No time is chosen: choose when it goes out.": "Chưa chọn giờ: hãy chọn lúc đăng bài.",
    '"{text}" names a week but no day of it: add the day, as in "next monday 9:00".': '"{text}" nêu tuần nhưng không nêu ngày nào: hãy thêm ngày, ví dụ "thứ 2 tuần sau 9h".',
    '"{text}" says the day more than once: {hint}.': '"{text}" nêu ngày nhiều hơn một lần: {hint:vi}.',
    '"{text}" does not say the hour: add it, as in "{example} 9:00".': '"{text}" chưa nêu giờ: hãy thêm giờ, ví dụ "{example} 9:00".',
    '"{text}" is past: choose a later time, for example "tomorrow 9:00".': '"{text}" đã qua: hãy chọn giờ muộn hơn, ví dụ "ngày mai 9h".',
    'There is no such weekday in "{text}": the days go from T2 (Monday) to T7 and CN, for example "T2 9:00".': 'Không có thứ như vậy trong "{text}": chỉ có từ thứ 2 đến thứ 7 và chủ nhật, ví dụ "thứ 2 9h".',
    '"{text}" does not say which day: write the date, for example "25/12 9:00".': '"{text}" chưa nêu ngày cụ thể: hãy viết ngày tháng, ví dụ "25/12 9h".',
    '"{text}" may give a year or a time: write "{hour}:{minute}" for the time.': '"{text}" có thể là năm hoặc giờ: hãy viết "{hour}:{minute}" nếu là giờ.',
    '"{text}" does not say which day: write "{first}" or "{last}".': '"{text}" chưa nêu ngày nào: hãy viết "{first:vi}" hoặc "{last:vi}".',
    '"{text}" may be one day or several: write "every {days}" or "{first}".': '"{text}" có thể là một ngày hoặc nhiều ngày: hãy viết "mỗi {days:vi}" hoặc "{first:vi}".',
    "No hour is given: {time} is used": "Chưa nêu giờ: dùng {time}",
    "{time} has passed today: {day} is used": "{time} hôm nay đã qua: dùng {day:vi}",
    "{written} has passed this year: {day} is used": "{written} năm nay đã qua: dùng {day:vi}",
}

_HINT: Final = 'hãy viết ví dụ "mỗi thứ 2, thứ 5 9h" hoặc "hằng tháng 15 10h"'

_RULES: Final[Mapping[str, str]] = {
    'write for example "every mon, thu 9:00" or "monthly 15 10:00"': _HINT,
    '"{text}" does not say that it repeats: write for example "every mon, thu 9:00" or "monthly 15 10:00".': f'"{{text}}" chưa nêu cách lặp lại: {_HINT}.',
    '"{text}" names days of the week and of the month: write for example "every mon, thu 9:00" or "monthly 15 10:00".': f'"{{text}}" nêu cả thứ trong tuần lẫn ngày trong tháng: {_HINT}.',
    '"{text}" does not say the day of the month: write for example "every mon, thu 9:00" or "monthly 15 10:00".': f'"{{text}}" chưa nêu ngày trong tháng: {_HINT}.',
    '"{text}" does not say the day of the week: write for example "every mon, thu 9:00" or "monthly 15 10:00".': f'"{{text}}" chưa nêu thứ trong tuần: {_HINT}.',
    '"{day}" is one date of a rule: write "from {start}" or "until {end}".': '"{day}" chỉ là một ngày của lịch lặp: hãy viết "từ {start}" hoặc "đến {end}".',
    "The start {day} is past: choose a later start.": "Ngày bắt đầu {day:vi} đã qua: hãy chọn ngày bắt đầu muộn hơn.",
    '"{text}" repeats in no time zone: name it, as in "9:00 Asia/Ho_Chi_Minh".': '"{text}" lặp lại mà không có múi giờ: hãy nêu múi giờ, ví dụ "9:00 Asia/Ho_Chi_Minh".',
    "The rule never happens from now to its end {day}: choose a later end.": "Lịch lặp không có lần nào từ nay đến ngày kết thúc {day:vi}: hãy chọn ngày kết thúc muộn hơn.",
}

SENTENCES: Final[Mapping[str, str]] = {**_MOMENTS, **_RULES}
