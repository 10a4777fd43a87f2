"""Vietnamese for what is said about files that people send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "You have sent {count} workbooks within an hour: send the next one a little later.": "Bạn đã gửi {count} tệp Excel trong một giờ: hãy gửi tệp tiếp theo sau ít phút nữa.",
    "This workbook is no longer remembered: send the file again.": "Tệp Excel này không còn được nhớ: hãy gửi lại tệp.",
    "This file is not the one that was checked: send it again.": "Tệp này không phải tệp đã kiểm tra: hãy gửi lại.",
    "The days for its rows have begun meanwhile: choose them again.": "Các ngày đã chọn cho những hàng này đã bắt đầu: hãy chọn lại.",
    "The account of rows that name none is not linked any more: send the file again.": "Tài khoản cho các hàng không ghi tài khoản không còn được liên kết: hãy gửi lại tệp.",
    "This file is larger than {limit} MB, the most that the bot can take: send a smaller one.": "Tệp này lớn hơn {limit} MB, mức tối đa bot nhận được: hãy gửi tệp nhỏ hơn.",
    "Telegram does not have this file any more: send it again.": "Telegram không còn giữ tệp này: hãy gửi lại.",
    "The file cannot be fetched from Telegram just now: send it again.": "Hiện không tải được tệp từ Telegram: hãy gửi lại.",
}
