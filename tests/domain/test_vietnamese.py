"""What core says, in Vietnamese: the tables themselves, and sentences that core really says."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

import pytest

from core.adapters.workbook.guard import check_container
from core.domain.access import Rights, Role
from core.domain.classifier import Symptom, Transport, classify, container_failure
from core.domain.content_rules import review
from core.domain.errors import AutopostError
from core.domain.media import doubt, media_url
from core.domain.media_files import fitting_size
from core.domain.post import Content, Media, MediaKind
from core.domain.recurrence import Pattern, Recurrence, next_after, problems
from core.domain.retry import GiveUp, decide
from core.domain.sheet import Cell, CellKind
from core.domain.sheet_problems import CellError
from core.domain.sheet_times import read_when
from core.domain.spread import spread
from core.domain.threads_codes import RULES, Call
from core.domain.topic import check_topic
from core.domain.video_files import read_video
from core.domain.vietnamese import TABLES, in_vietnamese
from core.domain.vietnamese_phrases import names
from core.domain.vietnamese_words import PIECES
from core.domain.weekdays import parse_weekdays
from core.domain.when import parse_rule, parse_when
from core.domain.zones import describe, resolve_local, zone

PAIRS = [pair for table in TABLES for pair in table.items()]
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
ENGLISH = re.compile(
    r"\b(?:the|is|are|was|has|have|not|and|or|with|its?|of|from|this|that|post|posts|account|accounts|write|choose"
    r"|again|been|which|does|only|row|rows|column|cell|nothing|threads' )\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r'`[^`]*`|"[^"]*"|\{[^}]*\}|--[\w-]+|https?://\S+|Tài khoản / Account')
SIGN = re.compile("[à-ỹđ]", re.IGNORECASE)


def filled(pattern: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)(?::vi)?\}", lambda found: values[found[1]], pattern)


@pytest.mark.parametrize(("english", "told"), [*PAIRS, *PIECES.items()])
def test_both_sides_have_the_same_places(english: str, told: str) -> None:
    """No value is lost in translation, and none is named that the sentence does not have."""
    assert Counter(names(english)) == Counter(names(told))
    assert len(set(names(english))) == len(names(english))


@pytest.mark.parametrize(("english", "told"), PAIRS)
def test_a_translation_is_vietnamese(english: str, told: str) -> None:
    """It has Vietnamese letters, keeps commands, and leaves no English word behind."""
    assert SIGN.search(told)
    assert ENGLISH.findall(QUOTED.sub(" ", told)) == []
    assert re.findall("`[^`]*`", english) == re.findall("`[^`]*`", told)


@pytest.mark.parametrize(("english", "told"), PAIRS)
def test_cause_and_remedy_are_parted_alike(english: str, told: str) -> None:
    """Where core parts a sentence into cause and remedy at its last colon, the translation has one too."""
    cause, colon, remedy = english.rpartition(": ")
    if colon:
        told_cause, told_colon, told_remedy = told.rpartition(": ")
        assert told_colon
        assert (names(cause), names(remedy)) == (names(told_cause), names(told_remedy))
    assert english.endswith((".", "?")) is told.endswith((".", "?"))


def test_a_sentence_stands_in_one_table() -> None:
    """Two tables do not translate the same sentence."""
    counted = Counter(re.sub(r"\{[^}]*\}", "{}", english) for english, _ in PAIRS)
    assert [english for english, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(("english", "told"), PAIRS)
def test_each_sentence_finds_its_own_translation(english: str, told: str) -> None:
    """Whatever the values are: of several sentences, over several lines, with quotes and braces."""
    values = {name: f"Số {number}. A\n«{{x}}» {number}" for number, name in enumerate(names(english))}
    assert in_vietnamese(filled(english, values)) == filled(told, values)


def telling(action: Callable[[], object]) -> str:
    with pytest.raises((AutopostError, CellError)) as caught:
        action()
    return str(caught.value)


WEEKLY = Recurrence(Pattern.WEEKLY, date(2027, 3, 1), clock_time(9), "Asia/Ho_Chi_Minh")
MONTHLY = replace(WEEKLY, pattern=Pattern.MONTHLY, start=date(2027, 2, 1), day_of_month=31)


def said() -> dict[str, tuple[str, ...]]:
    """Sentences of core's own making, each with the values that have to come through."""
    note = next_after(MONTHLY, NOON)
    spring = resolve_local(datetime.fromisoformat("2027-03-28T02:30"), ZoneInfo("Europe/Berlin"))
    cell = Cell("C7", CellKind.TEXT, "30.02.2027")
    twice = decide(replace(container_failure("ERROR", "UNKNOWN")), 9, NOON)
    assert note is not None
    assert isinstance(twice, GiveUp)
    return {
        telling(lambda: zone("Hanoy")): ('"Hanoy"', "Asia/Ho_Chi_Minh"),
        telling(lambda: zone("xx")): ('"xx"', "UTC+7"),
        telling(lambda: zone("UTC+99")): ('"UTC+99"', "UTC-12"),
        problems(WEEKLY)[0]: (),
        problems(replace(WEEKLY, weekdays=frozenset((1,)), until=date(2027, 2, 1)))[0]: (
            "1/2/2027",
            "1/3/2027",
        ),
        note.notes[0]: ("31", "28", "tháng 2"),
        f"{note.notes[0]}.": ("31", "28", "tháng 2"),
        spring.note: ("02:30", "28/3/2027", "Europe/Berlin", "03:30"),
        telling(lambda: parse_weekdays("Blursday")): ('"blursday"', "T2, T5, CN"),
        telling(lambda: read_when(cell)): ('"30.02.2027"', "01/03/2027 09:30"),
        telling(lambda: media_url("not an address")): ('"not an address"', "https://example.com/photo.jpg"),
        doubt(Media(MediaKind.IMAGE, "https://drive.google.com/file/d/1/view")): ("drive.google.com",),
        doubt(Media(MediaKind.IMAGE, "https://a.vn/x.gif")): (".gif", "ảnh JPEG và PNG"),
        check_topic("a.b") or "": ('"a.b"', '"."'),
        telling(lambda: spread(9, NOON, NOON + timedelta(minutes=1))): ("9", "5 min", "40 min", "1 min"),
        telling(lambda: check_container(b"", "Lịch tháng 3. Mới.xlsx")): ("Lịch tháng 3. Mới.xlsx",),
        telling(lambda: check_container(b"<html>", "a.xlsx")): ("a.xlsx", "XML"),
        telling(lambda: Rights().require(Role.VIEWER, "a1")): (),
        telling(lambda: parse_when("whenever", NOON, HANOI)): ('"whenever"', '"ngày mai 9h"'),
        telling(lambda: parse_when("tue 7.12.2026 9:00", NOON, HANOI)): ("7/12/2026", "thứ Hai", "thứ Ba"),
        telling(lambda: parse_when("1.1.2020 9:00", NOON, HANOI)): ("1/1/2020",),
        telling(lambda: parse_rule("every 9:00 day of", NOON, HANOI)): ("hằng tháng 15 10h",),
        telling(lambda: fitting_size(5000, 10)): ("5000", "10"),
        telling(lambda: read_video(b"")): ("moov",),
        twice.reason: ("9",),
        f"scheduled for {describe(NOON, HANOI)}": ("thứ Hai 7/12/2026 19:00 (Asia/Ho_Chi_Minh)",),
        "held: outcome_unknown": ("chưa rõ kết quả",),
        "Rows 3, 4 left out: published already.": ("3, 4",),
        "Post abc has the same content: not imported twice.": ("abc",),
    }


