"""How Threads refuses: the Graph ``error`` object, and the flat shape of the code exchange.

Which HTTP status and ``type`` go with a code varies between reports; 400 and OAuthException are the
usual ones. Values marked as a guess have no evidence behind them (fact sheet, section 12).
"""

from __future__ import annotations

import secrets
import time
from typing import Any

_USER_TEXT: dict[int, dict[str, tuple[str, str]]] = {
    4279009: {
        "en": ("Media Not Found", "The media with id {} cannot be found."),
        "vi": ("Không tìm thấy nội dung", "Không tìm thấy nội dung có ID {}."),
    },
    4279002: {
        "en": ("Threads API Rate Limit Exceeded", ""),
        "vi": ("Đã vượt quá giới hạn của API Threads", ""),
    },
    4279004: {
        "en": ("Invalid Carousel Children", "The children with IDs {} are invalid, nonexistent, or expired."),
        "vi": (
            "Mục trong bài quay vòng không hợp lệ",
            "Các mục có ID {} không hợp lệ, không tồn tại hoặc đã hết hạn.",
        ),
    },
    4279047: {
        "en": ("Invalid Link Attachment", "The link attachment is invalid."),
        "vi": ("Liên kết đính kèm không hợp lệ", "Liên kết đính kèm không hợp lệ."),
    },
    4279050: {
        "en": ("Already Reposted", "The media has already been reposted."),
        "vi": ("Đã đăng lại", "Bạn đã đăng lại nội dung này."),
    },
    2207051: {
        "en": ("Action is blocked", "We restrict certain activity to protect our community."),
        "vi": ("Hành động bị chặn", "Chúng tôi hạn chế một số hoạt động để bảo vệ cộng đồng."),
    },
    2207052: {
        "en": ("Media download has failed", "The media could not be fetched from this URI: {}"),
        "vi": ("Không tải được nội dung", "Không thể tải nội dung từ URI này: {}"),
    },
    2207004: {
        "en": ("Image size too large", "The image is too large to download. It should be less than 8 MiB."),
        "vi": ("Ảnh quá lớn", "Ảnh quá lớn để tải xuống. Ảnh phải nhỏ hơn 8 MiB."),
    },
}


class GraphError(Exception):
    """A refusal in the Graph shape. ``subject`` is the id or address named in ``error_user_msg``."""

    def __init__(
        self,
        message: str,
        code: int,
        subcode: int | None = None,
        *,
        http: int = 400,
        kind: str = "OAuthException",
        transient: bool | None = None,
        subject: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subcode = subcode
        self.http = http
        self._kind = kind
        self._transient = transient
        self._subject = subject

    def body(self, locale: str) -> dict[str, Any]:
        """Return the JSON of the answer; user-facing texts in ``locale`` (``en`` or ``vi``)."""
        title, detail = _USER_TEXT.get(self.subcode or 0, {}).get(locale, ("", ""))
        error: dict[str, Any] = {
            "message": str(self),
            "type": self._kind,
            "code": self.code,
            "error_subcode": self.subcode,
            "is_transient": self._transient,
            "error_user_title": title or None,
            "error_user_msg": detail.format(self._subject) or None,
            "fbtrace_id": "A" + secrets.token_urlsafe(16),
        }
        return {"error": {name: value for name, value in error.items() if value is not None}}


class OAuthRefusal(Exception):  # noqa: N818  # the word of the fact sheet: an answer, not a defect
    """A failed code exchange, in its own flat shape, HTTP 400."""

    def body(self) -> dict[str, Any]:
        return {"error_type": "OAuthException", "code": 400, "error_message": str(self)}


class AuthorizeRefusal(Exception):  # noqa: N818  # as above
    """What the authorize page shows instead of a login: ``{"error_message", "error_code"}``."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code

    def body(self) -> dict[str, Any]:
        return {"error_message": str(self), "error_code": self.code}


def invalid(message: str) -> GraphError:
    """Refuse a parameter: 100, ``message`` says which and why."""
    return GraphError(message, 100, kind="THApiException")


def missing_object(object_id: str, method: str) -> GraphError:
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, cannot be loaded "
        "due to missing permissions, or does not support this operation"
    )
    return GraphError(message, 100, 33, kind="THApiException")


def media_not_found(media_id: str) -> GraphError:
    message = "The requested resource does not exist"
    return GraphError(message, 24, 4279009, transient=False, subject=media_id)


def carousel_children(ids: str) -> GraphError:
    return GraphError("Invalid parameter", 100, 4279004, transient=False, subject=ids)


def media_download(url: str) -> GraphError:
    message = "Media download has failed. The media URI doesn't meet our requirements."
    return GraphError(message, 1, 2207052, transient=False, subject=url)


def image_too_large() -> GraphError:
    """Recorded on Instagram; assumed to be the same on Threads."""
    return GraphError("The image size is too large.", 36000, 2207004, transient=False)


def rate_limited() -> GraphError:
    """The answer of Threads when one of the 24-hour quotas is used up is not known: this is a guess."""
    message = "Calls to this api have exceeded the rate limit."
    return GraphError(message, 613, 4279002, transient=False)


def permission(scope: str) -> GraphError:
    message = f"Application does not have permission for this action: {scope} has not been granted"
    return GraphError(message, 10, kind="THApiException")


def invalid_token(message: str = "Invalid OAuth access token - Cannot parse access token") -> GraphError:
    return GraphError(message, 190)


def token_expired(expired_at: float, now: float) -> GraphError:
    message = (
        f"Error validating access token: Session has expired on {_pacific(expired_at)}. "
        f"The current time is {_pacific(now)}."
    )
    return GraphError(message, 190, 463)


def app_removed() -> GraphError:
    return GraphError("Error validating access token: The user has not authorized application.", 190, 458)


def link_limit() -> GraphError:
    """The numeric code is not known: 100 is a guess."""
    return GraphError("THREADS_API__LINK_LIMIT_EXCEEDED", 100, kind="THApiException")


def feature_not_available() -> GraphError:
    """The numeric code is not known: 100 is a guess."""
    return GraphError("THREADS_API__FEATURE_NOT_AVAILABLE", 100, kind="THApiException")


def already_reposted(media_id: str) -> GraphError:
    return GraphError("The media has already been reposted.", 100, 4279050, subject=media_id)


def unexpected() -> GraphError:
    message = "An unexpected error has occurred. Please retry your request later."
    return GraphError(message, 2, http=500, transient=True)


def _pacific(moment: float) -> str:
    return time.strftime("%A, %d-%b-%y %H:%M:%S PST", time.gmtime(moment - 8 * 3600))
