"""An alert says in a line what happened, in the language of the device."""

from __future__ import annotations

import pytest

from dukani.agent.wording.alerts import Told, alert_text
from dukani.domain.acts import Language
from dukani.domain.alerts import ALERT_KINDS, AlertKind

ORDER = {"number": "DK-1042", "total_minor": 450000, "currency": "KES"}
TEMPLATE = {"name": "new_for_you", "language": "en", "reason": None, "day": None,
            "category": "marketing"}  # fmt: skip
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
        ("template_news", told(payload=TEMPLATE | {"what": "rejected", "reason": "INVALID_FORMAT"}),
         "en", "A template was rejected",
         "WhatsApp did not accept new for you (en) (INVALID FORMAT). Change it, and submit it"
         " again."),
        ("template_news", told(payload=TEMPLATE | {"what": "paused"}), "en",
         "A template is paused", "WhatsApp has paused new for you (en). What is sent with it"
         " waits."),
        ("template_news", told(payload=TEMPLATE | {"what": "disabled"}), "sw",
         "Kiolezo kimezimwa", "WhatsApp imezima new for you (en). Chagua kingine mahali pake."),
        ("template_news", told(payload=TEMPLATE | {"what": "category"}), "en",
         "A template is marketing now",
         "WhatsApp charges new for you (en) as marketing from now on."),
        ("template_news", told(payload=TEMPLATE | {"what": "next_category", "day": "2026-12-01"}),
         "en", "A template will be marketing",
         "WhatsApp will charge new for you (en) as marketing from 2026-12-01 on."),
        ("template_news", told(payload=TEMPLATE | {"what": "next_category"}), "sw",
         "Kiolezo kitakuwa cha matangazo",
         "WhatsApp itakitoza new for you (en) kama matangazo hivi karibuni."),
    ],
)  # fmt: skip
def test_an_alert_says_what_happened(
    kind: AlertKind, about: Told, language: Language, title: str, line: str
) -> None:
    text = alert_text(kind, about, language=language)

    assert (text.title, text.body) == (title, f"{line}\nZuri")


@pytest.mark.parametrize("kind", ALERT_KINDS)
def test_a_long_name_fits_and_draws_no_line_of_its_own(kind: AlertKind) -> None:
    template = {"name": "z" * 512, "language": "en", "what": "rejected", "reason": "w\n" * 300,
                "category": "utility", "day": None}  # fmt: skip
    about = told(
        payload=ORDER | template | {"available": 1}, customer_name="x\n" * 500, piece="y" * 500
    )

    text = alert_text(kind, about, language="en")

    assert len(text.title + text.body) < 250 and text.body.count("\n") == 1