@pytest.mark.parametrize(("sentence", "values"), said().items())
def test_what_core_really_says_is_translated(sentence: str, values: tuple[str, ...]) -> None:
    """The sentence comes out in Vietnamese, with its values."""
    told = in_vietnamese(sentence)
    assert told != sentence
    assert SIGN.search(told)
    assert ENGLISH.findall(QUOTED.sub(" ", told)) == []
    for value in values:
        assert value in told


def test_the_examples_in_vietnamese_work() -> None:
    """What a Vietnamese sentence tells a person to write is understood."""
    for parse, wrong in ((parse_when, "?"), (parse_rule, "?")):
        told = in_vietnamese(telling(lambda parse=parse, wrong=wrong: parse(wrong, NOON, HANOI)))
        examples = re.findall('"([^"]+)"', told.partition(": ")[2])
        assert len(examples) > 1
        for example in examples:
            parse(example, NOON, HANOI)
    for wrong in ("hôm qua 9h", "thứ 8 9h", "in 5 years", "25/12 2030", "cuối tuần này 9h"):
        told = in_vietnamese(telling(lambda wrong=wrong: parse_when(wrong, NOON, HANOI)))
        examples = re.findall('"([^"]+)"', told.partition(": ")[2])
        assert examples
        for example in examples:
            parse_when(example, NOON, HANOI)
    told = in_vietnamese(telling(lambda: parse_when("cuối tuần 9h", NOON, HANOI)))
    every, once = re.findall('"([^"]+)"', told.partition(": ")[2])
    assert (every, once) == ("mỗi cuối tuần 09:00", "thứ 7 09:00")
    parse_rule(every, NOON, HANOI)
    parse_when(once, NOON, HANOI)
    for example in re.findall(
        '"([^"]+)"', in_vietnamese(telling(lambda: parse_weekdays("x"))).partition(": ")[2]
    ):
        parse_weekdays(example)


