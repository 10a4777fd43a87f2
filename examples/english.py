"""The fortnight of the same three shops in English, from Monday 1 March 2027."""

from __future__ import annotations

from core.domain.recurrence import Pattern
from examples.entry import Entry

_CAFE, _CERAMICS, _BOOKS = "tiem-ca-phe", "shop-gom", "sach-cu"

ENGLISH = (
    Entry(
        "CAFE-1",
        _CAFE,
        0,
        "07:00",
        "Monday morning, doors open at half past six ☕ Hot or iced today?",
        topic="Coffee",
    ),
    Entry(
        "CLAY-1",
        _CERAMICS,
        0,
        "10:00",
        "The first kiln of March is open 🔥 Celadon cups, no two alike.",
        media=("celadon-1.jpg", "celadon-2.jpg", "celadon-3.jpg"),
        alt="A celadon cup from above\nSix cups in a row\nGlaze running down the foot of a cup",
    ),
    Entry(
        "BOOK-1",
        _BOOKS,
        1,
        "19:30",
        "Three things I learned in five years of selling old books 🧵",
        parts=(
            "1. People do not come for a cheap book. They come for one that was somebody's.",
            "2. Never erase the dedication on the first page. It is often the best part 💌",
            "3. Even the book that never sells meets its reader one day.",
        ),
    ),
    Entry(
        "CAFE-2",
        _CAFE,
        2,
        "16:00",
        "Banana bread leaves the oven at four 🍌 Twenty slices, first come, first served.",
        media=("banana-bread-1.jpg", "banana-bread-2.jpg"),
        merged=True,
        alt="A tray of banana bread\nOne slice beside a cup of tea",
    ),
    Entry(
        "CLAY-2",
        _CERAMICS,
        3,
        "11:30",
        "Sixty seconds in the workshop: from a lump of clay to a vase 🏺",
        media=("wheel.mp4",),
        comment="The vase in the video is 18 cm tall and in the shop from Thursday.",
    ),
    Entry(
        "CAFE-3",
        _CAFE,
        4,
        "17:00",
        "Acoustic night every Friday from half past seven 🎸 Free entry, please book a table.",
        pattern=Pattern.WEEKLY,
        days="Fri",
        until=13,
    ),
    Entry(
        "BOOK-2",
        _BOOKS,
        5,
        "15:00",
        "Forty comic books from the nineties have just joined the children's shelf 🎈",
        media=("comics-1.jpg", "comics-2.jpg"),
    ),
    Entry(
        "CLAY-3",
        _CERAMICS,
        5,
        "09:00",
        "Women's Day: two cups, and a saucer for free, until the eighth 🌷",
        pattern=Pattern.DATE_RANGE,
        until=7,
    ),
    Entry(
        "CAFE-4",
        _CAFE,
        7,
        "07:00",
        "Happy International Women's Day 💐 There is a rose for you at the counter.",
        media=("roses.jpg",),
        alt="A bunch of roses on the counter",
    ),
    Entry(
        "BOOK-3",
        _BOOKS,
        9,
        "12:00",
        "Whoever left a train ticket of 1998 in a dictionary: we keep it for you 🎫",
        media=("ticket.jpg",),
        alt="An old train ticket between two pages",
    ),
    Entry(
        "CLAY-4",
        _CERAMICS,
        10,
        "10:00",
        "Which of these glazes is made of wood ash? Tell us below 👇",
        media=("glaze-a.jpg", "glaze-b.jpg", "glaze-c.jpg"),
        merged=True,
    ),
    Entry(
        "CAFE-5", _CAFE, 13, "20:00", "Next week we try salt coffee. What do you think it tastes like? 🧂☕"
    ),
)
