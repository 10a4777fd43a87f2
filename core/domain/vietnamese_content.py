"""Vietnamese for what is wrong with a post's content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TEXT: Final[Mapping[str, str]] = {
    "There is neither a text nor a picture or video.": "Bài đăng không có nội dung, ảnh hay video.",
    "Write the text, or delete the post.": "Hãy viết nội dung, hoặc xóa bài đăng.",
    "The text has {count} of {limit} characters (an emoji counts as several): shorten it by {over}.": "Nội dung có {count}/{limit} ký tự (một emoji tính nhiều ký tự): hãy rút ngắn {over} ký tự.",
    "Shorten it by {over}, or move the end into a thread part of its own (Phần 2, Part 2).": "Hãy rút ngắn {over} ký tự, hoặc chuyển phần cuối sang một phần tiếp theo (Phần 2, Part 2).",
    "The text has {count} of {limit} characters but {bytes} bytes: Threads may refuse it if it counts bytes; shorten it to be sure.": "Nội dung có {count}/{limit} ký tự nhưng dài {bytes} byte: Threads có thể từ chối nếu tính theo byte; hãy rút ngắn cho chắc.",
    "The text has {links} different links and Threads allows {limit}.": "Nội dung có {links} liên kết khác nhau, Threads cho phép {limit}.",
    "Remove {over}, or move them into the first comment.": "Hãy bỏ bớt {over} liên kết, hoặc chuyển sang bình luận đầu tiên.",
    "Add no more; remove one to be sure.": "Đừng thêm nữa; hãy bỏ bớt một liên kết cho chắc.",
    "A link preview is possible on text posts only.": "Chỉ bài đăng không có ảnh, video mới có bản xem trước liên kết.",
    "Put the link into the text, or leave the media out.": "Hãy đặt liên kết vào nội dung, hoặc bỏ ảnh và video.",
}

_TOPIC: Final[Mapping[str, str]] = {
    "The topic is empty: write 1 to 50 characters, or leave the topic out.": "Chủ đề đang trống: hãy viết từ 1 đến 50 ký tự, hoặc bỏ chủ đề.",
    "The topic has {count} characters: Threads allows {limit}.": "Chủ đề có {count} ký tự: Threads cho phép {limit}.",
    'The topic "{topic}" contains "{forbidden}", which Threads does not allow: leave it out.': 'Chủ đề "{topic}" có "{forbidden}", ký tự mà Threads không cho phép: hãy bỏ đi.',
}

_MEDIA: Final[Mapping[str, str]] = {
    "The post has {count} pictures and videos and Threads allows {limit}.": "Bài đăng có {count} ảnh và video, Threads cho phép {limit}.",
    "A post takes {limit} pictures and videos: remove one before you add another.": "Một bài đăng nhận {limit} ảnh và video: hãy bỏ bớt một trước khi thêm.",
    "There is no item {number}: the post has {count} pictures and videos.": "Không có ảnh hoặc video thứ {number}: bài đăng có {count} ảnh và video.",
    "Remove {over}, or split the post.": "Hãy bỏ bớt {over}, hoặc tách bài đăng.",
    "The description of item {number} has {count} characters and Threads allows {limit}.": "Mô tả của ảnh hoặc video thứ {number} có {count} ký tự, Threads cho phép {limit}.",
    "Shorten it by {over}.": "Hãy rút ngắn {over} ký tự.",
    '"{address}" is no web address: write one such as https://example.com/photo.jpg.': '"{address}" không phải địa chỉ web: hãy viết dạng https://example.com/photo.jpg.',
    "{address} is a web page, not a file: use an address at which the file itself is downloaded.": "{address} là một trang web, không phải tệp: hãy dùng địa chỉ tải trực tiếp tệp.",
    "{address} is meant as {kind} but is called {suffix}: check that it is one.": "{address} được dùng làm {kind:vi} nhưng tên có đuôi {suffix}: hãy kiểm tra lại tệp.",
    "{address} is a {suffix} file: Threads takes {accepted} only.": "{address} là tệp {suffix}: Threads chỉ nhận {accepted:vi}.",
}

SENTENCES: Final[Mapping[str, str]] = {**_TEXT, **_TOPIC, **_MEDIA}
