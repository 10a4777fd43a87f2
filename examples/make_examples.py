"""Writes the two example calendars: ``python -m examples.make_examples [FOLDER]``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from core.adapters.workbook.template import write_calendar
from core.domain.post import PostType
from core.domain.sheet_export import Cells
from core.domain.sheet_headers import Field
from core.domain.sheet_labels import Language
from examples.english import ENGLISH
from examples.entry import Entry
from examples.vietnamese import VIETNAMESE

ACCOUNTS = ("tiem-ca-phe", "shop-gom", "sach-cu")
MEDIA = "http://sandbox.localhost/media/"
"""The sandbox takes this host for itself and has a sample under every name."""


def main(folder: Path) -> None:
    calendars = (
        ("content-calendar.xlsx", Language.VIETNAMESE, VIETNAMESE),
        ("content-calendar-en.xlsx", Language.ENGLISH, ENGLISH),
    )
    for name, language, entries in calendars:
        write_calendar(folder / name, language, [row_of(entry) for entry in entries], accounts=ACCOUNTS)


def row_of(entry: Entry) -> Cells:
    links = [MEDIA + name for name in entry.media]
    videos = [link for link in links if link.endswith(".mp4")]
    pictures = [link for link in links if link not in videos]
    row: dict[tuple[Field, int], str | date | None] = {
        (Field.ID, 0): entry.id,
        (Field.ACCOUNT, 0): entry.account,
        (Field.SCHEDULED_AT, 0): entry.scheduled_at,
        (Field.CONTENT, 0): entry.text,
        (Field.TYPE, 0): type_of(links),
        (Field.TOPIC, 0): entry.topic,
        (Field.FIRST_COMMENT, 0): entry.comment,
        (Field.VIDEO, 0): "".join(videos),
        (Field.ALT_TEXT, 0): entry.alt,
        (Field.PATTERN, 0): entry.pattern,
        (Field.DAYS, 0): entry.days,
        (Field.END_DATE, 0): entry.end_date,
    }
    row |= {(Field.PART, number): part for number, part in enumerate(entry.parts, 2)}
    if entry.merged:
        row[Field.MERGED_LINKS, 0] = "\n".join(pictures)
    else:
        row |= {(Field.IMAGE, number): link for number, link in enumerate(pictures, 1)}
    return {place: value for place, value in row.items() if value}


def type_of(links: list[str]) -> PostType:
    if len(links) > 1:
        return PostType.CAROUSEL
    if not links:
        return PostType.TEXT
    return PostType.VIDEO if links[0].endswith(".mp4") else PostType.IMAGE


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
