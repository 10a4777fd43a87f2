"""What a workbook may be, checked before any of it is parsed.

A workbook comes from anybody: a few kilobytes can unpack to gigabytes or keep a parser busy for minutes.
:func:`check_container` reads the directory of the zip only; :func:`check_parts` streams the parts and
belongs into the child process.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

from core.domain.errors import WorkbookError

MAX_FILE = 10 * 2**20
MAX_PARTS = 500
MAX_PART = 32 * 2**20
MAX_UNPACKED = 48 * 2**20
MAX_RATIO = 200
MAX_SHEETS = 100
MAX_TAGS = 600_000
"""Tags of one part: 2,000 rows of 75 cells, each of which costs its reader some 700 bytes."""
MAX_TOKEN = 2**20
"""Bytes of one tag: expat before 2.6 takes quadratic time for it."""

_RATIO_FROM = 2**20
_HEAD = 4096
_CHUNK = 2**16
_ENCRYPTED = 0x1
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_OLE_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD, _OLE_POWERPOINT = "WordDocument".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le")
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML = (".xml", ".rels", ".vml")
_OTHER_KINDS = (
    ("xl/vbaProject.bin", "contains macros", "save it as an Excel workbook without macros (.xlsx)"),
    ("xl/workbook.bin", "is a binary workbook (.xlsb)", "save it as an Excel workbook (.xlsx)"),
    ("content.xml", "is an OpenDocument file", "save it as an Excel workbook (.xlsx)"),
    ("Index/Document.iwa", "is an Apple Numbers document", "export it as an Excel workbook (.xlsx)"),
    ("word/document.xml", "is a Word document", "send an Excel workbook (.xlsx)"),
    ("ppt/presentation.xml", "is a PowerPoint presentation", "send an Excel workbook (.xlsx)"),
)
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")


def check_container(data: bytes, name: str) -> None:
    """Refuse what is no workbook or would unpack to too much; nothing is unpacked here.

    Raises:
        WorkbookError: one sentence with ``name``, the fault and the remedy.
    """
    if not data:
        raise WorkbookError(f"{name} is empty: save the workbook again and send the new file.")
    if len(data) > MAX_FILE:
        raise WorkbookError(
            f"{name} has {len(data) / 2**20:.1f} MB and {MAX_FILE // 2**20} MB are allowed:"
            " remove pictures and sheets that are not needed."
        )
    if not data.startswith(_ZIP):
        raise WorkbookError(_no_zip(data, name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception as error:
        raise _damaged(name) from error
    _check_kind({part.filename for part in parts}, name)
    _check_directory(parts, name)
    _check_sizes(parts, name)


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse XML that attacks its parser, and the strict dialect that openpyxl reads as empty.

    Raises:
        WorkbookError: one sentence with ``name``, the fault and the remedy.
    """
    for part in archive.infolist():
        if not part.filename.lower().endswith(_XML):
            continue
        with archive.open(part) as stream:
            _check_head(stream.read(_HEAD), name)
        with archive.open(part) as stream:
            _check_tags(stream, name)
        if part.filename == "xl/workbook.xml" and len(_SHEET.findall(archive.read(part))) > MAX_SHEETS:
            raise WorkbookError(f"{name} has more than {MAX_SHEETS} sheets: keep the calendar's sheet only.")


def _check_head(head: bytes, name: str) -> None:
    plain = head.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise WorkbookError(
            f"{name} contains a document type declaration, which no spreadsheet needs: save it again with Excel."
        )
    if _STRICT in plain:
        raise WorkbookError(
            f'{name} is saved as "Strict Open XML": save it as "Excel Workbook (.xlsx)" instead.'
        )


def _check_tags(stream: IO[bytes], name: str) -> None:
    """Count the tags, and the bytes from one to the next; a comment counts as one, whatever is in it."""
    tags = size = 0
    in_comment = False
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        opened = text.rfind(b"<!--")
        in_comment = (in_comment or opened >= 0) and text.rfind(b"-->") <= opened
        last = chunk.rfind(b"<")
        first = chunk.find(b"<")
        longest = size + (len(chunk) if in_comment or last < 0 else first)
        size = longest if in_comment or last < 0 else len(chunk) - last
        tags += chunk.count(b"<")
        tail = chunk[-3:]
        if longest > MAX_TOKEN:
            raise WorkbookError(f"{name} contains an oversized XML element: save it again with Excel.")
        if tags > MAX_TAGS:
            raise WorkbookError(f"{name} has too many cells: copy the calendar's rows into a new workbook.")


def _no_zip(data: bytes, name: str) -> str:
    if data.startswith(_OLE):
        return _old_office(data, name)
    if _PDF in data[:_PDF_WITHIN]:
        return f"{name} is a PDF document: send an Excel workbook (.xlsx)."
    if data.lstrip()[:1] == b"<":
        return f"{name} is a web page or XML text, not a workbook: save it as an Excel workbook (.xlsx)."
    if name.lower().endswith((".csv", ".tsv", ".txt")) or _is_text(data):
        return f"{name} is a text or CSV file: open it with Excel and save it as an Excel workbook (.xlsx)."
    return f"{name} is not an Excel workbook: send a file saved as .xlsx."


def _old_office(data: bytes, name: str) -> str:
    """A compound file tells its kind by the names of its streams ([MS-CFB], [MS-DOC], [MS-PPT])."""
    if _OLE_PASSWORD in data:
        return f"{name} is protected by a password: remove the password in Excel and save it again."
    if _OLE_WORD in data:
        return f"{name} is an old Word document (.doc): send an Excel workbook (.xlsx)."
    if _OLE_POWERPOINT in data:
        return f"{name} is an old PowerPoint presentation (.ppt): send an Excel workbook (.xlsx)."
    return f"{name} is in the old Excel format (.xls): save it as an Excel workbook (.xlsx)."


def _is_text(data: bytes) -> bool:
    head = data[:_HEAD]
    return b"\0" not in head and all(byte >= ord(" ") or byte in b"\t\r\n\x0c" for byte in head)


def _check_kind(names: set[str], name: str) -> None:
    for part, fault, remedy in _OTHER_KINDS:
        if part in names:
            raise WorkbookError(f"{name} {fault}: {remedy}.")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise WorkbookError(f"{name} contains macros: save it as an Excel workbook without macros (.xlsx).")
    if "[Content_Types].xml" not in names:
        raise WorkbookError(f"{name} is a zip archive but not an Excel workbook: send a file saved as .xlsx.")


def _check_directory(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MAX_PARTS:
        raise WorkbookError(
            f"{name} consists of more than {MAX_PARTS} parts: keep the calendar's sheet only."
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise WorkbookError(f"{name} is protected by a password: remove the password and save it again.")
    names = [part.filename.lower() for part in parts]
    odd = len(set(names)) < len(names) or any(".." in part or part.startswith("/") for part in names)
    if odd or any(part.compress_type not in _METHODS for part in parts) or _overlap(parts):
        raise _damaged(name)


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    ends = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < ends:
            return True
        ends = part.header_offset + part.compress_size
    return False


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or any(part.file_size > MAX_PART for part in parts):
        raise WorkbookError(
            f"{name} unpacks to more than {MAX_UNPACKED // 2**20} MB: copy the calendar's rows into a new workbook."
        )
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise WorkbookError(
                f"{name} is packed far tighter than a calendar can be: copy its rows into a new workbook."
            )


def _damaged(name: str) -> WorkbookError:
    return WorkbookError(f"{name} is damaged: open it with Excel, let Excel repair it, and save it again.")
