"""Vietnamese words for what stands inside sentences: states, months, times, and parts of sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_WEEKDAYS: Final = {
    "Mon": "thứ Hai",
    "Tue": "thứ Ba",
    "Wed": "thứ Tư",
    "Thu": "thứ Năm",
    "Fri": "thứ Sáu",
    "Sat": "thứ Bảy",
    "Sun": "Chủ nhật",
}
_MONTHS: Final = {
    "Jan": ("January", 1),
    "Feb": ("February", 2),
    "Mar": ("March", 3),
    "Apr": ("April", 4),
    "May": ("May", 5),
    "Jun": ("June", 6),
    "Jul": ("July", 7),
    "Aug": ("August", 8),
    "Sep": ("September", 9),
    "Oct": ("October", 10),
    "Nov": ("November", 11),
    "Dec": ("December", 12),
}
_TIME: Final = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}) )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
    r"(?P<rest> \d\d:\d\d(?: \([^()]+\))?)?"
)

PIECES: Final[Mapping[str, str]] = {
    **{name: f"tháng {number}" for name, number in _MONTHS.values()},
    "DRAFT": "NHÁP",
    "SCHEDULED": "ĐANG CHỜ",
    "PUBLISHING": "ĐANG ĐĂNG",
    "PUBLISHED": "ĐÃ ĐĂNG",
    "FAILED": "LỖI",
    "account": "tài khoản chưa đăng bài được",
    "paused": "tài khoản đang tạm dừng",
    "missed": "đã lỡ giờ đăng",
    "outcome_unknown": "chưa rõ kết quả",
    "none": "không có",
    "viewer": "người xem",
    "editor": "người biên tập",
    "owner": "chủ sở hữu",
    "Monday": "thứ Hai",
    "Tuesday": "thứ Ba",
    "Wednesday": "thứ Tư",
    "Thursday": "thứ Năm",
    "Friday": "thứ Sáu",
    "Saturday": "thứ Bảy",
    "Sunday": "Chủ nhật",
    "weekend {time}": "cuối tuần {time}",
    "weekday {time}": "ngày thường {time}",
    "mon {time}": "thứ 2 {time}",
    "fri {time}": "thứ 6 {time}",
    "sat {time}": "thứ 7 {time}",
    "sun {time}": "chủ nhật {time}",
    "time zone": "múi giờ",
    "time": "giờ",
    "day": "ngày",
    "day of the week": "thứ trong tuần",
    "week": "tuần",
    "start": "ngày bắt đầu",
    "end": "ngày kết thúc",
    "number of times": "số lần",
    "delay": "khoảng thời gian",
    "no time": "không có giờ",
    "IMAGE": "ảnh",
    "VIDEO": "video",
    "JPEG and PNG pictures": "ảnh JPEG và PNG",
    "MP4 and MOV videos": "video MP4 và MOV",
    "The picture": "Ảnh",
    "The picture {name}": "Ảnh {name}",
    "The video": "Video",
    "The video {name}": "Video {name}",
    "The file": "Tệp",
    "The file {name}": "Tệp {name}",
    "The workbook": "Tệp Excel",
    "an unreadable address": "địa chỉ không đọc được",
    "Row {row}": "Hàng {row}",
    "Rows {rows}": "Các hàng {rows}",
    "Rows {rows} and {more} more": "Các hàng {rows} và {more} hàng nữa",
    "The same as row {row}": "Giống hàng {row}",
    "Post {id} has the same content": "Bài đăng {id} có cùng nội dung",
}
"""What stands at a place of a sentence, by the pattern in which core writes it."""


def time_in_vietnamese(written: str) -> str | None:
    """``Mon 7 Dec 2026 09:00 (Asia/Ho_Chi_Minh)`` as ``thứ Hai 7/12/2026 09:00 (...)``; None if it is no time.

    The weekday may be missing, and so may what follows the date.
    """
    found = _TIME.fullmatch(written)
    if found is None:
        return None
    weekday = f"{_WEEKDAYS[found['weekday']]} " if found["weekday"] else ""
    return f"{weekday}{found['day']}/{_MONTHS[found['month']][1]}/{found['year']}{found['rest'] or ''}"
