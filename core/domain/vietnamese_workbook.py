"""Vietnamese for why a workbook cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SAVE: Final = "hãy lưu lại thành tệp Excel (.xlsx)"
_COPY: Final = "hãy chép các hàng của lịch đăng sang một tệp mới"

_KINDS: Final[Mapping[str, str]] = {
    "{name} is empty: save the workbook again and send the new file.": "{name:vi} trống: hãy lưu lại tệp Excel rồi gửi tệp mới.",
    "{name} contains macros: save it as an Excel workbook without macros (.xlsx).": "{name:vi} có chứa macro: hãy lưu thành tệp Excel không có macro (.xlsx).",
    "{name} is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx).": f"{{name:vi}} là tệp Excel nhị phân (.xlsb): {_SAVE}.",
    "{name} is an OpenDocument file: save it as an Excel workbook (.xlsx).": f"{{name:vi}} là tệp OpenDocument: {_SAVE}.",
    "{name} is an Apple Numbers document: export it as an Excel workbook (.xlsx).": "{name:vi} là tệp Apple Numbers: hãy xuất thành tệp Excel (.xlsx).",
    "{name} is a Word document: send an Excel workbook (.xlsx).": "{name:vi} là tệp Word: hãy gửi tệp Excel (.xlsx).",
    "{name} is a PowerPoint presentation: send an Excel workbook (.xlsx).": "{name:vi} là tệp PowerPoint: hãy gửi tệp Excel (.xlsx).",
    "{name} is an old Word document (.doc): send an Excel workbook (.xlsx).": "{name:vi} là tệp Word cũ (.doc): hãy gửi tệp Excel (.xlsx).",
    "{name} is an old PowerPoint presentation (.ppt): send an Excel workbook (.xlsx).": "{name:vi} là tệp PowerPoint cũ (.ppt): hãy gửi tệp Excel (.xlsx).",
    "{name} is a PDF document: send an Excel workbook (.xlsx).": "{name:vi} là tệp PDF: hãy gửi tệp Excel (.xlsx).",
    "{name} is protected by a password: remove the password in Excel and save it again.": "{name:vi} có mật khẩu: hãy gỡ mật khẩu trong Excel rồi lưu lại.",
    "{name} is protected by a password: remove the password and save it again.": "{name:vi} có mật khẩu: hãy gỡ mật khẩu rồi lưu lại.",
    "{name} is in the old Excel format (.xls): save it as an Excel workbook (.xlsx).": f"{{name:vi}} có định dạng Excel cũ (.xls): {_SAVE}.",
    "{name} is a web page or XML text, not a workbook: save it as an Excel workbook (.xlsx).": f"{{name:vi}} là trang web hoặc văn bản XML, không phải tệp Excel: {_SAVE}.",
    "{name} is a text or CSV file: open it with Excel and save it as an Excel workbook (.xlsx).": "{name:vi} là tệp văn bản hoặc CSV: hãy mở bằng Excel rồi lưu thành tệp Excel (.xlsx).",
    "{name} is not an Excel workbook: send a file saved as .xlsx.": "{name:vi} không phải tệp Excel: hãy gửi tệp được lưu dạng .xlsx.",
    "{name} is a zip archive but not an Excel workbook: send a file saved as .xlsx.": "{name:vi} là tệp nén zip chứ không phải tệp Excel: hãy gửi tệp được lưu dạng .xlsx.",
    '{name} is saved as "Strict Open XML": save it as "Excel Workbook (.xlsx)" instead.': '{name:vi} được lưu dạng "Strict Open XML": hãy lưu dạng "Excel Workbook (.xlsx)".',
}

_SIZES: Final[Mapping[str, str]] = {
    "{name} has {size} MB and {limit} MB are allowed: remove pictures and sheets that are not needed.": "{name:vi} nặng {size} MB, tối đa là {limit} MB: hãy bỏ ảnh và trang tính không cần thiết.",
    "{name} has more than {limit} sheets: keep the calendar's sheet only.": "{name:vi} có hơn {limit} trang tính: hãy chỉ giữ trang có lịch đăng.",
    "{name} consists of more than {limit} parts: keep the calendar's sheet only.": "{name:vi} gồm hơn {limit} thành phần: hãy chỉ giữ trang có lịch đăng.",
    "{name} has too many cells: copy the calendar's rows into a new workbook.": f"{{name:vi}} có quá nhiều ô: {_COPY}.",
    "{name} unpacks to more than {limit} MB: copy the calendar's rows into a new workbook.": f"{{name:vi}} khi giải nén lớn hơn {{limit}} MB: {_COPY}.",
    "{name} is packed far tighter than a calendar can be: copy its rows into a new workbook.": "{name:vi} được nén chặt bất thường so với một lịch đăng: hãy chép các hàng sang một tệp mới.",
    "{name} takes too much time or memory to read: copy the calendar's rows into a new workbook.": f"{{name:vi}} tốn quá nhiều thời gian hoặc bộ nhớ để đọc: {_COPY}.",
    "{name} holds more than {limit} million characters: split it.": "{name:vi} chứa hơn {limit} triệu ký tự: hãy tách ra.",
    "{name} has more than {limit} merged cells: split them up again.": "{name:vi} có hơn {limit} ô gộp: hãy bỏ gộp ô.",
    "{name} has more than {limit} rows: split it into several workbooks.": "{name:vi} có hơn {limit} hàng: hãy tách thành nhiều tệp.",
    "Cell {cell} has more than {limit} characters, more than Excel allows.": "Ô {cell} có hơn {limit} ký tự, vượt giới hạn của Excel.",
}

_DAMAGE: Final[Mapping[str, str]] = {
    "{name} contains a document type declaration, which no spreadsheet needs: save it again with Excel.": "{name:vi} chứa khai báo kiểu tài liệu mà bảng tính không cần: hãy lưu lại bằng Excel.",
    "{name} contains an oversized XML element: save it again with Excel.": "{name:vi} chứa phần tử XML quá lớn: hãy lưu lại bằng Excel.",
    "{name} is damaged: open it with Excel, let Excel repair it, and save it again.": "{name:vi} bị hỏng: hãy mở bằng Excel, để Excel sửa, rồi lưu lại.",
    "{name} is damaged ({reason}): open it with Excel, let it be repaired and save it again.": "{name:vi} bị hỏng ({reason}): hãy mở bằng Excel, để Excel sửa, rồi lưu lại.",
    '{name} has no sheet with a header row that names the column "Nội dung bài post" or "Content": start from the workbook that `autopost template` writes.': '{name:vi} không có trang tính nào có hàng tiêu đề với cột "Nội dung bài post" hoặc "Content": hãy bắt đầu từ tệp mẫu do `autopost template` tạo.',
    "{name} has no header row any more.": "{name:vi} không còn hàng tiêu đề.",
}

SENTENCES: Final[Mapping[str, str]] = {**_KINDS, **_SIZES, **_DAMAGE}
