"""Inline keyboards, checked as tdlib does (td/telegram/ReplyMarkup.cpp) and as the server behind it."""

from __future__ import annotations

from typing import Any

from botapi.errors import bad_request
from botapi.links import link_problem
from botapi.messages import Keyboard
from botapi.rich_text import cleaned_text
from botapi.wire import Json, as_array, as_object

BUTTONS_LIMIT = 100
ROW_LIMIT = 8
DATA_LIMIT = 64
COPY_LIMIT = 256
_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_STYLES = {"", "default", "primary", "danger", "success"}


def read_markup(markup: Any) -> tuple[Keyboard, Json | None]:
    """The inline keyboard and, if it is of another kind, the markup as given."""
    if markup is None:
        return [], None
    fields = as_object(markup)
    if fields is None:
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" not in fields:
        return [], fields
    return _read_rows(fields["inline_keyboard"]), None


def read_inline_keyboard(markup: Any) -> Keyboard:
    """What an edit may give: nothing, or an inline keyboard."""
    keyboard, other = read_markup(markup)
    if other:
        raise bad_request("inline keyboard expected")
    return keyboard


def _read_rows(rows: Any) -> Keyboard:
    given = [as_array(row) for row in as_array(rows) or [None]]
    if None in given:
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = [[_read_button(button) for button in row] for row in given if row]
    if sum(map(len, keyboard)) > BUTTONS_LIMIT or any(len(row) > ROW_LIMIT for row in keyboard):
        raise bad_request("reply markup is too long")
    return keyboard


def _read_button(button: Any) -> Json:
    given = as_object(button)
    if given is None:
        raise _unparsable("InlineKeyboardButton must be an Object")
    fields = {key: value for key, value in given.items() if value is not None}
    if not isinstance(fields.get("text"), str):
        raise _unparsable('Field "text" must be of type String')
    if fields.get("style", "") not in _STYLES:
        raise _unparsable("invalid button style specified")
    actions = [name for name in _ACTIONS & fields.keys() if fields[name] != ""]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if not (text := cleaned_text(fields["text"])):
        raise bad_request("Inline keyboard button text must be non-empty")
    _check_action(actions[0], fields)
    return fields | {"text": text}


def _check_action(action: str, button: Json) -> None:
    match action, button[action]:
        case "callback_data", str(data):
            if len(data.encode()) > DATA_LIMIT:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url", str(url):
            if problem := link_problem(url):
                raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {problem}")
        case "copy_text", {"text": str(text)}:
            if not 0 < len(text) <= COPY_LIMIT:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case (("callback_data" | "url" | "copy_text"), _):
            raise _unparsable(f'Field "{action}" must be of type String')
        case _:
            pass


def _unparsable(reason: str) -> Exception:
    return bad_request(f"Can't parse inline keyboard button: {reason}")
