"""Lines of the terminal: photos found in them, messages shown on them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.chat.keyboard import Keyboard
from dukani.chat.line import Prompt
from dukani.chat.photo import photo_in
from dukani.chat.show import bubble, message_text, picture_label, prompt_text, row_lines
from dukani.sandbox.models import ChatMessage, Row


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "my red dress.JPG"
    path.touch()
    return path


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("{path}", ""),
        ("  {path}  ", ""),
        ("{path} do you have this in blue?", "do you have this in blue?"),
        ("{path} it's lovely", "it's lovely"),  # an apostrophe opens no quotation
        ("'{path}' hii iko?", "hii iko?"),
        ('"{path}"', ""),
        ("{escaped} hii iko?", "hii iko?"),  # as a terminal writes a dropped file
    ],
)
def test_a_line_that_begins_with_an_image_file_is_a_photo(
    photo: Path, line: str, caption: str
) -> None:
    written = line.format(path=photo, escaped=str(photo).replace(" ", "\\ "))
    assert photo_in(written) == (photo, caption)


def test_a_path_from_home_is_a_photo(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(photo.parent))
    assert photo_in("~/my red dress.JPG") == (photo, "")


@pytest.mark.parametrize(
    "line", ["red dress", "/nowhere/at/all.jpg", "", "'", "notes.txt", "~nobody/a.jpg", "x" * 9000]
)
def test_a_line_that_names_no_photo_is_words(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").touch()
    assert photo_in(line) is None


@given(st.text(max_size=60))
def test_no_line_breaks_the_search_for_a_photo(line: str) -> None:
    assert photo_in(line) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Here:\n*1. Imani* – KES 1\nblue\n2. Amani", "[picture: 2 options]"),
        ("*1. Imani* – KES 1", "[picture: 1 option]"),
        ("Your receipt", "[picture]"),
    ],
)
def test_a_picture_is_named_by_its_options(text: str, label: str) -> None:
    assert picture_label(text) == label


def test_a_message_shows_its_picture_words_and_numbered_rows() -> None:
    rows = [Row(id="option:1", title="1. Imani", description="KES 1"), Row(id="x", title="More")]
    message = ChatMessage(
        id="m", account="pwani", contact="+254712345678", author="boutique", text="*Tap*", rows=rows
    )

    shown = message_text(message, "Pwani Styles", Path("a.jpg")).plain

    assert shown.splitlines() == [
        "Pwani Styles:",
        "[picture] saved to a.jpg",
        "Tap",
        "  1. Imani – KES 1",
        "  2. More",
        "(write a number to tap that row)",
    ]


def test_only_closed_stars_are_bold() -> None:
    shown = bubble("*KES 1* and 2 * 3\n[red]")
    assert shown.plain == "KES 1 and 2 * 3\n[red]"
    assert [(s.start, s.end) for s in shown.spans] == [(0, 5)]


def test_rows_of_none_are_no_lines() -> None:
    assert row_lines([]) == []


def test_a_prompt_says_what_is_paid_to_whom() -> None:
    prompt = Prompt(checkout_request_id="c", business="ZURI", amount=14500, reference="DK-1")
    assert "Ksh 14,500 to ZURI, account DK-1" in prompt_text(prompt).plain


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (b"", []),
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\r\n\nlast without end", ["one", "", "last without end"]),
        ("habari 😊\n".encode() * 2000, ["habari 😊"] * 2000),  # longer than one read
        (b"\xff\n", ["\ufffd"]),
    ],
)
async def test_the_keyboard_gives_lines_as_they_are_typed(typed: bytes, lines: list[str]) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "wb") as pipe:
        pipe.write(typed)

    keyboard = Keyboard(read_end)

    assert [line async for line in keyboard.lines()] == lines
    assert keyboard.scripted
    os.close(read_end)
