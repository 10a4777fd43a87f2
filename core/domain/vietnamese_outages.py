"""Vietnamese for what is said while MongoDB or Redis cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "MongoDB does not answer ({reason}): check that it runs and that MONGODB_URI is right.": "MongoDB không trả lời ({reason}): hãy kiểm tra MongoDB có đang chạy và MONGODB_URI có đúng không.",
    "MongoDB cannot do it now ({reason}): look at its server if that lasts.": "MongoDB hiện không thực hiện được ({reason}): hãy xem máy chủ của nó nếu tình trạng kéo dài.",
    "1 post is overdue, since {since}.": "1 bài đã quá giờ đăng, từ {since:vi}.",
    "{count} posts are overdue, the oldest since {since}.": "{count} bài đã quá giờ đăng, sớm nhất từ {since:vi}.",
    "No worker is running.": "Không có worker nào đang chạy.",
    "{part} has not answered for {seconds} seconds: check that it runs.": "{part} không trả lời trong {seconds} giây: hãy kiểm tra nó có đang chạy không.",
    "MongoDB does not allow this user to read and write the database: grant it readWrite.": "MongoDB không cho người dùng này đọc và ghi cơ sở dữ liệu: hãy cấp quyền readWrite.",
    "MongoDB refuses the user or password of MONGODB_URI: correct it.": "MongoDB từ chối tên người dùng hoặc mật khẩu trong MONGODB_URI: hãy sửa lại.",
    "MongoDB has no disk space left: free some on its machine.": "MongoDB đã hết dung lượng đĩa: hãy giải phóng bớt trên máy chủ của nó.",
    "Redis at {address} refuses the password: correct REDIS_PASSWORD or REDIS_URL.": "Redis tại {address:vi} từ chối mật khẩu: hãy sửa REDIS_PASSWORD hoặc REDIS_URL.",
    "Redis at {address} is still loading its data: wait a moment.": "Redis tại {address:vi} đang nạp dữ liệu: hãy chờ một lát.",
    "Redis at {address} does not answer ({kind}: {reason}): check that it runs and that REDIS_URL is right.": "Redis tại {address:vi} không trả lời ({kind}: {reason}): hãy kiểm tra Redis có đang chạy và REDIS_URL có đúng không.",
}
