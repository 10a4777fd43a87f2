"""Vietnamese for what an error of Threads means and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_AGAIN: Final = "Bạn không cần làm gì: hệ thống sẽ tự thử lại."

_ACCESS: Final[Mapping[str, str]] = {
    "Link the account again; its posts wait and then go out.": "Hãy liên kết lại tài khoản; các bài đăng sẽ chờ rồi được đăng.",
    "Threads no longer accepts the access that this account gave.": "Threads không còn chấp nhận quyền truy cập mà tài khoản này đã cấp.",
    "Threads says that this app may not do this for the account.": "Threads cho biết ứng dụng này không được phép làm việc này thay tài khoản.",
    "Link the account again and allow everything that is asked; if that does not help, see in Meta's app dashboard "
    "whether the app is blocked.": "Hãy liên kết lại tài khoản và cho phép mọi quyền được hỏi; nếu vẫn không được, hãy xem trên trang quản lý "
    "ứng dụng của Meta xem ứng dụng có bị chặn không.",
    "Threads did not renew the access of the account; the present one goes on working until it ends.": "Threads không gia hạn quyền truy cập của tài khoản; quyền hiện tại vẫn dùng được cho đến khi hết hạn.",
    "Nothing to do for now; if it is still refused when the access is about to end, link the account again.": "Hiện bạn không cần làm gì; nếu đến lúc quyền sắp hết hạn mà vẫn bị từ chối, hãy liên kết lại tài khoản.",
    "Threads did not accept the permission that was given.": "Threads không chấp nhận quyền vừa được cấp.",
    "Start the linking of the account again: a permission works once, within an hour.": "Hãy bắt đầu liên kết lại tài khoản: mỗi quyền chỉ dùng được một lần, trong vòng một giờ.",
    "Threads does not accept the app's id and secret.": "Threads không chấp nhận mã và khóa bí mật của ứng dụng.",
    "Check THREADS_CLIENT_ID and THREADS_CLIENT_SECRET: they are the Threads pair of Meta's app dashboard, not the "
    "Facebook one.": "Hãy kiểm tra THREADS_CLIENT_ID và THREADS_CLIENT_SECRET: đó là cặp dành cho Threads trên trang quản lý ứng dụng "
    "của Meta, không phải cặp của Facebook.",
    "The account's session at Threads has ended.": "Phiên đăng nhập của tài khoản trên Threads đã kết thúc.",
    "The account's owner has removed this app from Threads.": "Chủ tài khoản đã gỡ ứng dụng này khỏi Threads.",
    "Threads wants the account's owner to confirm something in the Threads app first.": "Threads cần chủ tài khoản xác nhận một việc trong ứng dụng Threads trước đã.",
    "The account's password was changed, which ends the access that it gave.": "Mật khẩu của tài khoản đã được đổi nên quyền truy cập trước đó không còn hiệu lực.",
    "The access that this account gave has expired.": "Quyền truy cập mà tài khoản này đã cấp đã hết hạn.",
    "The account is not confirmed at Threads.": "Tài khoản chưa được xác nhận trên Threads.",
    "The access that this account gave was withdrawn.": "Quyền truy cập mà tài khoản này đã cấp đã bị thu hồi.",
    "The account's owner has lost the role that the access rests on.": "Chủ tài khoản không còn vai trò mà quyền truy cập dựa vào.",
    "This app is not set up for what was asked.": "Ứng dụng này chưa được thiết lập cho việc vừa yêu cầu.",
    "Add the Threads use case to the app in Meta's app dashboard.": "Hãy thêm trường hợp sử dụng Threads cho ứng dụng trên trang quản lý ứng dụng của Meta.",
    "Meta has not approved this app for accounts other than its testers.": "Meta mới chỉ cho phép ứng dụng này dùng với các tài khoản thử nghiệm.",
    "Invite the account as a Threads tester in Meta's app dashboard, or pass App Review.": "Hãy mời tài khoản làm người thử nghiệm Threads trên trang quản lý ứng dụng của Meta, hoặc hoàn tất App Review.",
}

_ACCOUNT: Final[Mapping[str, str]] = {
    "Threads has blocked the account for a while because of its rules.": "Threads đã tạm khóa tài khoản vì vi phạm quy định.",
    "Wait at least 24 hours, see in the Threads app what was wrong, then resume the account.": "Hãy chờ ít nhất 24 giờ, xem trong ứng dụng Threads có gì sai, rồi cho tài khoản tiếp tục.",
    "Threads has restricted the account to protect its community.": "Threads đã hạn chế tài khoản để bảo vệ cộng đồng.",
    "Open the Threads app, see what it says, then resume the account after some hours.": "Hãy mở ứng dụng Threads xem thông báo, rồi cho tài khoản tiếp tục sau vài giờ.",
    "Threads does not let this account post.": "Threads không cho tài khoản này đăng bài.",
    "Open the Threads app, settle what it asks for, then resume the account.": "Hãy mở ứng dụng Threads, làm theo yêu cầu ở đó, rồi cho tài khoản tiếp tục.",
    "Threads takes no more requests from this account for the moment.": "Threads tạm thời không nhận thêm yêu cầu từ tài khoản này.",
    "Threads takes no more requests from this app for the moment.": "Threads tạm thời không nhận thêm yêu cầu từ ứng dụng này.",
    "The account has used up the posts that Threads allows within 24 hours.": "Tài khoản đã dùng hết số bài mà Threads cho phép trong 24 giờ.",
    "Nothing to do: it goes on as soon as Threads allows it; post less often if this happens every day.": "Bạn không cần làm gì: hệ thống sẽ tiếp tục ngay khi Threads cho phép; nếu ngày nào cũng bị, hãy đăng thưa hơn.",
    "Threads does not offer this feature to the account.": "Threads chưa mở tính năng này cho tài khoản.",
    "Leave the feature out and schedule the post again.": "Hãy bỏ tính năng này rồi lên lịch lại bài đăng.",
    "Threads does not know one of the countries that the post is limited to.": "Threads không nhận ra một trong các quốc gia mà bài đăng được giới hạn.",
}

_CONNECTION: Final[Mapping[str, str]] = {
    "It was tried {attempts} times: retry it when Threads works again.": "Đã thử {attempts} lần: hãy thử lại khi Threads hoạt động trở lại.",
    "Nothing to do: it is tried again by itself.": _AGAIN,
    "Nothing to do: it is asked again by itself.": "Bạn không cần làm gì: hệ thống sẽ tự hỏi lại.",
    "Threads had a problem of its own.": "Threads đang gặp sự cố.",
    "Threads could not be reached.": "Không kết nối được với Threads.",
    "It is tried again by itself; if it goes on, check the internet connection of this machine.": "Hệ thống sẽ tự thử lại; nếu vẫn bị, hãy kiểm tra kết nối Internet của máy chủ.",
    "Threads did not answer.": "Threads không trả lời.",
    "It goes on by itself; if it happens again, check the internet connection of this machine.": "Hệ thống sẽ tự tiếp tục; nếu lại bị, hãy kiểm tra kết nối Internet của máy chủ.",
    "The answer of Threads could not be understood.": "Không hiểu được câu trả lời của Threads.",
    "It goes on by itself; if it happens again, check THREADS_API_BASE_URL.": "Hệ thống sẽ tự tiếp tục; nếu lại bị, hãy kiểm tra THREADS_API_BASE_URL.",
    "Threads refused the request for a reason that is not known here.": "Threads từ chối yêu cầu vì một lý do chưa rõ.",
    "Read in the details what Threads said, change the post and try again.": "Hãy xem Threads nói gì trong phần chi tiết, sửa bài đăng rồi thử lại.",
}

_POST: Final[Mapping[str, str]] = {
    "Threads does not find the prepared post yet.": "Threads chưa tìm thấy bài đã chuẩn bị.",
    "Threads does not find the post that is to be answered yet.": "Threads chưa tìm thấy bài cần trả lời.",
    "Nothing to do, unless that post was deleted on Threads: then its replies cannot be posted.": "Bạn không cần làm gì, trừ khi bài đó đã bị xóa trên Threads: khi đó không thể đăng các câu trả lời.",
    "Threads does not find the items of the carousel yet.": "Threads chưa tìm thấy các ảnh, video của album.",
    "Threads does not find what was asked for.": "Threads không tìm thấy nội dung được hỏi.",
    "What was asked for is gone from Threads, or belongs to another account.": "Nội dung được hỏi không còn trên Threads, hoặc thuộc về tài khoản khác.",
    "Look whether the post still exists on Threads and belongs to this account.": "Hãy xem bài đăng có còn trên Threads và có thuộc tài khoản này không.",
    "Threads refuses something in the post.": "Threads từ chối một điểm nào đó trong bài đăng.",
    "Look at its length, links and media, change the post and schedule it again.": "Hãy xem lại độ dài, liên kết, ảnh và video, sửa bài đăng rồi lên lịch lại.",
    "Threads refuses the same text twice in a row.": "Threads không nhận cùng một nội dung hai lần liên tiếp.",
    "Change the text, or delete this post if it is already there.": "Hãy sửa nội dung, hoặc xóa bài này nếu bài đã có trên Threads.",
    "The account has already reposted this.": "Tài khoản đã đăng lại bài này rồi.",
    "Nothing to do: it is there.": "Bạn không cần làm gì: bài đã ở đó.",
    "The post has more than 5 different links.": "Bài đăng có hơn 5 liên kết khác nhau.",
    "Leave 5 links at most and schedule the post again.": "Hãy giữ lại nhiều nhất 5 liên kết rồi lên lịch lại bài đăng.",
    "Threads could not read the linked page.": "Threads không đọc được trang được liên kết.",
    "Look whether the page opens in a private browser window, or publish the post without the link preview.": "Hãy thử mở trang trong cửa sổ ẩn danh của trình duyệt, hoặc đăng bài không kèm bản xem trước liên kết.",
    "What was prepared is on Threads already.": "Bài đã chuẩn bị đã có trên Threads.",
    "Look on Threads; delete this post here if it is.": "Hãy xem trên Threads; nếu bài đã có thì xóa bài này ở đây.",
    "What was prepared at Threads has expired.": "Phần đã chuẩn bị trên Threads đã hết hạn.",
    "What was prepared at Threads has expired after 24 hours.": "Phần đã chuẩn bị trên Threads đã hết hạn sau 24 giờ.",
    "Threads could not process what was prepared.": "Threads không xử lý được phần đã chuẩn bị.",
    "Nothing to do: it is prepared again by itself; if it keeps failing, use another file.": "Bạn không cần làm gì: hệ thống sẽ tự chuẩn bị lại; nếu vẫn lỗi, hãy dùng tệp khác.",
}

_MEDIA: Final[Mapping[str, str]] = {
    "Threads could not download the picture or video.": "Threads không tải được ảnh hoặc video.",
    "Threads took too long to download the picture or video.": "Threads tải ảnh hoặc video quá lâu.",
    "Look whether its address opens in a private browser window; some hosts refuse Meta's servers: then put the "
    "file on another one.": "Hãy thử mở địa chỉ của tệp trong cửa sổ ẩn danh của trình duyệt; có nơi lưu trữ từ chối máy chủ của Meta: khi đó "
    "hãy đặt tệp ở nơi khác.",
    "Threads does not accept the picture or video.": "Threads không chấp nhận ảnh hoặc video.",
    "Replace it by another file and schedule the post again.": "Hãy thay bằng tệp khác rồi lên lịch lại bài đăng.",
    "The picture is too large for Threads.": "Ảnh quá lớn so với giới hạn của Threads.",
    "Use a JPEG or PNG of at most 8 MB.": "Hãy dùng ảnh JPEG hoặc PNG tối đa 8 MB.",
    "Threads is still processing the media.": "Threads vẫn đang xử lý ảnh hoặc video.",
    "Threads does not accept the proportions of the picture or video.": "Threads không chấp nhận tỉ lệ khung hình của ảnh hoặc video.",
    "Crop it so that it is at most ten times as wide as high; 9:16 is best for a video.": "Hãy cắt để chiều rộng không quá mười lần chiều cao; với video, 9:16 là tốt nhất.",
    "The video has too much data per second for Threads.": "Video có tốc độ bit quá cao so với giới hạn của Threads.",
    "Export the video as MP4 (H.264, AAC sound) and schedule the post again.": "Hãy xuất video dạng MP4 (H.264, âm thanh AAC) rồi lên lịch lại bài đăng.",
    "The video is too long for Threads.": "Video quá dài so với giới hạn của Threads.",
    "Cut it to 5 minutes at most.": "Hãy cắt còn tối đa 5 phút.",
    "The video has too few or too many pictures per second for Threads.": "Video có quá ít hoặc quá nhiều khung hình mỗi giây so với giới hạn của Threads.",
    "Export it with 23 to 60 pictures per second.": "Hãy xuất lại với 23 đến 60 khung hình mỗi giây.",
    "Threads does not accept the sound of the video.": "Threads không chấp nhận âm thanh của video.",
    "Threads could not process the sound of the video.": "Threads không xử lý được âm thanh của video.",
    "Threads could not process the video.": "Threads không xử lý được video.",
}

SENTENCES: Final[Mapping[str, str]] = {**_ACCESS, **_ACCOUNT, **_CONNECTION, **_POST, **_MEDIA}
