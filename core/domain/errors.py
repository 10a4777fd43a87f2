"""Errors that are told to a person. Each message is one sentence: what is wrong, where, how to mend it."""

from __future__ import annotations


class AutopostError(Exception):
    """Root of the errors whose text is shown as it is."""


class NotFoundError(AutopostError):
    """A post, account, series or batch that was named does not exist."""


class RefusedError(AutopostError):
    """The rules do not allow what was asked for."""


class DuplicateError(RefusedError):
    """The same content goes out on the account within the duplicate window; a person may allow that."""


class ConflictError(AutopostError):
    """Somebody else changed it meanwhile; nothing was written."""


class SettingsError(AutopostError):
    """A setting is missing or wrong."""


class UnavailableError(AutopostError):
    """MongoDB, Redis or Threads cannot be reached."""


class WorkbookError(AutopostError):
    """A workbook cannot be read at all; nothing was imported."""
