"""Files that are no calendars: one clear sentence each, and the bot goes on."""

from __future__ import annotations

import io
import zipfile

import pytest
from bot_scene import BotScene
from openpyxl import Workbook
from workbook_desk import DAY, HOUR, sheet, soon

from bot.flows import imports
from botapi.person import Person
from botapi.telegram_side import Telegram
from stories.calendar_file import workbook

pytestmark = pytest.mark.usefixtures("scene")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _zip(**parts: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return output.getvalue()


def _with(name: str, content: bytes) -> bytes:
    """A good calendar with one part more."""
    output = io.BytesIO(workbook(("A1", None, None, "Hello", None, None)))
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return output.getvalue()


def _no_calendar() -> bytes:
    book = Workbook()
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


FILES = {
    "old.xls": (OLE, "(.xls)", "Excel cũ"),
    "secret.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "mật khẩu"),
    "macros.xlsm": (_with("xl/vbaProject.bin", b"x"), "macros", "macro"),
    "bomb.xlsx": (_with("xl/media/a.bin", bytes(40 * 2**20)), "unpacks to more than", "giải nén lớn hơn"),
    "page.xlsx": (b"<html><body>Export</body></html>", "web page", "trang web"),
    "calendar.csv": ("ID,Nội dung\n1,Chào\n".encode(), "CSV", "CSV"),
    "nothing.xlsx": (b"", "empty", "trống"),
    "photos.zip": (_zip(readme_dot_txt=b"hello"), "zip archive", "tệp nén zip"),
    "letter.docx": (_with("word/document.xml", b"<x/>"), "Word", "Word"),
    "other.xlsx": (_no_calendar(), "no sheet with a header row", "không có trang tính"),
    "paper.pdf": (b"%PDF-1.7\x00\x01 binary", "is a PDF document", "là tệp PDF"),
    "printed.pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\n", "is a PDF document", "là tệp PDF"),
    "letter.doc": (OLE + "WordDocument".encode("utf-16-le"), "old Word document (.doc)", "Word cũ (.doc)"),
    "talk.ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint", "PowerPoint"),
    "noise.bin": (b"\x00\x01\x02 binary", "is not an Excel workbook", "không phải tệp Excel"),
    "broken.xlsx": (workbook(("A1", None, None, "Hello", None, None))[:-90], "damaged", "bị hỏng"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("shop")
async def test_one_sentence(telegram: Telegram, linh: Person, minh: Person, name: str) -> None:
    """What is wrong and how to mend it, in the language of whoever sent it, with a calendar to start from."""
    data, english, vietnamese = FILES[name]
    for person, words in ((linh, english), (minh, vietnamese)):
        await person.uploads(name, data)
        told = await person.sees("⚠️", name, words, fresh=True)
        assert len(told.text.splitlines()) == 1
        assert told.text.count("/template") == 1
        assert next(button["text"] for row in told.keyboard for button in row).startswith("📄")
    assert telegram.refusals == []


@pytest.mark.usefixtures("shop")
async def test_files_that_are_too_large(telegram: Telegram, minh: Person) -> None:
    """Above our limit and above Telegram's own: the same sentence, and nothing is kept busy."""
    for megabytes in (11, 21):
        await minh.uploads("big.xlsx", bytes(megabytes * 2**20))
        told = await minh.sees("lớn hơn 10 MB", fresh=True)
        assert "big.xlsx" in told.text
    assert len([call for call in telegram.refusals if call.method != "getFile"]) == 0


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.xlsx",
        "-rf.xlsx",
        "a" * 300 + ".xlsx",
        "<b>&.xlsx",
        "Lịch \u202e tháng 12.xlsx",
        "\x00",
    ],
)
@pytest.mark.usefixtures("shop")
async def test_any_name(scene: BotScene, telegram: Telegram, linh: Person, name: str) -> None:
    """A name is shown, and is nothing else; the file that comes back has it."""
    await linh.uploads(name, workbook(("A1", None, soon(scene), "Hello", None, None)))
    await linh.taps("✅ Import 1")
    await linh.sees("Added: 1")
    await linh.taps("📄 Result file")
    assert sheet(await linh.sees_document())[0]["Trạng thái"] == "ĐANG CHỜ"
    assert telegram.refusals == []


@pytest.mark.usefixtures("shop")
async def test_a_picture_is_no_workbook(linh: Person) -> None:
    """A picture that is sent as a file becomes a post."""
    await linh.uploads("photo.png", b"\x89PNG\r\n", mime="image/png")
    seen = await linh.sees("Draft")
    assert "Excel" not in seen.text


async def test_without_an_account(scene: BotScene, linh: Person) -> None:
    """Each row says that no account is linked, and nothing can be imported."""
    await linh.uploads("calendar.xlsx", workbook(("A1", None, soon(scene, DAY + HOUR), "Hello", None, None)))
    await linh.sees("No account is linked", "Nothing can be imported")
    assert await imports.redraw_batch(scene.core, "nothing", None) is None  # pyright: ignore[reportArgumentType]  # no words are needed
