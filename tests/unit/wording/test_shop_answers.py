"""Questions about the shop are answered in the customer's language, the answer first."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.agent.wording.delivery import days
from dukani.domain.acts import Language
from dukani.domain.opening_hours import read_week
from tests.unit.wording.samples import ANSWERS, PICK_UP, THIKA, voice

MON_TO_SAT = read_week({"mon-sat": "9:00-18:00"})
PRAYERS = read_week({"daily": "9-20", "fri": ["9:00-12:30", "14:00-20:00"]})


def said(language: Language, topic: Any, **values: Any) -> str:
    (reply,) = word([f.ShopAnswer(topic=topic, **values)], voice(language))
    return reply.text


@pytest.mark.parametrize(
    ("language", "weekday", "text"),
    [
        ("sw", 6, "Hapana, Jumapili tumefunga. Tuko wazi Jumatatu–Jumamosi saa 3:00 asubuhi "
                  "hadi 12:00 jioni (9:00–18:00)."),
        ("sw", 5, "Ndiyo, Jumamosi tuko wazi saa 3:00 asubuhi hadi 12:00 jioni (9:00–18:00)."),
        ("sw", None, "Tuko wazi Jumatatu–Jumamosi saa 3:00 asubuhi hadi 12:00 jioni (9:00–18:00). "
                     "Jumapili tumefunga."),
        ("en", 6, "No, we're closed on Sunday. We're open Monday–Saturday 9 am–6 pm."),
        ("en", 5, "Yes, we're open on Saturday, 9 am–6 pm."),
        ("en", None, "We're open Monday–Saturday 9 am–6 pm. On Sunday we're closed."),
    ],
)  # fmt: skip
def test_a_day_asked_for_gets_a_yes_or_a_no_and_the_hours(
    language: Language, weekday: int | None, text: str
) -> None:
    assert said(language, "hours", hours=MON_TO_SAT, weekday=weekday) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We're open Monday–Thursday 9 am–8 pm; Friday 9 am–12:30 pm and 2 pm–8 pm; "
               "Saturday–Sunday 9 am–8 pm."),
        ("sw", "Tuko wazi Jumatatu–Alhamisi saa 3:00 asubuhi hadi 2:00 usiku (9:00–20:00); "
               "Ijumaa saa 3:00 asubuhi hadi 6:30 mchana (9:00–12:30) na saa 8:00 mchana hadi "
               "2:00 usiku (14:00–20:00); Jumamosi–Jumapili saa 3:00 asubuhi hadi 2:00 usiku "
               "(9:00–20:00)."),
    ],
)  # fmt: skip
def test_days_with_the_same_hours_are_told_together(language: Language, text: str) -> None:
    assert said(language, "hours", hours=PRAYERS) == text


@pytest.mark.parametrize(
    ("hours", "swahili"),
    [
        ("5:00am-11:59pm", "saa 11:00 alfajiri hadi 5:59 usiku (5:00–23:59)"),
        ("6am-noon", "saa 12:00 asubuhi hadi 6:00 mchana (6:00–12:00)"),
        ("1pm-4pm", "saa 7:00 mchana hadi 10:00 jioni (13:00–16:00)"),
        ("7pm-midnight", "saa 1:00 usiku hadi 6:00 usiku (19:00–24:00)"),
    ],
)
def test_swahili_counts_the_hours_from_six(hours: str, swahili: str) -> None:
    text = said("sw", "hours", hours=read_week({"daily": hours}))

    assert text == f"Tuko wazi kila siku {swahili}."


@pytest.mark.parametrize(
    ("language", "values", "text"),
    [
        ("en", {"place": "Thika", "zone": THIKA}, "Delivery to Thika is *KES 350*, in 1–3 days."),
        ("sw", {"place": "Thika", "zone": THIKA}, "Delivery hadi Thika ni *KES 350*, siku 1–3."),
        # the zone a place was taken to be in
        ("en", {"place": "Juja", "zone": THIKA},
         "Delivery to Juja (Thika) is *KES 350*, in 1–3 days."),
        ("en", {"place": "pick up", "zone": PICK_UP},
         "You can pick it up at the shop (free): no delivery needed."),
        ("en", {"place": "Kisii", "text": "Nairobi within a day."},
         "The shop will confirm the delivery fee to Kisii.\n*Delivery:* Nairobi within a day."),
        ("sw", {"place": "Kisii", "text": "Nairobi within a day."},
         "Duka litakuthibitishia gharama ya delivery hadi Kisii.\n"
         "*Delivery:* Nairobi within a day."),
        ("en", {"zones": (PICK_UP, THIKA)},
         "*Delivery:*\n• Pick up at the shop: *free*\n• Thika: *KES 350*, in 1–3 days\n"
         "For other places the shop will confirm the fee."),
        ("sw", {"zones": (THIKA,), "text": "Kila siku ila Jumapili."},
         "*Delivery:*\n• Thika: *KES 350*, siku 1–3\nKila siku ila Jumapili.\n"
         "Mahali pengine, duka litathibitisha gharama."),
        ("sw", {"fee_minor": 30_000}, "Delivery ni *KES 300*."),
        ("en", {"place": "*Kisii*", "fee_minor": 30_000}, "Delivery to Kisii is *KES 300*."),
    ],
)  # fmt: skip
def test_delivery_is_told_with_fee_and_time(
    language: Language, values: dict[str, Any], text: str
) -> None:
    assert said(language, "delivery", **values) == text


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize(
    "answer", [a for a in ANSWERS if a.topic == "delivery"] + [f.ShopAnswer(topic="delivery")]
)
def test_an_answer_about_delivery_always_says_the_word(
    answer: f.ShopAnswer, language: Language
) -> None:
    assert re.search("deliver", word([answer], voice(language))[0].text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("least", "most", "english", "swahili"),
    [
        (0, 0, "the same day", "siku hiyo hiyo"),
        (0, 1, "within a day", "ndani ya siku moja"),
        (1, 1, "the next day", "siku inayofuata"),
        (None, 3, "within 3 days", "ndani ya siku 3"),
        (2, 2, "in 2 days", "baada ya siku 2"),
        (1, 3, "in 1–3 days", "siku 1–3"),
        (2, None, "from 2 days", "kuanzia siku 2"),
        (None, None, "", ""),
    ],
)
def test_days_until_it_arrives(
    least: int | None, most: int | None, english: str, swahili: str
) -> None:
    assert (days(least, most, "en"), days(least, most, "sw")) == (english, swahili)


@pytest.mark.parametrize(
    ("language", "values", "text"),
    [
        ("en", {"returns_days": 7}, "*Returns and exchanges:* within 7 days."),
        ("sw", {"returns_days": 7, "text": "Exchange only."},
         "*Kurudisha na kubadilisha:* ndani ya siku 7.\nExchange only."),
        ("sw", {"returns_days": 0},
         "*Kurudisha na kubadilisha:* hatupokei bidhaa zilizorudishwa."),
    ],
)  # fmt: skip
def test_returns_name_the_days(language: Language, values: dict[str, Any], text: str) -> None:
    assert said(language, "returns", **values) == text


@pytest.mark.parametrize(
    ("topic", "granted", "english", "swahili"),
    [
        ("pay_on_delivery", True, "Yes, you can pay when", "Ndiyo, unaweza kulipa"),
        ("pay_on_delivery", False, "No, orders are paid", "Hapana, oda hulipiwa"),
        ("gift_wrap", True, "Yes, the shop gift-wraps", "Ndiyo, duka linafunga zawadi"),
        ("gift_wrap", False, "Sorry, the shop doesn't", "Hapana, samahani"),
        ("reservation", True, "Yes, the shop can put", "Ndiyo, duka linaweza kukuwekea"),
        ("reservation", False, "No, the shop doesn't", "Hapana, duka haliweki"),
        *((topic, None, "I've passed your question on", "nimemuuliza mhudumu")
          for topic in ("pay_on_delivery", "gift_wrap", "reservation")),
    ],
)  # fmt: skip
def test_what_the_shop_grants_is_a_yes_a_no_or_passed_on(
    topic: Any, granted: bool | None, english: str, swahili: str
) -> None:
    assert english in said("en", topic, granted=granted)
    assert swahili in said("sw", topic, granted=granted)
    assert f.ShopAnswer(topic=topic, granted=granted).passed_on == (granted is None)
