"""What the desk tells the owner names what it is about, in both languages, without a gap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from dukani.agent.wording import owner_desk as desk
from dukani.agent.wording import owner_desk_orders as orders
from dukani.agent.wording import owner_desk_stock as stock
from dukani.core.clients.meta import MAX_CAPTION
from dukani.core.store.conversations import Waiting
from dukani.core.store.held_stock import Held
from dukani.core.store.owner_reports import SalesReport, WaitingOrder, WaitingRequest
from dukani.domain.acts import Language
from dukani.domain.owner_commands import SizeCount

LANGUAGES: tuple[Language, ...] = ("en", "sw")
NOW = datetime(2026, 11, 26, 21, 30, tzinfo=UTC)
HELD = Held("v", "GOWN/red/M", "GOWN", "Malaika Lace Gown", "red", "M", 4, 1, 450000)
SIZES = (SizeCount(size="M", units=2),)
REPORT = SalesReport(NOW, 7, 3, 2, 1, 1, 3, 1_350_000, 5)


def waiting(total: int, name: str | None = "Asha *Done*") -> WaitingOrder:
    return WaitingOrder("DK-7K3Q2A", 450_000, name, 2, NOW, total)


def pending(language: Language) -> str:
    return orders.pending_note(
        to_send=[waiting(12)],
        to_be_paid=[waiting(1)],
        to_review=[],
        people=[Waiting("c", "Zawadi", None)],
        requests=[WaitingRequest("gift_wrap", None, "DK-2222AA", 1)],
        currency="KES",
        language=language,
    )


Said = Callable[[Language], str]
TOLD: list[tuple[Said, tuple[str, ...]]] = [
    (desk.help_text, ("DK-…", "SKU")),
    (
        lambda lang: orders.sales_note(
            REPORT, "today", currency="KES", timezone="Africa/Nairobi", language=lang
        ),
        # half past nine in the evening in UTC is the next day in Nairobi
        ("27/11", "KES 13,500", "7", "5"),
    ),
    (pending, ("*12*", "*DK-7K3Q2A*", "“Asha Done”", "KES 4,500", "“Zawadi”", "DK-2222AA", "+ 11")),
    (
        lambda lang: orders.move_question(["DK-1A"], "dispatched", lang, who="*Asha*"),
        ("DK-1A", "Asha"),
    ),
    (lambda lang: orders.moved_note(["DK-1A", "DK-2B"], "delivered", lang), ("DK-1A", "DK-2B")),
    (lambda lang: orders.moved_note(["DK-1A"], "dispatched", lang, untold=["DK-1A"]), ("24",)),
    (lambda lang: orders.unknown_orders(["DK-9"], ["DK-9A"], lang), ("*DK-9*", "*DK-9A*")),
    (lambda lang: orders.unknown_orders(["DK-9"], [], lang), ("*DK-9*",)),
    (lambda lang: stock.stock_note([HELD], lang), ("GOWN", "4", "1", "*3*")),
    (lambda lang: stock.stock_question(HELD, -3, lang), ("3 ×", "Malaika", "M", "1")),
    (lambda lang: stock.stock_question(HELD, -4, lang), ("⚠️", "1")),
    (lambda lang: stock.stock_question(HELD, 5, lang), ("5 ×", "9")),
    (lambda lang: stock.stock_moved(replace(HELD, on_hand=9), 5, lang), ("5 ×", "*9*")),
    (lambda lang: stock.not_enough(HELD, 6, lang), ("4", "6", "GOWN/red/M")),
    (lambda lang: stock.how_many("GOWN", lang), ("GOWN",)),
    (lambda lang: stock.unknown_sku("GWN", ["GOWN"], lang), ("*GWN*", "*GOWN*")),
    (lambda lang: stock.unknown_variant("GOWN", ["XL"], [HELD], lang), ("*XL*", "*GOWN*", "M")),
    (lambda lang: stock.which_variant([HELD, HELD], lang), ("1.", "2.", "M", "(4)")),
    (
        lambda lang: stock.draft_question(
            "Red Dress", "dress", "red", 250_000, SIZES, currency="KES", language=lang
        ),
        ("*Red Dress*", "KES 2,500", "2 × M"),
    ),
    (
        lambda lang: stock.ask_sizes(
            "Red Dress", "dress", "red", 250_000, currency="KES", language=lang
        ),
        ("*Red Dress*", "KES 2,500", "*M 2, L 1*"),
    ),
    (lambda lang: stock.on_sale("Red Dress", "N-2A", lang), ("*Red Dress*", "*N-2A*")),
    (lambda lang: stock.not_on_sale("Red Dress", lang), ("*Red Dress*",)),
    (stock.stock_changed, ()),
    (lambda lang: desk.paused_customer("*Asha*", lang), ("Asha",)),
    (lambda lang: desk.asked("X.", lang, minutes=10), ("X.", "10")),
]
for standing in ("unpaid", "needs_review", "cancelled", "dispatched", "delivered", "returned"):
    TOLD.append((lambda lang, why=standing: orders.not_moved("DK-1A", why, lang), ("*DK-1A*",)))  # type: ignore[misc]
for what in get_args(desk.Told):
    TOLD.append((lambda lang, it=what: desk.told(it, lang, hours=3, who="*Asha*"), ()))  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("said", "holds"), TOLD)
def test_an_answer_holds_what_it_is_about(
    said: Said, holds: tuple[str, ...], language: Language
) -> None:
    text = said(language)
    assert [part for part in holds if part not in text] == []
    assert not re.search(r"None|[{}]|\*\*|  | [.,:;!?](?!\d)|\n\n|\.\.", text)
    assert text == text.strip() != ""


@pytest.mark.parametrize(("said", "_holds"), TOLD)
def test_the_languages_differ(said: Said, _holds: tuple[str, ...]) -> None:
    assert said("en") != said("sw")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_fits_above_buttons(language: Language) -> None:
    question = stock.draft_question(
        "N" * 60,
        "dress",
        "red",
        250_000,
        [SizeCount(size=str(n), units=99) for n in range(30, 50)],
        currency="KES",
        language=language,
    )
    assert len(desk.asked(question, language, minutes=1440)) <= MAX_CAPTION
    assert all(len(button.title) <= 20 for button in desk.buttons(12, language))
