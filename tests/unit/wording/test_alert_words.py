"""An alert says in a line what happened, in the language of the device."""

from __future__ import annotations

import pytest

from dukani.agent.wording.alerts import Told, alert_text
from dukani.domain.acts import Language
from dukani.domain.alerts import ALERT_KINDS, AlertKind

ORDER = {"number": "DK-1042", "total_minor": 450000, "currency": "KES"}
PIECE = {"piece": "Amani dress", "colour": "blue", "size": "M"}


def told(**given: object) -> Told:
    return Told(boutique="Zuri", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "about", "language", "title", "line"),
    [
        ("new_order", told(payload=ORDER, customer_name="Wanjiku"), "en",
         "New order: KES 4,500", "Wanjiku has paid DK-1042."),
        ("new_order", told(payload=ORDER, customer_name="Wanjiku"), "sw",
         "Oda mpya: KES 4,500", "Wanjiku amelipia DK-1042."),
        ("payment_review", told(payload=ORDER), "en",
         "Check a payment: KES 4,500", "DK-1042 of a customer needs you to look at its payment."),
        ("person_wanted", told(payload={}, customer_name="Wanjiku"), "sw",
         "Wanjiku anataka mhudumu", "Msaidizi amekuachia mazungumzo."),
        ("low_stock", told(payload={"available": 2}, **PIECE), "en",
         "Only 2 left", "Amani dress, blue, M"),
        ("low_stock", told(payload={"available": 0}, **PIECE), "sw",
         "Imeisha", "Amani dress, blue, M"),
    ],
)  # fmt: skip
def test_an_alert_says_what_happened(
    kind: AlertKind, about: Told, language: Language, title: str, line: str
) -> None:
    text = alert_text(kind, about, language=language)

    assert (text.title, text.body) == (title, f"{line}\nZuri")


@pytest.mark.parametrize("kind", ALERT_KINDS)
def test_a_long_name_fits_and_draws_no_line_of_its_own(kind: AlertKind) -> None:
    about = told(payload=ORDER | {"available": 1}, customer_name="x\n" * 500, piece="y" * 500)

    text = alert_text(kind, about, language="en")

    assert len(text.title + text.body) < 250 and text.body.count("\n") == 1
