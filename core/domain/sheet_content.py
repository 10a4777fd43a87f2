"""What a row of a calendar sheet wants to publish: texts, pictures and videos, checked against Threads' limits."""

from __future__ import annotations

from dataclasses import replace

from core.domain.content_rules import Finding, Part, review
from core.domain.errors import RefusedError
from core.domain.media import kind_of, media_url, split_links
from core.domain.post import Content, Media, MediaKind, PostType
from core.domain.sheet import Cell, CellKind
from core.domain.sheet_headers import Column, Field, Header
from core.domain.sheet_lines import Line, text_of
from core.domain.sheet_problems import CellError, RowProblems, quoted, told
from core.domain.sheet_words import means_nothing, type_of
from core.domain.topic import check_topic

_LEFT_BY_PROGRAMS = frozenset({"undefined", "null", "nan", "none", "[object object]"})
_SCHEMES = ("http://", "https://")


def read_content(line: Line, header: Header, problems: RowProblems) -> Content:
    """Read texts and media; what is wrong with them is noted in ``problems``."""
    content = Content(
        text=_read_text(line, Field.CONTENT, problems),
        media=_read_media(line, problems),
        replies=_read_parts(line, problems),
        first_comment=_read_text(line, Field.FIRST_COMMENT, problems),
        topic=_read_topic(line, problems),
    )
    if content.text or content.media or not problems.errors:
        _judge(content, line, header, problems)
    if not problems.errors:
        _compare(content, line, header, problems)
    return content


def _judge(content: Content, line: Line, header: Header, problems: RowProblems) -> None:
    """Note what Threads would refuse or might, each at the cell that is meant."""
    for finding in review(content):
        column = _column_of(finding, line, header)
        if finding.error:
            problems.error(column, CellError(finding.cause, finding.remedy))
        else:
            problems.warn(column, finding.cause, finding.remedy)


def _column_of(finding: Finding, line: Line, header: Header) -> Column | None:
    match finding.part:
        case Part.MEDIA:
            columns = [column for column, _ in line.media if column.field is not Field.ALT_TEXT]
        case Part.ALT_TEXT:
            columns = [column for column, _ in line.media if column.field is Field.ALT_TEXT]
        case Part.THREAD_PART:
            columns = [column for column, _ in line.all(Field.PART)][finding.index :]
        case Part.FIRST_COMMENT:
            columns = list(header.of(Field.FIRST_COMMENT))
        case _:
            columns = list(header.of(Field.CONTENT))
    return next(iter(columns), None)


def _read_text(line: Line, field: Field, problems: RowProblems) -> str:
    found = line.cell(field)
    return _text(*found, problems) if found else ""


def _text(column: Column, cell: Cell, problems: RowProblems) -> str:
    text = text_of(column, cell, problems)
    if text.casefold() in _LEFT_BY_PROGRAMS:
        problems.error(column, CellError(f"{quoted(text)} was left by a program.", "Write the text."))
    return text


def _read_parts(line: Line, problems: RowProblems) -> tuple[str, ...]:
    parts = (_text(column, cell, problems) for column, cell in line.all(Field.PART))
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


def _read_media(line: Line, problems: RowProblems) -> tuple[Media, ...]:
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
    return _described(items, line, problems)


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


def _compare(content: Content, line: Line, header: Header, problems: RowProblems) -> None:
    """Compare what is there with what the row's type says; the type itself follows from the media."""
    found = line.cell(Field.TYPE)
    if found is not None and found[1].kind is CellKind.TEXT:
        _compare_type(found[0], found[1].value, content, problems)
    if not content.text and not problems.errors:
        problems.warn(header.one(Field.CONTENT), "The post has no text.", "Write one if it is not meant so.")


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
