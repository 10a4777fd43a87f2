"""Hostile, broken and foreign files are refused in one sentence, quickly, and harm nobody."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest
from workbooks import HEADER, MAIN, calendar, packed, parts

from core.adapters.workbook import child, guard, read_workbook
from core.domain.errors import WorkbookError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEBI = 2**20


def macros() -> bytes:
    return packed({**parts(), "xl/vbaProject.bin": b"macro"})


def encrypted() -> bytes:
    data = bytearray(calendar(["Content"]))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def strict() -> bytes:
    made = parts()
    strict_main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    return packed({name: str(text).replace(MAIN, strict_main) for name, text in made.items()})


def entities() -> bytes:
    laughs = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;">]>'
    return packed(
        parts(sheet=f'{laughs}<worksheet xmlns="{MAIN}"><sheetData>{HEADER}</sheetData></worksheet>')
    )


def external_entity() -> bytes:
    attack = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return packed(parts(sheet=f'{attack}<worksheet xmlns="{MAIN}"><sheetData>&a;</sheetData></worksheet>'))


def twice() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/worksheets/sheet1.xml", "<other/>")
    return output.getvalue()


def climbing() -> bytes:
    return packed({**parts(), "../../etc/passwd": "x"})


def bomb() -> bytes:
    return packed({**parts(), "xl/theme/theme1.xml": b"\0" * (20 * MEBI)})


def enormous() -> bytes:
    return packed({**parts(), "xl/theme/theme1.xml": b"\0" * (40 * MEBI)})


def big_attribute() -> bytes:
    noise = "".join(f"{n:x}" for n in range(500_000))
    return packed(parts(HEADER + f'<row r="2" x="{noise}"/>'))


def big_comment() -> bytes:
    noise = "<a>".join(f"{n:x}" for n in range(400_000))
    return packed(parts(HEADER + f"<!-- {noise} -->"))


def many_sheets() -> bytes:
    made = parts()
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 5000))
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace(
        "<sheets>", f"<sheets><!--{time.time()}-->{sheets}"
    )
    return packed(made)


def many_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(2, 2500))
    return packed(parts(HEADER + rows))


def many_cells() -> bytes:
    row = "<row>" + "".join(f"<c><v>{n * 7919 % 1_000_003}</v></c>" for n in range(200_000)) + "</row>"
    return packed(parts(HEADER + row))


def many_parts() -> bytes:
    return packed(parts() | {f"xl/media/{n}.png": b"x" for n in range(600)})


def many_merges() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(2, 9000, 2))
    return packed(parts(extra=f"<mergeCells>{ranges}</mergeCells>"))


def shared_text() -> bytes:
    """30,000 characters that stand in thousands of cells."""
    made = parts()
    columns = [f"{a}{b}" for a in " ABC" for b in "ABCDEFGHIJKLMNOPQRSTUVW"]
    made["[Content_Types].xml"] = str(made["[Content_Types].xml"]).replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>{"ab" * 15_000}</t></si></sst>'
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c.strip()}{n}" t="s"><v>0</v></c>' for c in columns) + "</row>"
        for n in range(2, 30)
    )
    made["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{rows}</sheetData></worksheet>'
    )
    return packed(made)


def truncated() -> bytes:
    return calendar(["Content"], ["a" * 5000])[:-200]


def broken_xml() -> bytes:
    return packed(parts(sheet=f'<worksheet xmlns="{MAIN}"><sheetData><row>'))


def broken_reference() -> bytes:
    return packed(parts(HEADER + '<row r="2"><c r="??"><v>1</v></c></row>'))


def too_large() -> bytes:
    return b"PK\x03\x04" + b"\0" * (10 * MEBI)


CASES: list[tuple[Callable[[], bytes], str]] = [
    (bytes, "is empty"),
    (too_large, r"has 10\.0 MB and 10 MB are allowed"),
    (lambda: OLE + b"\0" * 600, r"old Excel format \(\.xls\)"),
    (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("Nội dung,ID\nxin chào,1\n".encode, "text or CSV file"),
    (lambda: b"<html><table></table></html>", "web page"),
    (lambda: OLE + "WordDocument".encode("utf-16-le"), r"old Word document \(\.doc\)"),
    (lambda: OLE + "PowerPoint Document".encode("utf-16-le"), r"PowerPoint presentation \(\.ppt\)"),
    (lambda: b"%PDF-1.7\x00\x01\x02", "PDF document"),
    (lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF document"),
    (lambda: b"\x00\x01\x02", "not an Excel workbook"),
    (lambda: packed({"a.txt": "x"}), "zip archive but not an Excel workbook"),
    (lambda: packed({"word/document.xml": "x"}), "Word document"),
    (lambda: packed({"content.xml": "x", "mimetype": "x"}), "OpenDocument"),
    (lambda: packed({"xl/workbook.bin": "x"}), r"\.xlsb"),
    (macros, "contains macros"),
    (encrypted, "protected by a password"),
    (strict, "Strict Open XML"),
    (entities, "document type declaration"),
    (external_entity, "document type declaration"),
    (twice, "is damaged"),
    (climbing, "is damaged"),
    (truncated, "is damaged"),
    (broken_xml, "is damaged"),
    (broken_reference, "is damaged"),
    (bomb, "packed far tighter"),
    (enormous, "unpacks to more than 48 MB"),
    (big_attribute, "oversized XML element"),
    (big_comment, "oversized XML element"),
    (many_sheets, "more than 100 sheets"),
    (many_rows, "more than 2000 rows"),
    (many_cells, "too many cells"),
    (many_parts, "more than 500 parts"),
    (many_merges, "more than 2000 merged cells"),
    (shared_text, "8 million characters"),
]


@pytest.mark.parametrize(("make", "sentence"), CASES, ids=[sentence for _, sentence in CASES])
async def test_a_bad_file_is_refused_in_one_sentence(make: Callable[[], bytes], sentence: str) -> None:
    """The sentence names the file, the fault and the remedy, and comes within the time limit."""
    data = make()
    began = time.monotonic()
    with pytest.raises(WorkbookError, match=sentence) as caught:
        await read_workbook(data, "tệp.xlsx")
    assert time.monotonic() - began < child.WALL_SECONDS
    said = str(caught.value)
    assert said.startswith("tệp.xlsx ")
    assert said.endswith(".")
    assert ": " in said
    assert "\n" not in said


async def test_a_file_that_keeps_its_reader_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this process ends the child, whatever it does."""
    monkeypatch.setattr(child, "WALL_SECONDS", 0.01)
    with pytest.raises(WorkbookError, match="takes too much time or memory"):
        await read_workbook(calendar(["Content"]), "lich.xlsx")


