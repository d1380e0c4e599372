"""Whatever the names, amounts and lengths: no reply too long, the total always said."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dukani.agent import facts as f
from dukani.agent.wording import list_rows, word
from dukani.agent.wording.replies import MAX_OPTIONS_REPLY, MAX_REPLY
from dukani.core.money import format_money
from dukani.domain.acts import Language
from tests.examples import examples
from tests.unit.wording.samples import PHONE, SAMPLES, voice

texts = st.text(min_size=1, max_size=120)
names = st.one_of(texts, st.sampled_from(["*", "Amani Wrap Dress " * 6, "a_b*c~d`e"]))
amounts = st.integers(min_value=1, max_value=10**10)
languages: st.SearchStrategy[Language] = st.sampled_from(["en", "sw"])
colours = st.sampled_from(["red", "blue", "multicolour", "royal blue", "of my own invention"])
sizes = st.sampled_from(["S", "M", "XXL", "38", "ONE", "one-size-fits-most"])
lines = st.builds(
    f.Line,
    number=st.integers(1, 60),
    name=names,
    colour=colours,
    size=sizes,
    quantity=st.integers(1, 999),
    unit_price_minor=amounts,
)
options = st.builds(
    f.Option,
    number=st.integers(1, 99),
    product_id=st.just("p"),
    name=names,
    colour=st.none() | colours,
    colours=st.lists(colours, max_size=12).map(tuple),
    sizes=st.lists(sizes, max_size=12).map(tuple),
    price_minor=amounts,
)


@examples(60)
@given(
    order=st.lists(lines, min_size=1, max_size=40).map(tuple),
    total=amounts,
    address=st.text("abc 12,*_~/\n", min_size=1, max_size=500),
    boutique=names,
    language=languages,
)
def test_confirmation_and_receipt_fit_and_hold_the_total(
    order: tuple[f.Line, ...], total: int, address: str, boutique: str, language: Language
) -> None:
    # given
    confirm = f.AskConfirmation(
        lines=order, delivery_minor=0, total_minor=total, address=address, phone_masked=PHONE
    )
    paid = f.PaymentReceived(order_number="DK-1", total_minor=total, receipt="R1", lines=order)

    for fact in (confirm, paid):
        # when
        replies = word([fact], voice(language, boutique=boutique))

        # then
        assert all(0 < len(reply.text) <= MAX_REPLY for reply in replies)
        assert any(f"*{format_money(total, 'KES')}*" in reply.text for reply in replies)


@examples(60)
@given(shown=st.lists(options, min_size=1, max_size=5).map(tuple), language=languages)
def test_five_options_fit_beside_their_picture(
    shown: tuple[f.Option, ...], language: Language
) -> None:
    # when
    replies = word([f.OptionsShown(options=shown, more=True)], voice(language))

    # then
    (reply,) = replies
    assert reply.options == shown
    assert len(reply.text) <= MAX_OPTIONS_REPLY
    assert all(f"{option.number}" in reply.text for option in shown)
    assert all(format_money(option.price_minor, "KES") in reply.text for option in shown)


def test_five_options_at_their_longest_fit_beside_their_picture() -> None:
    # given
    longest = tuple(
        f.Option(
            number=number,
            product_id="p",
            name="Malkia Ankara Maxi Dress " * 4,
            colours=("multicolour",) * 12,
            sizes=("XXXXL",) * 12,
            price_minor=10**10,
        )
        for number in range(95, 100)
    )

    # when
    replies = word([f.OptionsShown(options=longest, similar_to="x" * 90, more=True)], voice())

    # then
    assert [len(reply.text) <= MAX_OPTIONS_REPLY for reply in replies] == [True]


@examples(60)
@given(shown=st.lists(options, max_size=15), language=languages)
def test_list_rows_fit_what_whatsapp_takes(shown: list[f.Option], language: Language) -> None:
    # when
    rows = list_rows(shown, voice(language))

    # then
    assert len(rows) == min(len(shown), 10)
    for row, option in zip(rows, shown, strict=False):
        assert row.id == f"option:{option.number}"
        assert row.title.startswith(f"{option.number}. ")
        assert len(row.title) <= 24
        assert len(row.description) <= 72
        assert format_money(option.price_minor, "KES") in row.description


@examples(100)
@given(
    told=st.lists(st.sampled_from(SAMPLES), max_size=6),
    boutique=names,
    customer=st.none() | names,
    language=languages,
)
def test_any_turn_gives_tidy_replies(
    told: list[f.AnyFact], boutique: str, customer: str | None, language: Language
) -> None:
    # when
    replies = word(told, voice(language, boutique=boutique, customer=customer))

    # then
    assert bool(replies) == bool(told)
    shown = {fact.options for fact in told if isinstance(fact, f.OptionsShown)}
    assert {reply.options for reply in replies if reply.options} == shown
    assert all(0 < len(reply.text) <= MAX_REPLY for reply in replies)
    assert not any(re.search(r"\*\*|\n\n\n", reply.text) for reply in replies)
