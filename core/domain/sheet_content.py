"""What a row of a calendar sheet wants to publish: texts, pictures and videos, checked against Threads' limits."""

from __future__ import annotations

from dataclasses import replace

from core.domain.errors import RefusedError
from core.domain.links import LINK_LIMIT, LINK_WARNING, unique_links
from core.domain.media import MEDIA_LIMIT, check_media, doubt, kind_of, media_url, split_links
from core.domain.post import Content, Media, MediaKind, PostType
from core.domain.sheet import Cell, CellKind
from core.domain.sheet_headers import Column, Field, Header
from core.domain.sheet_lines import Line, text_of
from core.domain.sheet_problems import CellError, RowProblems, quoted, told
from core.domain.sheet_words import means_nothing, type_of
from core.domain.text import TEXT_LIMIT, Fit, judge_length
from core.domain.topic import check_topic

_LEFT_BY_PROGRAMS = frozenset({"undefined", "null", "nan", "none", "[object object]"})
_SCHEMES = ("http://", "https://")


def read_content(line: Line, header: Header, problems: RowProblems) -> Content:
    """Read texts and media; what is wrong with them is noted in ``problems``."""
    content = Content(
        text=_checked_text(line, Field.CONTENT, problems),
        media=_read_media(line, header, problems),
        replies=_read_parts(line, problems),
        first_comment=_checked_text(line, Field.FIRST_COMMENT, problems),
        topic=_read_topic(line, problems),
    )
    _check_presence(content, line, header, problems)
    return content


def _checked_text(line: Line, field: Field, problems: RowProblems) -> str:
    found = line.cell(field)
    return _checked(*found, problems) if found else ""


def _checked(column: Column, cell: Cell, problems: RowProblems) -> str:
    text = text_of(column, cell, problems)
    if text.casefold() in _LEFT_BY_PROGRAMS:
        problems.error(column, CellError(f"{quoted(text)} was left by a program.", "Write the text."))
    verdict = judge_length(text)
    if verdict.fit is Fit.TOO_LONG:
        over = verdict.count.doc - TEXT_LIMIT
        remedy = f"Shorten it by {over}, or move the end into a column of its own, such as Phần 2 or Part 2."
        problems.error(column, CellError(told(verdict.sentence).cause, remedy))
        return text
    if verdict.fit is Fit.DOUBTFUL:
        doubtful = told(verdict.sentence)
        problems.warn(column, doubtful.cause, doubtful.remedy)
    _check_links(column, text, problems)
    return text


def _check_links(column: Column, text: str, problems: RowProblems) -> None:
    count = len(unique_links(text))
    cause = f"The text has {count} different links and Threads allows {LINK_LIMIT}."
    if count > LINK_LIMIT:
        problems.error(
            column, CellError(cause, f"Remove {count - LINK_LIMIT}, or move them into the first comment.")
        )
    elif count >= LINK_WARNING:
        problems.warn(column, cause, "Add no more.")


def _read_parts(line: Line, problems: RowProblems) -> tuple[str, ...]:
    parts = (_checked(column, cell, problems) for column, cell in line.all(Field.PART))
    return tuple(part for part in parts if part)


def _read_topic(line: Line, problems: RowProblems) -> str:
    found = line.cell(Field.TOPIC)
    topic = text_of(*found, problems).lstrip("#").strip() if found else ""
    fault = check_topic(topic) if topic else None
    if found and fault:
        problems.warn(
            found[0], told(fault).cause, "The post goes out without a topic; write one that Threads allows."
        )
        return ""
    return topic


def _read_media(line: Line, header: Header, problems: RowProblems) -> tuple[Media, ...]:
    wants_video = type_of(line.text(Field.TYPE, problems)) is PostType.VIDEO
    media: dict[str, Media] = {}
    for column, cell in line.media:
        if column.field is Field.ALT_TEXT:
            continue
        for item in _items(column, cell, problems):
            if item.url not in media:
                media[item.url] = item
            elif column.field is not Field.MERGED_LINKS:
                problems.warn(
                    column, f"{item.url} stands twice in the row.", "It is used once; remove the other."
                )
    items = tuple(media.values())
    if wants_video and len(items) == 1:
        items = (replace(items[0], kind=MediaKind.VIDEO),)
    described = _described(items, line, problems)
    _check_media(described, line, header, problems)
    return described


