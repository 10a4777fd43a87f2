"""The names of the columns that we write ourselves, in both languages, and what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.domain.sheet_headers import Field


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """A column: its name and a sentence about it, both in Vietnamese and in English."""

    vi: str
    en: str
    meaning_vi: str
    meaning_en: str

    def name(self, language: Language) -> str:
        return self.vi if language is Language.VIETNAMESE else self.en


LABELS: dict[Field, Label] = {
    Field.ID: Label(
        "ID",
        "ID",
        "Mã của dòng. Nhập lại tệp sẽ cập nhật bài có cùng ID, không tạo bài trùng.",
        "Names the row. Importing the file again updates the post with this ID and makes nothing twice.",
    ),
    Field.ACCOUNT: Label(
        "Tài khoản",
        "Account",
        "Tên tài khoản Threads đã liên kết. Để trống: tài khoản mặc định.",
        "A linked Threads account by its name. Empty: the default account.",
    ),
    Field.SCHEDULED_AT: Label(
        "Thời gian đăng",
        "Scheduled at",
        "Ngày và giờ, ví dụ 01/03/2027 09:30 (ngày trước). Để trống: bài là bản nháp.",
        "Date and time, such as 2027-03-01 09:30 or 01/03/2027 09:30 (day first). Empty: the row is a draft.",
    ),
    Field.CONTENT: Label(
        "Nội dung bài post",
        "Content",
        "Nội dung, tối đa 500 ký tự (một emoji tính nhiều ký tự) và 5 liên kết khác nhau.",
        "The text: at most 500 characters (an emoji counts as several) and 5 different links.",
    ),
    Field.TYPE: Label(
        "Loại bài viết",
        "Post type",
        "TEXT, IMAGE, CAROUSEL hoặc VIDEO. Loại thật được suy ra từ ảnh và video của dòng.",
        "TEXT, IMAGE, CAROUSEL or VIDEO. The real type follows from the row's pictures and videos.",
    ),
    Field.TOPIC: Label(
        "Chủ đề",
        "Topic",
        "Thẻ chủ đề của Threads: 1 đến 50 ký tự, không có dấu chấm và dấu &.",
        "Threads' topic tag: 1 to 50 characters without . and &.",
    ),
    Field.STATUS: Label(
        "Trạng thái",
        "Status",
        "NHÁP giữ dòng làm bản nháp; ĐÃ ĐĂNG bỏ qua dòng. Thường để trống.",
        "DRAFT keeps the row a draft; PUBLISHED leaves it out. Usually empty.",
    ),
    Field.FIRST_COMMENT: Label(
        "Comment",
        "First comment",
        "Bình luận đầu tiên, đăng ngay sau bài.",
        "The first reply, posted right after the post.",
    ),
    Field.PART: Label(
        "Phần",
        "Part",
        "Phần tiếp theo của chuỗi bài (Phần 2, Phần 3, …), mỗi phần tối đa 500 ký tự.",
        "The next part of a thread (Part 2, Part 3, …), at most 500 characters each.",
    ),
    Field.VIDEO: Label(
        "Link Video",
        "Video",
        "Liên kết công khai tới một video MP4 hoặc MOV.",
        "A public link to an MP4 or MOV video.",
    ),
    Field.IMAGE: Label(
        "Link ảnh",
        "Image",
        "Liên kết công khai tới ảnh JPEG hoặc PNG (Link ảnh 1 đến 20). Từ 2 liên kết: album.",
        "A public link to a JPEG or PNG picture (Image 1 to 20). Two or more make a carousel.",
    ),
    Field.MERGED_LINKS: Label(
        "Gộp Link",
        "Merged links",
        "Nhiều liên kết trong một ô, cách nhau bằng xuống dòng, dấu phẩy, chấm phẩy hoặc |.",
        "Several links in one cell, on lines or apart by comma, semicolon or |.",
    ),
    Field.ALT_TEXT: Label(
        "Mô tả ảnh",
        "Alt text",
        "Mô tả cho người khiếm thị; mỗi ảnh một dòng trong ô.",
        "A description for those who cannot see the picture; one line of the cell for each.",
    ),
    Field.ZONE: Label(
        "Múi giờ",
        "Time zone",
        "Ví dụ Asia/Ho_Chi_Minh hoặc UTC+7. Để trống: múi giờ của tài khoản.",
        "Such as Asia/Ho_Chi_Minh or UTC+7. Empty: the account's time zone.",
    ),
    Field.PATTERN: Label(
        "Lặp lại",
        "Repeat",
        "ONCE, WEEKLY (hàng tuần), MONTHLY (hàng tháng) hoặc DATE_RANGE (mỗi ngày đến ngày kết thúc).",
        "ONCE, WEEKLY, MONTHLY or DATE_RANGE (every day until the end date).",
    ),
    Field.DAYS: Label(
        "Ngày trong tuần",
        "Days",
        "Với WEEKLY: T2, T5, CN. Với MONTHLY: ngày trong tháng, 1 đến 31.",
        "For WEEKLY: Mon, Thu. For MONTHLY: the day of the month, 1 to 31.",
    ),
    Field.END_DATE: Label(
        "Ngày kết thúc",
        "End date",
        "Ngày cuối cùng của bài lặp lại, tính cả ngày đó.",
        "The last day of a post that repeats, included.",
    ),
    Field.ERROR: Label(
        "Lỗi",
        "Error",
        "Do hệ thống ghi: vì sao dòng không được nhập hoặc bài không đăng được.",
        "Written by the system: why the row was not imported or the post failed.",
    ),
    Field.LOCAL_TIME: Label(
        "Giờ địa phương",
        "Local time",
        "Do hệ thống ghi: giờ đăng theo múi giờ của bài.",
        "Written by the system: the post's time in its zone.",
    ),
    Field.PERMALINK: Label(
        "Permalink",
        "Permalink",
        "Do hệ thống ghi: liên kết tới bài đã đăng.",
        "Written by the system: the link to the published post.",
    ),
}
