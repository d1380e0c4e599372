"""Answers questions about the shop from its own facts, else passes them on to the shop."""

from __future__ import annotations

from dukani.agent.facts import (
    AssistantExplained,
    Fact,
    OffTopic,
    PaymentWays,
    RequestPassedOn,
    ShopAnswer,
)
from dukani.core.store import delivery_zones, own_answers, requests
from dukani.core.store.boutiques import Boutique
from dukani.core.store.requests import RequestKind
from dukani.domain.acts import AskShop, Language, Topic
from dukani.domain.own_answers import best_answer
from dukani.domain.shop_facts import ShopFacts
from dukani.graph.context import Context
from dukani.graph.looking.of_the_order import answer_of_order
from dukani.graph.money.owner_notes import request_note
from dukani.graph.state import State, with_facts
from dukani.tools.shop_answers import answer

# Requests that only a person can grant, whatever the shop's rules say.
_ASKED_FOR: dict[Topic, RequestKind] = {
    "reservation": "hold",
    "gift_wrap": "gift_wrap",
    "pay_on_delivery": "pay_on_delivery",
}


async def answer_shop(state: State, context: Context, act: AskShop) -> State:
    if act.topic == "assistant":
        return {"facts": with_facts(state, AssistantExplained())}
    if act.topic == "other":
        own = await own_answer(context, context.language(state))
        return {"facts": with_facts(state, own or OffTopic())}
    if act.topic in ("delivery_fee", "add_to_order"):
        return {"facts": with_facts(state, await answer_of_order(context, act))}
    told = answer(
        act,
        ShopFacts.read(context.boutique.shop_info),
        await delivery_zones.of_boutique(context.conn),
        language=context.language(state),
        flat_fee_minor=context.boutique.delivery_fee_minor,
    )
    if act.topic == "payment" and told.text is None:
        return {"facts": with_facts(state, _ways_to_pay(context.boutique))}
    if told.passed_on:
        told = told.model_copy(update={"opens": context.opening})
    return {"facts": with_facts(state, told, *await _passed_on(state, context, act, told))}


async def own_answer(context: Context, language: Language) -> ShopAnswer | None:
    """The shop's own answer to what the customer has just written, if it has one."""
    words = " ".join(message.body for message in context.heard)
    found = best_answer(words, await own_answers.of_boutique(context.conn))
    if found is None:
        return None
    swahili = found.swahili if language == "sw" else None
    return ShopAnswer(topic="other", text=swahili or found.english)


async def _passed_on(state: State, context: Context, act: AskShop, told: ShopAnswer) -> list[Fact]:
    """Records a request the shop must grant or carry out, and tells the owner."""
    kind = _ASKED_FOR.get(act.topic)
    if kind is None or not (told.passed_on or told.granted):
        return []
    details = {"until": act.until} if act.until else None
    await ask_the_shop(state, context, kind, details)
    about = "hold" if kind == "hold" else "gift_wrap" if kind == "gift_wrap" else "pay_on_delivery"
    if told.passed_on:
        return []
    return [RequestPassedOn(about=about, until=act.until, opens=context.opening)]


async def ask_the_shop(
    state: State, context: Context, kind: RequestKind, details: dict[str, str] | None
) -> None:
    """Records what only a person can answer, in the customer's last words, and tells the owner."""
    words = next((m.body for m in reversed(context.heard) if m.body), "")
    await requests.add(
        context.conn,
        customer_id=context.customer.id,
        conversation_id=context.conversation.id,
        kind=kind,
        words=words,
        details=details,
    )
    await request_note(context, state, kind, words)


def _ways_to_pay(boutique: Boutique) -> PaymentWays:
    return PaymentWays(
        prompt=boutique.payment_provider != "manual",
        paybill=boutique.shop_info.get("paybill"),
        till=boutique.shop_info.get("till"),
    )
