"""The numbers on contact cards, as they are written there, each once and with its name."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.domain.cards import CardNumber, numbers_of

BABA = CardNumber("0711 223 344", "Baba Asha")


def a_card(name: Any = "Baba Asha", phones: Any = ("0711 223 344",)) -> dict[str, Any]:
    return {"name": name, "phones": list(phones) if isinstance(phones, tuple) else phones}


@pytest.mark.parametrize(
    ("cards", "numbers"),
    [
        ([a_card()], [BABA]),
        ([a_card(phones=("1", "2"))], [CardNumber("1", "Baba Asha"), CardNumber("2", "Baba Asha")]),
        # The same number on two cards is the first one's.
        ([a_card(), a_card("Dada Neema")], [BABA]),
        ([a_card(), a_card("Dada Neema", ("0722",))], [BABA, CardNumber("0722", "Dada Neema")]),
        ([a_card(name=None)], [CardNumber("0711 223 344")]),
        # What is no card, no list, no number.
        ([a_card(phones=()), "card", None, a_card(phones="0711"), a_card(phones=[7, None])], []),
        ("cards", []),
        (None, []),
    ],
)
def test_the_numbers_of_cards(cards: object, numbers: list[CardNumber]) -> None:
    assert list(numbers_of({"contacts": cards})) == numbers


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        # WhatsApp's own id of a number says it with its country.
        (["item1.TEL;waid=254711223344:0711 223344"], ["+254711223344"]),
        (["TEL;TYPE=CELL:0711 223 344"], ["0711 223 344"]),
        (["TEL:0711223344"], ["0711223344"]),
        (["TEL;VALUE=uri:tel:+254711223344"], ["+254711223344"]),
        (["tel;type=cell:0711223344", "TEL:0722"], ["0711223344", "0722"]),
        # A long line goes on in the next.
        (["TEL;TYPE=CELL;", " waid=254711223344:+254 711"], ["+254711223344"]),
        (["TEL;TYPE=CELL:"], []),
        (["EMAIL:tel@example.com", "NOTE:TEL 0711223344"], []),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_numbers_of_a_vcard(lines: list[str], numbers: list[str], line_end: str) -> None:
    vcard = line_end.join(["BEGIN:VCARD", "VERSION:3.0", "FN:Baba Asha", *lines, "END:VCARD"])

    assert numbers_of({}, [vcard]) == tuple(CardNumber(number, "Baba Asha") for number in numbers)


def test_a_file_may_hold_several_vcards() -> None:
    file = "\n".join(
        f"BEGIN:VCARD\nFN;CHARSET=UTF-8:{name}\nTEL:{phone}\nEND:VCARD"
        for name, phone in (("Baba", "0711"), ("Dada", "0722"))
    )

    assert numbers_of({}, [file]) == (CardNumber("0711", "Baba"), CardNumber("0722", "Dada"))


def test_cards_of_the_message_come_before_those_in_files() -> None:
    told = numbers_of({"contacts": [a_card()]}, ["FN:Dada\nTEL:0722", "no vcard at all"])

    assert told == (BABA, CardNumber("0722", "Dada"))
