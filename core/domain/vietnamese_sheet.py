"""Vietnamese for what is said about the rows and cells of a calendar sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_CELLS: Final[Mapping[str, str]] = {
    "The cell holds the error {error}.": "Ô đang chứa lỗi {error}.",
    "Mend its formula.": "Hãy sửa công thức của ô.",
    "The result of its formula is not in the file.": "Kết quả của công thức không có trong tệp.",
    "Open the workbook in Excel and save it, or write the value instead of the formula.": "Hãy mở tệp bằng Excel rồi lưu lại, hoặc ghi giá trị thay cho công thức.",
    "{text} was left by a program.": "{text} là do một phần mềm để lại.",
    "Write the text.": "Hãy viết nội dung.",
    "Row {row} has the ID {id} too.": "Hàng {row} cũng có ID {id}.",
    "Give each row an ID of its own, or clear the cell.": "Hãy cho mỗi hàng một ID riêng, hoặc xóa trống ô này.",
    "The ID has {count} characters and {limit} are allowed.": "ID có {count} ký tự, tối đa là {limit}.",
    "Shorten it.": "Hãy rút ngắn lại.",
    "It says the same as row {row}, at another time.": "Hàng này giống hàng {row}, chỉ khác giờ.",
    "Change the text if that is not meant.": "Hãy sửa nội dung nếu không cố ý.",
    "{word} is no status.": "{word} không phải trạng thái.",
    "It is not looked at; write DRAFT/NHÁP, SCHEDULED/ĐANG CHỜ, PUBLISHED/ĐÃ ĐĂNG or FAILED/LỖI.": "Ô này được bỏ qua; hãy viết DRAFT/NHÁP, SCHEDULED/ĐANG CHỜ, PUBLISHED/ĐÃ ĐĂNG hoặc FAILED/LỖI.",
    "The status is {word} but there is no time.": "Trạng thái là {word} nhưng không có giờ đăng.",
    "It becomes a draft; give it a time.": "Hàng này thành bản nháp; hãy ghi giờ đăng.",
    "The status is {word} although there is a time.": "Trạng thái là {word} dù đã có giờ đăng.",
    "It stays a draft without a time; clear the status to schedule it.": "Hàng này vẫn là bản nháp không có giờ; hãy xóa trạng thái để lên lịch.",
}

_CONTENT: Final[Mapping[str, str]] = {
    "The post goes out without a topic; write one that Threads allows.": "Bài sẽ được đăng không có chủ đề; hãy viết chủ đề mà Threads cho phép.",
    "{address} stands twice in the row.": "{address} xuất hiện hai lần trong hàng.",
    "It is used once; remove the other.": "Chỉ dùng một lần; hãy bỏ cái còn lại.",
    "There are more descriptions than pictures and videos ({count}).": "Số mô tả nhiều hơn số ảnh và video ({count}).",
    "The last ones are left out; write one line for each picture.": "Các mô tả cuối bị bỏ qua; hãy viết mỗi ảnh một dòng.",
    "The post has no text.": "Bài đăng không có nội dung chữ.",
    "Write one if it is not meant so.": "Hãy viết nội dung nếu không cố ý.",
    "{word} is no type of post.": "{word} không phải loại bài viết.",
    "The post goes out as {type}; write TEXT, IMAGE, CAROUSEL or VIDEO.": "Bài sẽ được đăng dưới dạng {type}; hãy viết TEXT, IMAGE, CAROUSEL hoặc VIDEO.",
    "The type is {word} but the row has no picture or video.": "Loại bài là {word} nhưng hàng không có ảnh hay video.",
    "Add the link of the picture, or change the type to TEXT.": "Hãy thêm liên kết ảnh, hoặc đổi loại bài thành TEXT.",
    "Add the link of the video, or change the type to TEXT.": "Hãy thêm liên kết video, hoặc đổi loại bài thành TEXT.",
    "The type is {word} but the row has 1 link.": "Loại bài là {word} nhưng hàng có 1 liên kết.",
    "The type is {word} but the row has {count} links.": "Loại bài là {word} nhưng hàng có {count} liên kết.",
    "The post goes out as {type}.": "Bài sẽ được đăng dưới dạng {type}.",
}

_SCHEDULE: Final[Mapping[str, str]] = {
    "No linked account is called {name}.": "Không có tài khoản đã liên kết nào tên {name}.",
    'Did you mean "{name}"?': 'Có phải ý bạn là "{name}"?',
    "Known are: {names}.": "Các tài khoản đã liên kết: {names}.",
    "Link it first: `autopost accounts add NAME`.": "Hãy liên kết tài khoản trước: `autopost accounts add NAME`.",
    "The time has passed: it was {time}.": "Giờ đăng đã qua: {time:vi}.",
    "Choose a later time, or clear the cell to import the row as a draft.": "Hãy chọn giờ muộn hơn, hoặc xóa trống ô để nhập hàng này làm bản nháp.",
    "Its date or time differs from that in another column of the row.": "Ngày hoặc giờ ở đây khác với một cột khác trong hàng.",
    "Keep one of the two.": "Hãy chỉ giữ một trong hai.",
    "The date is read with the day first, as {date}.": "Ngày được đọc theo thứ tự ngày trước, tức là {date}.",
    "Write it as year-month-day if that is not meant.": "Nếu không phải vậy, hãy viết dạng năm-tháng-ngày.",
    "{word} is no way to repeat a post.": "{word} không phải kiểu lặp lại.",
    "Write ONCE, WEEKLY, MONTHLY or DATE_RANGE (một lần, hàng tuần, hàng tháng, hàng ngày).": "Hãy viết ONCE, WEEKLY, MONTHLY hoặc DATE_RANGE (một lần, hàng tuần, hàng tháng, hàng ngày).",
    "There is a time of day but no date.": "Có giờ nhưng không có ngày.",
    "Add the date, such as 01/03/2027.": "Hãy thêm ngày, ví dụ 01/03/2027.",
    "There is a date but no time of day.": "Có ngày nhưng không có giờ.",
    "Add the time, such as 09:30.": "Hãy thêm giờ, ví dụ 09:30.",
    "The year {year} is out of reach.": "Năm {year} quá xa.",
    "Choose a nearer one.": "Hãy chọn năm gần hơn.",
    "Choose another time if that is not meant.": "Hãy chọn giờ khác nếu không cố ý.",
    "Choose another day or time if that is not meant.": "Hãy chọn ngày hoặc giờ khác nếu không cố ý.",
    "The post does not repeat, so its days are not used.": "Bài đăng không lặp lại nên cột ngày trong tuần không được dùng.",
    "The post does not repeat, so its end is not used.": "Bài đăng không lặp lại nên ngày kết thúc không được dùng.",
    "Say how it repeats.": "Hãy cho biết bài lặp lại thế nào.",
    "The post repeats but has no time of day.": "Bài đăng lặp lại nhưng không có giờ.",
    "The last time of the series has passed.": "Lần cuối của chuỗi lặp đã qua.",
    "Choose a later end.": "Hãy chọn ngày kết thúc muộn hơn.",
    "{text} is no day of the month.": "{text} không phải ngày trong tháng.",
    "Write a number from 1 to 31.": "Hãy viết một số từ 1 đến 31.",
}

_NOTES: Final[Mapping[str, str]] = {
    'The sheet "{sheet}" has no header row with "Nội dung bài post" or "Content".': 'Trang tính "{sheet}" không có hàng tiêu đề với cột "Nội dung bài post" hoặc "Content".',
    'Two columns mean the same ("{label}", columns {first} and {second}): keep one of them or rename the other.': 'Hai cột có cùng ý nghĩa ("{label}", cột {first} và {second}): hãy giữ một cột hoặc đổi tên cột kia.',
    'Two columns mean the same ("{label}" and "{other}", columns {first} and {second}): keep one of them or rename the other.': 'Hai cột có cùng ý nghĩa ("{label}" và "{other}", cột {first} và {second}): hãy giữ một cột hoặc đổi tên cột kia.',
    "{rows} left out: the status says published, or being published.": "{rows:vi} được bỏ qua: trạng thái cho biết đã đăng hoặc đang đăng.",
    "{rows} left out: published already.": "{rows:vi} được bỏ qua: đã đăng rồi.",
    "{rows} marked as failed and taken up again.": "{rows:vi} có trạng thái lỗi và được lấy lại để đăng.",
    "{rows} left out: no text, no picture, no video.": "{rows:vi} được bỏ qua: không có nội dung, ảnh hay video.",
    "{rows} hidden in the sheet and read all the same.": "{rows:vi} đang ẩn trong trang tính nhưng vẫn được đọc.",
    "{rows} merged into the post above, with their pictures.": "{rows:vi} được gộp vào bài ở trên, kèm ảnh.",
    "Not known and not read: the columns {columns}.": "Không nhận ra nên không đọc: các cột {columns}.",
    "Without a header and not read: the columns {columns}.": "Không có tiêu đề nên không đọc: các cột {columns}.",
    "Columns far to the right are not read.": "Các cột quá xa về bên phải không được đọc.",
    'Only the sheet "{sheet}" is read; these look like a calendar too: {others}.': 'Chỉ đọc trang tính "{sheet}"; các trang này cũng giống lịch đăng: {others}.',
    "{why}: not imported twice.": "{why:vi}: không nhập hai lần.",
}

SENTENCES: Final[Mapping[str, str]] = {**_CELLS, **_CONTENT, **_SCHEDULE, **_NOTES}
