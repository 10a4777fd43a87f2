"""Vietnamese for what is said about importing a workbook: what the store has against its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    'The ID "{id}" belongs to a post that is published already; this row becomes a new post.': 'ID "{id}" thuộc về một bài đã đăng; hàng này sẽ thành bài mới.',
    "Give new posts an ID of their own.": "Hãy cho bài mới một ID riêng.",
    "Post {id} was taken back to a draft; this row schedules it again.": "Bài đăng {id} đã được chuyển về bản nháp; hàng này sẽ lên lịch lại.",
    "Set its status to NHÁP / DRAFT to keep it back.": "Hãy đặt trạng thái là NHÁP / DRAFT để giữ lại.",
    'It replaces the post with the same ID: "{text}" at {time}.': 'Hàng này thay bài có cùng ID: "{text}" lúc {time:vi}.',
    "Give the row another ID if it is a new post.": "Hãy cho hàng này một ID khác nếu đây là bài mới.",
    "{account} would have {count} posts in the 24 hours before {time}.": "{account} sẽ có {count} bài trong 24 giờ trước {time:vi}.",
    "Threads allows {limit}: the rest is published later, or choose another day.": "Threads cho phép {limit} bài: phần còn lại sẽ được đăng sau, hoặc hãy chọn ngày khác.",
    'The ID "{id}" belongs to series {series}, which goes on.': 'ID "{id}" thuộc về chuỗi lặp {series} vẫn đang chạy.',
    'The ID "{id}" belongs to series {series}, which goes on on another account.': 'ID "{id}" thuộc về chuỗi lặp {series} vẫn đang chạy trên tài khoản khác.',
    'The ID "{id}" belongs to post {post}, which is still waiting.': 'ID "{id}" thuộc về bài đăng {post} vẫn đang chờ.',
    'The ID "{id}" belongs to post {post}, which is still waiting on another account.': 'ID "{id}" thuộc về bài đăng {post} vẫn đang chờ trên tài khoản khác.',
    "End it first with `autopost posts series stop {id}`, or give the row another ID.": "Hãy dừng chuỗi trước bằng `autopost posts series stop {id}`, hoặc cho hàng này một ID khác.",
    "End it first with `autopost posts delete {id}`, or give the row another ID.": "Hãy xóa bài đó trước bằng `autopost posts delete {id}`, hoặc cho hàng này một ID khác.",
    "The row is marked as published, but its post {id} is scheduled for {time}.": "Hàng được đánh dấu đã đăng, nhưng bài đăng {id} của hàng vẫn được lên lịch vào {time:vi}.",
    "If it is out already, cancel that with `autopost posts cancel {id}`.": "Nếu bài đã đăng rồi, hãy hủy lịch bằng `autopost posts cancel {id}`.",
    "Nothing was imported: {count} problems were found. See `autopost import --check`.": "Chưa nhập gì cả: có {count} lỗi. Xem `autopost import --check`.",
    "Nothing can be imported as it is: mend the rows and send the file again.": "Chưa nhập được hàng nào: hãy sửa các hàng rồi gửi lại tệp.",
    "There is no import {id}.": "Không có lần nhập {id}.",
    "The import {id} was undone already.": "Lần nhập {id} đã được hoàn tác rồi.",
    "No account is linked for this row.": "Chưa liên kết tài khoản nào cho hàng này.",
    "Link one with `autopost accounts add NAME`, or name it in the column Tài khoản / Account.": "Hãy liên kết bằng `autopost accounts add NAME`, hoặc ghi tên trong cột Tài khoản / Account.",
    "The row names no account, and the default account is not one of yours.": "Hàng này không ghi tài khoản, và tài khoản mặc định không phải của bạn.",
    "Name one in the column Tài khoản / Account: {names}.": "Hãy ghi một tài khoản trong cột Tài khoản / Account: {names}.",
    "updated from a workbook": "cập nhật từ tệp Excel",
}
