"""Excel workbooks: read, and written back with results, in a child process that cannot harm this one.

:mod:`core.adapters.workbook.template` writes the workbook that people start from.
"""

from __future__ import annotations

from core.adapters.workbook.child import read_workbook, write_result

__all__ = ["read_workbook", "write_result"]
