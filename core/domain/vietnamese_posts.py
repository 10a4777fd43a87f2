"""Vietnamese for what is said about posts: why something is refused, and what happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_REFUSED: Final[Mapping[str, str]] = {
    "There is no post {id}: see `autopost posts list`.": "Không có bài đăng {id}: xem `autopost posts list`.",
    "{time} UTC has passed: choose a later time, or publish it now.": "{time} UTC đã qua: hãy chọn giờ muộn hơn, hoặc đăng ngay.",
    "Post {id} is a draft: there is nothing to cancel.": "Bài đăng {id} là bản nháp: không có lịch để hủy.",
    "Post {id} is {status}: only a FAILED post can be retried.": "Bài đăng {id} có trạng thái {status:vi}: chỉ bài có trạng thái LỖI mới đăng lại được.",
    "Post {id} is being published: wait for its outcome.": "Bài đăng {id} đang được đăng: hãy chờ kết quả.",
    "Post {id} keeps changing: try again.": "Bài đăng {id} liên tục thay đổi: hãy thử lại.",
    "Post {id} is {status}: its outcome is not in doubt.": "Bài đăng {id} có trạng thái {status:vi}: kết quả đã rõ.",
    "Post {id} is {status}: it waits for nothing.": "Bài đăng {id} có trạng thái {status:vi}: bài không chờ gì cả.",
    "Post {id} is live on Threads: it cannot be changed any more.": "Bài đăng {id} đã có trên Threads: không sửa được nữa.",
    "Post {id} is being published: it cannot be changed any more.": "Bài đăng {id} đang được đăng: không sửa được nữa.",
    "Post {id} may still be published: Threads has until {time}. Look at the account after that.": "Bài đăng {id} vẫn có thể được đăng: Threads còn thời gian đến {time:vi}. Hãy xem lại tài khoản sau lúc đó.",
    "Post {id} has the same content on this account within {hours} hours ({time}): change the text, or allow the duplicate.": "Bài đăng {id} có cùng nội dung trên tài khoản này trong vòng {hours} giờ ({time:vi}): hãy sửa nội dung, hoặc cho phép đăng trùng.",
    "The id {id} belongs to another post: begin again.": "Mã {id} thuộc về một bài đăng khác: hãy bắt đầu lại.",
    "There is no series {id}: see `autopost posts series list`.": "Không có chuỗi lặp {id}: xem `autopost posts series list`.",
    "The series was changed by somebody else meanwhile: look at it and try again.": "Người khác vừa sửa chuỗi lặp này: hãy xem lại rồi thử lại.",
}

_WRITING: Final[Mapping[str, str]] = {
    "This draft is gone: send its text again to begin a new one.": "Bản nháp này không còn: hãy gửi lại nội dung để bắt đầu bản mới.",
    "This card is out of date: look at the newest one.": "Thẻ này đã cũ: hãy xem thẻ mới nhất.",
    "This one is a post already: take it back to change it here, or edit the post.": "Bản nháp này đã thành bài đăng: hãy rút lại để sửa ở đây, hoặc sửa bài đăng.",
    "The draft keeps changing: try again.": "Bản nháp liên tục thay đổi: hãy thử lại.",
    "No account is chosen: choose the one that the post goes out on.": "Chưa chọn tài khoản: hãy chọn tài khoản sẽ đăng bài.",
    "This account is not linked any more: choose another.": "Tài khoản này không còn được liên kết: hãy chọn tài khoản khác.",
    "Post {id} is being published: it cannot be taken back any more.": "Bài đăng {id} đang được đăng: không rút lại được nữa.",
    "Post {id} is live on Threads: it cannot be taken back any more.": "Bài đăng {id} đã có trên Threads: không rút lại được nữa.",
    "A post of this series is on its way to Threads or there already: end the series instead.": "Một bài của chuỗi lặp này đang được đăng hoặc đã có trên Threads: hãy dừng chuỗi.",
    "Post {id} of {account} goes out less than {minutes} minutes apart from it ({time}): choose another time if both should be seen.": "Bài đăng {id} của {account} cách bài này chưa đến {minutes} phút ({time:vi}): hãy chọn giờ khác nếu muốn cả hai được chú ý.",
    "{account} reaches more than {limit} posts in 24 hours on {time}: Threads takes no more, so some will wait; choose another day.": "{account} có hơn {limit} bài trong 24 giờ vào {time:vi}: Threads không nhận thêm, nên một số bài sẽ phải chờ; hãy chọn ngày khác.",
    "With this one {account} has {count} posts on {day}.": "Tính cả bài này, {account} có {count} bài vào ngày {day:vi}.",
}

_FAILED: Final[Mapping[str, str]] = {
    "its account is not linked": "tài khoản của bài chưa được liên kết",
    "Link the account again, then retry the post.": "Hãy liên kết lại tài khoản, rồi đăng lại bài.",
    "the same content went out on this account within {hours} hours (post {id})": "cùng nội dung đã được đăng trên tài khoản này trong vòng {hours} giờ (bài đăng {id})",
    "Change the text, or schedule it again and allow the duplicate.": "Hãy sửa nội dung, hoặc lên lịch lại và cho phép đăng trùng.",
    "its time passed while nothing could be published, and the account skips missed posts": "giờ đăng đã qua trong lúc không thể đăng, và tài khoản bỏ qua các bài bị lỡ",
    "Schedule it again, or publish it now.": "Hãy lên lịch lại, hoặc đăng ngay.",
    "the worker stood still at the moment of publishing, so nothing was sent": "tiến trình đăng bị dừng đúng lúc đăng nên chưa gửi gì",
    "Nothing to do: it is tried again.": "Bạn không cần làm gì: hệ thống sẽ thử lại.",
    "{cause} It was tried {count} times.": "{cause:vi} Đã thử {count} lần.",
}

_HELD: Final[Mapping[str, str]] = {
    "Threads' answer was lost: look at the account; then `autopost posts fix-stuck {id} --live` if it is there, or `--not-there` to send it again.": "Mất câu trả lời của Threads: hãy xem tài khoản; rồi dùng `autopost posts fix-stuck {id} --live` nếu bài đã có, hoặc `--not-there` để gửi lại.",
    "Its account cannot publish: link it again with `autopost accounts add NAME --token TOKEN`.": "Tài khoản của bài không đăng được: hãy liên kết lại bằng `autopost accounts add NAME --token TOKEN`.",
    "Its time passed: `autopost posts publish {id}` or `autopost posts cancel {other}`.": "Giờ đăng đã qua: `autopost posts publish {id}` hoặc `autopost posts cancel {other}`.",
    "Its account is paused: `autopost accounts resume NAME`.": "Tài khoản của bài đang tạm dừng: `autopost accounts resume NAME`.",
}

_HISTORY: Final[Mapping[str, str]] = {
    "created": "đã tạo",
    "edited": "đã sửa",
    "scheduled for {time}": "lên lịch vào {time:vi}",
    "publish now": "đăng ngay",
    "schedule cancelled": "đã hủy lịch",
    "retry": "đăng lại",
    "looked at again": "đã xem lại",
    "a person saw it on Threads": "có người đã thấy bài trên Threads",
    "a person saw that it is not on Threads: send again": "có người xác nhận bài không có trên Threads: gửi lại",
    "account linked again": "tài khoản đã được liên kết lại",
    "account resumed": "tài khoản đã tiếp tục hoạt động",
    "24 h quota of the account is used up": "tài khoản đã dùng hết hạn mức 24 giờ",
    "waits for the account's pace": "chờ theo nhịp đăng của tài khoản",
    "held: {why}": "tạm giữ: {why:vi}",
    "held: its time passed while nothing could be published": "tạm giữ: giờ đăng đã qua trong lúc không thể đăng",
    "its replies are held: {why}": "các phần trả lời đang tạm giữ: {why:vi}",
    "its account can publish again": "tài khoản của bài đã đăng lại được",
    "the answer of the publish call was lost": "mất câu trả lời cho lần đăng",
    "outcome unknown: held until Threads or a person says": "chưa rõ kết quả: tạm giữ đến khi Threads hoặc một người xác nhận",
    "found on Threads after a lost answer": "đã thấy bài trên Threads sau khi mất câu trả lời",
    "will be tried again: {why}": "sẽ thử lại: {why:vi}",
    "publishing": "đang đăng",
    "published": "đã đăng",
    "its worker died": "tiến trình đăng của bài đã dừng đột ngột",
}

SENTENCES: Final[Mapping[str, str]] = {**_REFUSED, **_WRITING, **_FAILED, **_HELD, **_HISTORY}
