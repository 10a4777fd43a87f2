"""Vietnamese for what is said about picture and video files that people send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PICTURES: Final[Mapping[str, str]] = {
    "The HEIC picture cannot be read: send it as a photo, or save it as a JPEG.": "Không đọc được ảnh HEIC: hãy gửi dưới dạng ảnh, hoặc lưu thành JPEG.",
    "This is no picture: send a JPEG or PNG.": "Đây không phải ảnh: hãy gửi ảnh JPEG hoặc PNG.",
    "The picture has more than {limit} million pixels: make it smaller.": "Ảnh có hơn {limit} triệu điểm ảnh: hãy thu nhỏ ảnh.",
    "The picture has {width}x{height} pixels and Threads takes at most {limit}:1: crop it.": "Ảnh có {width}x{height} điểm ảnh, Threads nhận tỉ lệ tối đa {limit}:1: hãy cắt ảnh.",
    "The picture is broken or its end is missing: send it again.": "Ảnh bị hỏng hoặc thiếu phần cuối: hãy gửi lại.",
    "The picture cannot be made smaller than 8 MB: send another.": "Không giảm được ảnh xuống dưới 8 MB: hãy gửi ảnh khác.",
    "Only the first of its {count} pictures is kept: Threads shows still ones.": "Chỉ giữ hình đầu tiên trong {count} hình: Threads chỉ hiện ảnh tĩnh.",
    "Converted from {before} to {after}, as Threads takes JPEG and PNG.": "Đã chuyển từ {before} sang {after}, vì Threads nhận JPEG và PNG.",
    "Scaled from {before} to {after} pixels.": "Đã đổi kích thước từ {before} thành {after} điểm ảnh.",
    "Made smaller, from {before} to {after}.": "Đã giảm dung lượng, từ {before} còn {after}.",
    "The place that the camera had noted in it was removed.": "Đã xóa vị trí mà máy ảnh ghi trong ảnh.",
    "The picture is empty: send another.": "Ảnh trống: hãy gửi ảnh khác.",
}

_VIDEOS: Final[Mapping[str, str]] = {
    "The video has no index (moov): the recording or the download was not finished; send it again.": "Video không có chỉ mục (moov): quá trình quay hoặc tải chưa hoàn tất; hãy gửi lại.",
    "The video has {size} and Threads takes 1 GB: make it smaller.": "Video nặng {size}, Threads nhận tối đa 1 GB: hãy giảm dung lượng.",
    "The file has sound but no picture: send a video.": "Tệp chỉ có âm thanh, không có hình: hãy gửi video.",
    "The video lasts {seconds} seconds and Threads takes {limit}: cut it.": "Video dài {seconds} giây, Threads nhận tối đa {limit}: hãy cắt bớt.",
    "The video is {width} pixels wide and Threads takes {limit}: it may be refused.": "Video rộng {width} điểm ảnh, Threads nhận tối đa {limit}: video có thể bị từ chối.",
    'The index of the video stands at its end and Threads wants it first: save it for the web ("fast start") if Threads refuses it.': 'Chỉ mục của video nằm ở cuối tệp trong khi Threads cần ở đầu: nếu Threads từ chối, hãy lưu video cho web ("fast start").',
    "The video is broken or its end is missing: send it again.": "Video bị hỏng hoặc thiếu phần cuối: hãy gửi lại.",
}

_STORAGE: Final[Mapping[str, str]] = {
    "Pictures and videos need a public address: set MEDIA_PUBLIC_URL to the https:// address under which MEDIA_FOLDER or MEDIA_S3_BUCKET can be downloaded by everybody.": "Ảnh và video cần một địa chỉ công khai: hãy đặt MEDIA_PUBLIC_URL là địa chỉ https:// mà ai cũng tải được nội dung của MEDIA_FOLDER hoặc MEDIA_S3_BUCKET.",
    "MEDIA_FOLDER {folder} cannot be written ({reason}): check that it is a folder with room left that this user may write to.": "Không ghi được vào MEDIA_FOLDER {folder} ({reason}): hãy kiểm tra đó là thư mục còn chỗ trống và người dùng này được phép ghi.",
    "The bucket {bucket} refuses the key: check MEDIA_S3_ACCESS_KEY_ID, its secret and what it may do.": "Kho {bucket} từ chối khóa: hãy kiểm tra MEDIA_S3_ACCESS_KEY_ID, mã bí mật và khóa được phép làm gì.",
    "The bucket {bucket} does not exist there: check MEDIA_S3_BUCKET and MEDIA_S3_ENDPOINT_URL.": "Không có kho {bucket} ở đó: hãy kiểm tra MEDIA_S3_BUCKET và MEDIA_S3_ENDPOINT_URL.",
    "The bucket {bucket} does not answer as it should: check MEDIA_S3_ENDPOINT_URL, or try again later.": "Kho {bucket} trả lời không đúng: hãy kiểm tra MEDIA_S3_ENDPOINT_URL, hoặc thử lại sau.",
}

_FILES: Final[Mapping[str, str]] = {
    "{file} is empty: send it again.": "{file:vi} trống: hãy gửi lại.",
    "{file} is of a kind that Threads does not take: send a JPEG or PNG picture, or an MP4 or MOV video.": "{file:vi} thuộc loại mà Threads không nhận: hãy gửi ảnh JPEG hoặc PNG, hoặc video MP4 hoặc MOV.",
}

SENTENCES: Final[Mapping[str, str]] = {**_PICTURES, **_VIDEOS, **_STORAGE, **_FILES}