def test_every_finding_of_a_bad_post_is_translated() -> None:
    """Cause and remedy of each, alone and behind one another."""
    links = " ".join(f"https://a{number}.vn" for number in range(6))
    media = tuple(Media(MediaKind.IMAGE, f"https://a.vn/{number}.jpg", "x" * 1001) for number in range(21))
    bad = [
        Content(text="á" * 501, replies=(links,), first_comment="đ" * 300, topic="a&b"),
        Content(text="", media=media, link_attachment="https://a.vn"),
        Content(text=""),
        Content(text=" ".join(links.split()[:4])),
    ]
    findings = [finding for content in bad for finding in review(content)]
    assert len({finding.part for finding in findings}) == 7
    for finding in findings:
        cause, remedy = in_vietnamese(finding.cause), in_vietnamese(finding.remedy)
        assert cause != finding.cause
        assert not finding.remedy or remedy != finding.remedy
        assert in_vietnamese(f"{finding.cause} {finding.remedy}".strip()) == f"{cause} {remedy}".strip()


def test_every_failure_at_threads_is_translated() -> None:
    """Whatever code, symbol or silence it was classified from."""
    symptoms = [Symptom(http_status=400, code=code, subcode=subcode) for code, subcode in RULES]
    symptoms += [Symptom(transport=transport) for transport in Transport]
    failures = [classify(symptom, call) for symptom in symptoms for call in Call]
    failures += [container_failure("ERROR", "INVALID_DURATION"), container_failure("EXPIRED")]
    for failure in failures:
        told = in_vietnamese(f"Threads does not accept the token: {failure.cause} {failure.remedy}")
        assert told == (
            f"Threads không chấp nhận mã truy cập: {in_vietnamese(failure.cause)} {in_vietnamese(failure.remedy)}"
        )
        assert ENGLISH.findall(told) == []


def test_a_row_with_many_problems_is_translated() -> None:
    """Several causes and remedies behind one another, one of which ends with names."""
    told = in_vietnamese(
        'No linked account is called "Quán. B". Known are: quan-a, Quan-C. The post has no text. Write one if it is not'
        " meant so. its account is not linked Link the account again, then retry the post."
    )
    assert told == (
        'Không có tài khoản đã liên kết nào tên "Quán. B". Các tài khoản đã liên kết: quan-a, Quan-C. Bài đăng không có'
        " nội dung chữ. Hãy viết nội dung nếu không cố ý. tài khoản của bài chưa được liên kết Hãy liên kết lại tài khoản,"
        " rồi đăng lại bài."
    )


def test_what_is_not_known_stays_as_it_is() -> None:
    """Other texts are returned unchanged, and an unknown sentence between known ones too."""
    for text in ("", " ", ".", "Hello. World", "Bài đăng của bạn. Rất hay!", "{name}", '"A" is odd: "B"'):
        assert in_vietnamese(text) == text
    assert in_vietnamese("Threads did not answer. Odd (x.y). Shorten it.") == (
        "Threads không trả lời. Odd (x.y). Hãy rút ngắn lại."
    )


def test_the_words_of_a_person_are_not_translated() -> None:
    """A value that reads like a word of core stays as the person wrote it."""
    assert '"account"' in in_vietnamese(
        '"account" cannot name an account: use a word without spaces, such as shop-hanoi.'
    )
    assert '"Write the text."' in in_vietnamese('"Write the text." is no status.')


def test_it_is_fast() -> None:
    """A sentence takes less than 0.2 ms, joined from two or unknown too."""
    whole = [filled(english, dict.fromkeys(names(english), "Quán A")) for english, _ in PAIRS]
    joined = [f"{one} {other}" for one, other in zip(whole, whole[7:], strict=False)]
    unknown = [sentence.replace("e", "x") for sentence in whole]
    for sentences in (whole, joined, unknown):
        assert min(_seconds(sentences) for _ in range(5)) / len(sentences) < 0.0002


@pytest.mark.parametrize(
    "hostile",
    [
        "A. " * 50_000,
        "held: " * 9 + "A " * 50_000,
        "held: A. " * 4_000,
        'held: "A" B. ' * 4_000,
        "held: " * 50_000,
        '" is no time zone: ' * 20_000,
        "x" * 1_000_000,
    ],
)
def test_no_text_keeps_it_busy(hostile: str) -> None:
    """The time grows with the length of the text and no faster, whatever is in it."""
    begun = time.perf_counter()
    in_vietnamese(hostile)
    assert time.perf_counter() - begun < 1


def _seconds(sentences: list[str]) -> float:
    begun = time.perf_counter()
    for sentence in sentences:
        in_vietnamese(sentence)
    return time.perf_counter() - begun
