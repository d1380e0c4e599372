"""Whatever the owner wrote and whatever is missing: no hole is ever sent."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.automations.composing import Card
from dukani.campaigns.automations.message_values import Discount, Piece
from dukani.domain.automations import Content, Cta
from tests.examples import examples
from tests.unit.campaigns.automations.composed import LINK, STOP, composed, values

_PARTS = st.sampled_from([
    "{name}", "{product}", "{price}", "{discount}", "{total}", "{shop}", "{cta}", "{image}",
    "{ total }", "{produkt}", "Hi ", "your ", "costs ", "now ", " ", "  ", ", ", ". ", "! ", "? ",
    "(was ", ")", "\n", "\n\n", ":\n", "- ", "*", "_", "{", "}", "bado ipo ", "is waiting ", "🌹",
])  # fmt: skip
_TEXTS = st.lists(_PARTS, min_size=1, max_size=14).map("".join).filter(lambda text: text.strip())
_KNOWN = st.fixed_dictionaries({
    "name": st.sampled_from([None, "Amina", "O'Brien", "Zoë"]),
    "product": st.sampled_from([None, Piece("1", "Rose dress", 1)]),
    "others": st.integers(0, 3),
    "price_minor": st.sampled_from([None, 450_000]),
    "discount": st.sampled_from([None, Discount(600_000, 450_000)]),
    "total_minor": st.sampled_from([None, 1_000_050]),
})  # fmt: skip
_CTAS = st.sampled_from([None, Cta(), Cta(kind="reply"), Cta(label={"en": "Order now"})])


@examples(400)
@given(
    _TEXTS,
    _KNOWN,
    _CTAS,
    st.sampled_from(["en", "sw"]),
    st.sampled_from(["twilio", "meta"]),
    st.sampled_from(["none", "product"]),
)
def test_no_hole_is_ever_sent(text, known, cta, language, provider, image) -> None:  # type: ignore[no-untyped-def]
    content = Content(text={language: text}, cta=cta, image=image)

    made = composed(content, values(language=language, **known), provider=provider)

    if not isinstance(made, Card):
        return
    for whole in (made.whatsapp.text, made.sms.text, made.instagram.text):
        assert not re.search(r"[{}]", whole), "a brace"
        assert "  " not in whole, "a double blank"
        assert "\n\n\n" not in whole, "an empty line too many"
        assert not re.search(r"[^\S\n][,.!?;](\s|$)", whole), "a blank before a mark"
        assert not re.search(r"(^|\n)[,.;:!?](\s|$)", whole), "a mark that begins a line"
        assert "()" not in whole
        assert "None" not in whole
    assert made.whatsapp.text.strip()
    assert made.sms.segments <= 3
    assert made.sms.text.endswith(STOP)
    if cta is not None:
        assert LINK in made.sms.text
        assert made.whatsapp.buttons or cta.kind == "reply" or LINK in made.whatsapp.text
