"""Texts and their entities: what the server takes, how it tidies it, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, MessageEntity

from botapi.html_writer import as_html
from botapi.person import Person
from botapi.refusals import refused
from botapi.rich_text import RichText, read_message

CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\u202a\u202b\u202c"
)

RIGHT: list[tuple[str, str, list[str]]] = [
    ("<b>a</b> <strong>b</strong>", "a b", ["bold", "bold"]),
    ("<i>a</i><em>b</em>", "ab", ["italic", "italic"]),
    ("<u>a</u><ins>b</ins>", "ab", ["underline", "underline"]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", ["strikethrough"] * 3),
    ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", ["spoiler", "spoiler"]),
    ('<a href="https://threads.com/@a/post/1">seen</a>', "seen", ["text_link"]),
    ('<a href="tg://user?id=7">Linh</a>', "Linh", ["text_mention"]),
    ('<a href="http://localhost:8000/x">nowhere</a>', "nowhere", []),
    ("<code>x</code><pre>y</pre>", "xy", ["code", "pre"]),
    ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", ["pre"]),
    (
        "<blockquote>q</blockquote><blockquote expandable>r</blockquote>",
        "qr",
        ["blockquote", "expandable_blockquote"],
    ),
    ('<tg-time unix="1795600000" format="wDT">Wed 25 Nov</tg-time>', "Wed 25 Nov", ["date_time"]),
    ('<tg-time unix="1795600000">soon</tg-time>', "soon", ["date_time"]),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", ["custom_emoji"]),
    ("&lt;b&gt; &amp; &quot;q&quot; &#39;&#x1F600;", '<b> & "q" \'😀', []),
    ("fish & chips &copy; 3 > 2", "fish & chips &copy; 3 > 2", []),
    ("<B>big</b>, <i>same</>", "big, same", ["bold", "italic"]),
    ("<b></b>a", "a", []),
    ("  \n two\nlines \n ", "two\nlines", []),
    ("a\tb\x00c\rd\u202ee\u2028f", "a b cdef", []),
]
WRONG = [
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("1 <2", "Unclosed start tag"),
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("ế<br/>", 'Unsupported start tag "br/" at byte offset 3'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<a href='x>y</a>", "Unexpected end of name token"),
    ("<a href=http://x.vn>y</a>", "Unexpected end of name token"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler"'),
    ("<tg-time>now</tg-time>", "Invalid date specified"),
    ('<tg-time unix="soon">now</tg-time>', "Invalid date specified"),
    ('<tg-time unix="1795600000" format="Dw">now</tg-time>', "Invalid date format used"),
    ('<tg-time unix="1795600000" format="rt">now</tg-time>', "Invalid date format used"),
    ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier"),
]


@pytest.mark.parametrize(("source", "shown", "kinds"), RIGHT)
async def test_telegrams_html_is_read(
    bot: Bot, linh: Person, source: str, shown: str, kinds: list[str]
) -> None:
    """Each tag and reference becomes what Telegram shows; control characters and outer blanks go."""
    message = await bot.send_message(linh.id, source, parse_mode="HTML")
    assert linh.last.text == shown == message.text
    assert [entity.type for entity in message.entities] == kinds


@pytest.mark.parametrize(("source", "problem"), WRONG)
async def test_other_html_is_refused(bot: Bot, linh: Person, source: str, problem: str) -> None:
    """Anything else is "can't parse entities", with the place in bytes; nothing is sent."""
    with refused(f"Can't parse entities: {problem}"):
        await bot.send_message(linh.id, source, parse_mode="HTML")
    assert linh.messages == []


@given(st.text(CHARACTERS, min_size=1, max_size=60).filter(lambda text: text.isprintable() and text.strip()))
def test_escaped_text_is_shown_as_typed(text: str) -> None:
    """Whatever is escaped comes out as it was, and so does its HTML when it is read again."""
    typed = read_message(text, "", None).text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    rich = read_message(f"<b>{escaped}</b>x", "HTML", None)
    assert rich.text == typed + "x" if text == typed else typed in rich.text
    assert read_message(as_html(rich), "HTML", None) == rich


async def test_a_text_has_1_to_4096_units(bot: Bot, linh: Person) -> None:
    """Lengths count UTF-16 units after parsing; an emoji has two."""
    await bot.send_message(linh.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    await bot.send_message(linh.id, "😀" * 2048)
    for text in ("a" * 4097, "😀" * 2048 + "a"):
        with refused("Message is too long"):
            await bot.send_message(linh.id, text)
    with refused("Message text is empty"):
        await bot.send_message(linh.id, "")
    for text in (" \n ", "\u2800\u3000"):
        with refused("Text must be non-empty"):
            await bot.send_message(linh.id, text)


async def test_entities_lie_within_the_text(bot: Bot, linh: Person) -> None:
    """Entities given as JSON are checked in UTF-16 units."""
    await bot.send_message(linh.id, "😀ab", entities=[MessageEntity("bold", 2, 2)])
    assert linh.last.html == "😀<b>ab</b>"
    for offset, length in ((2, 3), (5, 1), (-1, 1)):
        with refused("Can't parse MessageEntity"):
            await bot.send_message(linh.id, "😀ab", entities=[MessageEntity("bold", offset, length)])
    with refused("Unsupported type"):
        await bot.send_message(linh.id, "ab", entities=[MessageEntity("loud", 0, 1)])
    when = {"unix_time": 1795600000, "date_time_format": "x"}
    with refused("Invalid date-time format"):
        await bot.send_message(linh.id, "ab", entities=[MessageEntity("date_time", 0, 2, api_kwargs=when)])


async def test_entities_move_with_the_trimmed_text(bot: Bot, linh: Person) -> None:
    """Removed characters shift and shorten what stands over them."""
    await bot.send_message(linh.id, "\r\n  a <b>\rb\u202ec </b> \n", parse_mode="HTML")
    assert linh.last.html == "a <b>bc</b>"


async def test_only_html_is_understood(bot: Bot, linh: Person) -> None:
    """Other modes are refused rather than misread."""
    for mode in ("MarkdownV2", "Markdown", "BBCode"):
        with refused("mode"):
            await bot.send_message(linh.id, "*a*", parse_mode=mode)


def test_nested_entities_are_written_back_once() -> None:
    """An entity that spans several runs is one pair of tags."""
    source = (
        '<b>a <i>b</i> <a href="https://x.vn/?a=1&amp;b=2">c</a></b><tg-time unix="5" format="t">d</tg-time>'
    )
    rich = read_message(source, "HTML", None)
    assert as_html(rich) == source
    assert rich.part(rich.entities[0]) == "a b c"
    assert as_html(RichText("<&>")) == "&lt;&amp;&gt;"
