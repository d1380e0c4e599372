"""Offers the number of a shared contact card as the payer's, while the customer is paying.

The total is shown again with that number, so that a yes agrees to exactly that prompt. Until the
yes the payer's number stays unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import AskWhichPayer, CardTaken, PayerAfterPrompt, PayerOffered
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.store.boutiques import Boutique
from dukani.domain.cards import MOST_NUMBERS, CardNumber
from dukani.domain.questions import Question
from dukani.domain.steps import PAYING
from dukani.graph.context import Context
from dukani.graph.happenings import PayerCard
from dukani.graph.ordering.placed import open_order, prompt_is_out
from dukani.graph.ordering.showing import show_total
from dukani.graph.state import State, as_plain, questions_in, with_facts
from dukani.tools.payments.request import may_be_prompted


async def offer_payer(state: State, context: Context, card: PayerCard) -> State:
    """Asks whether the card's number pays, or which of several; at other steps acknowledges it."""
    if not _is_paying(state):
        return {"facts": with_facts(state, CardTaken())}
    whose = _usable(card.numbers, context.boutique)
    phones = list(whose)
    if not phones:
        return {"facts": with_facts(state, CardTaken(at_payment=True))}
    others = [q for q in questions_in(state) if q.field not in ("payer", "payment_phone")]
    asking = Question(field="payer", choices=tuple(phones))
    questions = as_plain([*others, asking])
    order = await open_order(state, context)
    if order is not None and await prompt_is_out(context, order):
        waits = PayerAfterPrompt(order_number=order.number, phone=phones[0])
        return {"questions": questions, "facts": with_facts(state, waits)}
    if len(phones) > 1:
        which = AskWhichPayer(phones=tuple(phones), names=tuple(whose.values()))
        return {"questions": questions, "facts": with_facts(state, which), "heard": False}
    offered: State = {
        **state,
        "payment_phone": phones[0],
        "questions": as_plain(others),
        "facts": with_facts(state, PayerOffered(phone=phones[0])),
    }
    shown = await show_total(offered, context)
    if shown.get("quote") is None:
        return shown  # an open question of the order is asked first
    return {**shown, "questions": questions}


def _is_paying(state: State) -> bool:
    asked = any(question.field == "payment_phone" for question in questions_in(state))
    return asked or state.get("step") in PAYING | {"awaiting_confirmation"}


def _usable(numbers: Sequence[CardNumber], boutique: Boutique) -> dict[str, str]:
    """E.164 number → name of its owner, for the numbers that can pay, MOST_NUMBERS at most."""
    found: dict[str, str] = {}
    for number, name in numbers:
        try:
            phone = to_e164(number, region=boutique.country)
        except BadPhoneNumber:  # cards hold short codes too; a card without a valid number is told
            continue
        if may_be_prompted(phone, by=boutique.payment_provider):
            found.setdefault(phone, name)
    return dict(list(found.items())[:MOST_NUMBERS])
