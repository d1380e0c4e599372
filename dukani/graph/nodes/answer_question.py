"""Answers what does not change anything: prices, stock, the shop, a greeting, a thank-you."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    Acknowledged,
    AssistantExplained,
    Fact,
    Greeted,
    NoDiscount,
    OffTopic,
    Option,
    PaymentWays,
    PriceTold,
    ShopAnswer,
    Thanked,
    Unclear,
    VoiceNotHeard,
)
from dukani.core.store import orders
from dukani.core.store.boutiques import Boutique
from dukani.graph.choosing import candidates
from dukani.graph.context import Context
from dukani.graph.focus import focus_on
from dukani.graph.prices import price_asked
from dukani.graph.state import QueuedAct, State, current, rest, said
from dukani.graph.stock_questions import answer_availability


async def answer_question(state: State, runtime: Runtime[Context]) -> State:
    """A digression: the step stays as it is."""
    context, act = runtime.context, current(state)
    match act["kind"]:
        case "ask_availability":
            return await answer_availability(state, context, act)
        case "ask_price":
            return await _price(state, context, act)
        case "greeting":
            fact: Fact = await _greeting(context)
        case "thanks":
            fact = Thanked()
        case "ask_shop":
            fact = _shop(state, context, act)
        case "unheard":
            fact = VoiceNotHeard(message_kind=act.get("text", "audio"))
        case "affirm" | "deny":
            fact = Acknowledged()
        case _:
            return _unclear(state)
    return {"acts": rest(state), "facts": said(state, fact)}


async def _greeting(context: Context) -> Greeted:
    bought = await orders.latest(context.conn, customer_id=context.customer.id)
    return Greeted(name=context.customer.name, returning=bought is not None)


def _shop(state: State, context: Context, act: QueuedAct) -> Fact:
    topic = act.get("topic") or "other"
    if topic == "assistant":
        return AssistantExplained()
    if topic == "other":
        return OffTopic()
    told = context.boutique.shop_info.get(topic)
    if isinstance(told, dict):  # one text a language
        told = told.get(state.get("language", "en")) or next(iter(told.values()), None)
    if topic == "payment" and not told:
        return _ways_to_pay(context.boutique)
    return ShopAnswer(topic=topic, text=told)


def _ways_to_pay(boutique: Boutique) -> PaymentWays:
    return PaymentWays(
        prompt=boutique.payment_provider != "manual",
        paybill=boutique.shop_info.get("paybill"),
        till=boutique.shop_info.get("till"),
    )


async def _price(state: State, context: Context, act: QueuedAct) -> State:
    if act.get("manner") == "discount":
        return {"acts": rest(state), "facts": said(state, NoDiscount())}
    asked = await price_asked(state, context, act)
    if not asked:
        # Nothing shown to price: she asks about a kind of piece, so show it with prices.
        return {"acts": [{**act, "kind": "search"}, *rest(state)]}
    told: State = {"acts": rest(state), "facts": said(state, PriceTold(options=tuple(asked)))}
    return told | (_offered(state, asked[0]) if len(asked) == 1 else {})


def _offered(state: State, option: Option) -> State:
    """The piece priced is the one talked about now: "I'll take it" means it."""
    focus = state.get("focus")
    if focus is not None and focus["product_id"] == option.product_id:
        return {}
    return {
        "focus": focus_on(option, {}, search=state.get("search")),
        "question": "take_it",
    }


def _unclear(state: State) -> State:
    """Says what would help now; after three in a row a person is called."""
    missed = state.get("misunderstood", 0) + 1
    if missed >= 3:
        return {
            "acts": [{"kind": "handoff", "text": "misunderstood"}],
            "misunderstood": 0,
        }
    focus = state.get("focus")
    names = tuple(option.name for option in candidates(state, {})) if focus is None else ()
    fact = Unclear(step=state.get("step", "start"), choices=names)
    return {"acts": rest(state), "facts": said(state, fact), "misunderstood": missed}
