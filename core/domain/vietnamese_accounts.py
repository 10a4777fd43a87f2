"""Vietnamese for what is said about accounts and about who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ACCOUNTS: Final[Mapping[str, str]] = {
    '"{name}" cannot name an account: use a word without spaces, such as shop-hanoi.': '"{name}" không dùng làm tên tài khoản được: hãy dùng một từ không có dấu cách, ví dụ shop-hanoi.',
    "{name} (@{username}) is linked already: see `autopost accounts list`.": "{name} (@{username}) đã được liên kết rồi: xem `autopost accounts list`.",
    "No account is linked: add one with `autopost accounts add NAME`.": "Chưa liên kết tài khoản nào: hãy thêm bằng `autopost accounts add NAME`.",
    'No account is named "{name}". Linked are: {names}.': 'Không có tài khoản nào tên "{name}". Đã liên kết: {names:vi}.',
    "That token belongs to @{theirs}, not to @{ours}: log in as @{again}, or add it as another account.": "Mã truy cập đó thuộc về @{theirs}, không phải @{ours}: hãy đăng nhập bằng @{again}, hoặc thêm thành một tài khoản khác.",
    "{count} posts wait for {account}: cancel or delete them first.": "{count} bài đang chờ đăng trên {account}: hãy hủy lịch hoặc xóa các bài đó trước.",
    "Threads does not accept the token: {reason}": "Threads không chấp nhận mã truy cập: {reason:vi}",
    "Threads could not be asked whose token it is: {reason}": "Không hỏi được Threads mã truy cập này của ai: {reason:vi}",
    "Account {id} is not linked any more.": "Tài khoản {id} không còn được liên kết.",
    'No account is named "{name}": see the list of accounts.': 'Không có tài khoản nào tên "{name}": hãy xem danh sách tài khoản.',
    "This account is not linked: see the list of accounts.": "Tài khoản này chưa được liên kết: hãy xem danh sách tài khoản.",
    "The default account is not one of yours: name one of {names}.": "Tài khoản mặc định không phải của bạn: hãy chọn một trong {names}.",
    "{account} has to be linked again: its posts wait until then.": "{account} cần được liên kết lại: các bài đăng sẽ chờ đến lúc đó.",
    "Threads restricts {account}: its posts wait until somebody resumes it.": "Threads đang hạn chế {account}: các bài đăng sẽ chờ đến khi có người cho tài khoản tiếp tục.",
    "{account} is paused: its posts wait until somebody resumes it.": "{account} đang tạm dừng: các bài đăng sẽ chờ đến khi có người cho tài khoản tiếp tục.",
    "The access to {account} ends before that, on {time}, and could not be renewed: link the account again.": "Quyền truy cập {account} hết hạn trước lúc đó, vào {time:vi}, và không gia hạn được: hãy liên kết lại tài khoản.",
    'The token of account "{name}" was encrypted with another key: set AUTOPOST_SECRET_KEY, or put back secret.key in the data folder, as it was when the account was linked.': 'Mã truy cập của tài khoản "{name}" được mã hóa bằng khóa khác: hãy đặt AUTOPOST_SECRET_KEY, hoặc khôi phục secret.key trong thư mục dữ liệu như lúc liên kết tài khoản.',
    "The account keeps changing: try again.": "Tài khoản liên tục thay đổi: hãy thử lại.",
    'The name "{name}" or its Threads user is taken by another account: choose another.': 'Tên "{name}" hoặc người dùng Threads này đã thuộc về một tài khoản khác: hãy chọn tên khác.',
}

_LINKING: Final[Mapping[str, str]] = {
    "The permission was refused on Threads; start again and choose Allow.": "Quyền truy cập đã bị từ chối trên Threads; hãy bắt đầu lại và chọn Cho phép (Allow).",
    "The address has no code in it; paste the whole address of the page that opened after Allow.": "Địa chỉ không chứa mã; hãy dán toàn bộ địa chỉ của trang mở ra sau khi chọn Cho phép (Allow).",
    "The address belongs to another attempt to link; start again.": "Địa chỉ này thuộc về một lần liên kết khác; hãy bắt đầu lại.",
}

_PEOPLE: Final[Mapping[str, str]] = {
    "You may not see this account: ask an owner for access.": "Bạn không được xem tài khoản này: hãy xin quyền từ chủ sở hữu.",
    "You may look at this account but not change its posts: ask an owner to make you an editor.": "Bạn được xem tài khoản này nhưng không được sửa bài: hãy nhờ chủ sở hữu cấp quyền biên tập.",
    "Only an owner of this account may do this: ask one.": "Chỉ chủ sở hữu tài khoản này mới làm được việc này: hãy nhờ chủ sở hữu.",
    "Only an {role} of all accounts may do this: ask an owner.": "Chỉ {role:vi} của mọi tài khoản mới làm được việc này: hãy nhờ chủ sở hữu.",
    "You may not import posts: ask an owner to make you an editor.": "Bạn không được nhập bài đăng: hãy nhờ chủ sở hữu cấp quyền biên tập.",
    "The import {id} has posts on accounts that you may not change: ask an owner to undo it.": "Lần nhập {id} có bài trên những tài khoản bạn không được sửa: hãy nhờ chủ sở hữu hoàn tác.",
    "You may look at {account} but not change its posts.": "Bạn được xem {account} nhưng không được sửa bài của tài khoản này.",
    "Ask an owner to make you an editor of it, or name another account.": "Hãy nhờ chủ sở hữu cấp quyền biên tập, hoặc ghi tài khoản khác.",
    "{id} is named by TELEGRAM_ALLOWED_USERS: take the id out there and start again.": "{id} được khai báo trong TELEGRAM_ALLOWED_USERS: hãy xóa mã này ở đó rồi khởi động lại.",
    "Nobody with the id {id} is one of us.": "Không có ai mang mã {id} trong nhóm.",
    "What is known of {id} keeps changing: try again.": "Thông tin về {id} liên tục thay đổi: hãy thử lại.",
}

SENTENCES: Final[Mapping[str, str]] = {**_ACCOUNTS, **_LINKING, **_PEOPLE}