def _items(column: Column, cell: Cell, problems: RowProblems) -> list[Media]:
    found: list[Media] = []
    for link in _links(column, cell, problems):
        try:
            url = media_url(link)
        except RefusedError as error:
            problems.error(column, told(str(error)))
        else:
            kind = MediaKind.VIDEO if column.field is Field.VIDEO else kind_of(url)
            found.append(Media(kind, url))
    return found


def _links(column: Column, cell: Cell, problems: RowProblems) -> tuple[str, ...]:
    """The addresses that a cell lists; where its text is none, the one to which its hyperlink leads."""
    leads = (cell.link,) if cell.link.startswith(_SCHEMES) else ()
    if leads and cell.kind is not CellKind.TEXT:
        return leads
    text = text_of(column, cell, problems)
    listed = () if means_nothing(text) else split_links(text)
    return listed if listed and all(map(_is_address, listed)) else leads or listed


def _is_address(text: str) -> bool:
    try:
        media_url(text)
    except RefusedError:
        return False
    return True


def _described(media: tuple[Media, ...], line: Line, problems: RowProblems) -> tuple[Media, ...]:
    """Give the items their descriptions: numbered columns by number, else one line of the cell for each."""
    texts: dict[int, str] = {}
    cells = [pair for pair in line.media if pair[0].field is Field.ALT_TEXT]
    for column, cell in cells:
        text = text_of(column, cell, problems)
        if column.number or len(media) == 1:
            texts[column.number or 1] = text
        else:
            texts.update(enumerate((part.strip() for part in text.replace("|", "\n").split("\n")), 1))
    if cells and any(text and number > len(media) for number, text in texts.items()):
        cause = f"There are more descriptions than pictures and videos ({len(media)})."
        problems.warn(cells[0][0], cause, "The last ones are left out; write one line for each picture.")
    return tuple(replace(item, alt_text=texts.get(number, "")) for number, item in enumerate(media, 1))


def _check_media(media: tuple[Media, ...], line: Line, header: Header, problems: RowProblems) -> None:
    column = next((column for column, _ in line.media), None) or header.one(Field.IMAGE)
    try:
        check_media(media)
    except RefusedError as error:
        problems.error(column, told(str(error)))
    for item in media[:MEDIA_LIMIT]:
        doubtful = doubt(item)
        if doubtful:
            problems.warn(column, told(doubtful).cause, told(doubtful).remedy)


def _check_presence(content: Content, line: Line, header: Header, problems: RowProblems) -> None:
    """Compare what is there with what the row's type says; the type itself follows from the media."""
    if problems.errors:
        return
    if not content.text and not content.media:
        cause = "The row has neither a text nor a picture or video."
        problems.error(header.one(Field.CONTENT), CellError(cause, "Write the text, or delete the row."))
        return
    if not content.text:
        problems.warn(header.one(Field.CONTENT), "The post has no text.", "Write one if it is not meant so.")
    found = line.cell(Field.TYPE)
    if found is not None and found[1].kind is CellKind.TEXT:
        _compare_type(found[0], found[1].value, content, problems)


def _compare_type(column: Column, word: str, content: Content, problems: RowProblems) -> None:
    wanted, real = type_of(word), content.type
    if wanted is None:
        cause = f"{quoted(word)} is no type of post."
        problems.warn(column, cause, f"The post goes out as {real}; write TEXT, IMAGE, CAROUSEL or VIDEO.")
    elif not content.media and wanted is not PostType.TEXT:
        remedy = f"Add the link of the {'video' if wanted is PostType.VIDEO else 'picture'}, or change the type to TEXT."
        problems.error(
            column, CellError(f"The type is {quoted(word)} but the row has no picture or video.", remedy)
        )
    elif wanted is not real:
        count = len(content.media)
        links = "1 link" if count == 1 else f"{count} links"
        problems.warn(
            column, f"The type is {quoted(word)} but the row has {links}.", f"The post goes out as {real}."
        )
