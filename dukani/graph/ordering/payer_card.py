"""A contact card shared while she pays: its number offered as the payer's, and nothing more.

The total is shown with that number, so that the yes is to just what will be asked for. Until then
the number she pays with stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import AskWhichPayer, CardTaken, PayerAfterPrompt, PayerOffered
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.domain.cards import MOST_NUMBERS, CardNumber
from dukani.domain.questions import Question
from dukani.domain.steps import PAYING
from dukani.graph.context import Context
from dukani.graph.happenings import PayerCard
from dukani.graph.ordering.placed import open_order, prompt_is_out
from dukani.graph.ordering.showing import show_total
from dukani.graph.state import State, as_plain, questions_in, said


async def offer_payer(state: State, context: Context, card: PayerCard) -> State:
    """Asks whether, or which of several; at other steps a kind word."""
    if not _is_paying(state):
        return {"facts": said(state, CardTaken())}
    whose = _usable(card.numbers, context.boutique.country)
    phones = list(whose)
    if not phones:
        return {"facts": said(state, CardTaken(at_payment=True))}
    others = [q for q in questions_in(state) if q.field not in ("payer", "payment_phone")]
    asking = Question(field="payer", choices=tuple(phones))
    questions = as_plain([*others, asking])
    order = await open_order(state, context)
    if order is not None and await prompt_is_out(context, order):
        waits = PayerAfterPrompt(order_number=order.number, phone=phones[0])
        return {"questions": questions, "facts": said(state, waits)}
    if len(phones) > 1:
        which = AskWhichPayer(phones=tuple(phones), names=tuple(whose.values()))
        return {"questions": questions, "facts": said(state, which), "heard": False}
    offered: State = {
        **state,
        "payment_phone": phones[0],
        "questions": as_plain(others),
        "facts": said(state, PayerOffered(phone=phones[0])),
    }
    shown = await show_total(offered, context)
    if shown.get("quote") is None:
        return shown  # something of the order is open, and asked first
    return {**shown, "questions": questions}


def _is_paying(state: State) -> bool:
    asked = any(question.field == "payment_phone" for question in questions_in(state))
    return asked or state.get("step") in PAYING | {"awaiting_confirmation"}


def _usable(numbers: Sequence[CardNumber], country: str) -> dict[str, str]:
    """Numbers that are numbers, in E.164, each once and not too many; whose each is."""
    found: dict[str, str] = {}
    for number, name in numbers:
        try:
            found.setdefault(to_e164(number, region=country), name)
        except BadPhoneNumber:  # a card holds landlines and short codes too: told if all are so
            continue
    return dict(list(found.items())[:MOST_NUMBERS])
