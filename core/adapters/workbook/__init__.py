"""Excel workbooks: read and written in a child process that cannot harm this one."""

from __future__ import annotations

from core.adapters.workbook.child import read_workbook, write_result
from core.adapters.workbook.template import write_template

__all__ = ["read_workbook", "write_result", "write_template"]