def test_parts_that_share_their_bytes_are_refused_before_they_are_unpacked() -> None:
    """Overlapping entries make a small archive unpack to any size, each of them within the limits."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        again = copy(archive.filelist[-1])
        again.filename = "xl/worksheets/sheet2.xml"
        archive.filelist.append(again)
    with pytest.raises(WorkbookError, match="is damaged"):
        guard.check_container(output.getvalue(), "tệp.xlsx")


JOBS = {
    "memory": ("lambda data: bytes(2**30)", b""),
    "time": ("lambda data: all(iter(int, 1))", b""),
    "disk": ("lambda data: open(sys.argv[1], 'wb', buffering=0).write(data)", b"OSError"),
}


@pytest.mark.parametrize(("job", "said"), JOBS.values(), ids=JOBS.keys())
def test_a_child_cannot_take_more_than_its_limits(job: str, said: bytes, tmp_path: Path) -> None:
    """Memory, processor time and files are bounded by the system, not by our care."""
    program = (
        "import sys; from core.adapters.workbook import limits;"
        f"limits.CPU_SECONDS = 1; sys.exit(limits.run({job}, 'x'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "written")]
    ended = subprocess.run(command, input=b"x", capture_output=True, check=False)  # noqa: S603 - our own words
    assert ended.returncode != child.OK
    assert said in ended.stdout
    assert len(ended.stdout) < 200
