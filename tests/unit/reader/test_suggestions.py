"""What our replies tell her to write is understood where they tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dukani.agent import facts as f
from dukani.agent.local_reader import understand
from dukani.agent.wording import word
from dukani.domain import acts as a
from dukani.domain.acts import Language
from dukani.domain.context import TurnContext
from dukani.domain.steps import Step
from tests.unit.reader.turns import TWO_LINES
from tests.unit.wording.samples import OPTIONS, SAMPLES, voice

SUGGESTED = re.compile(r"(?:reply|write|e\.g\.|andika|jibu|mfano)\s+\*([^*]+)\*", re.IGNORECASE)
LANGUAGES: tuple[Language, ...] = ("en", "sw")

STEP_AFTER: dict[type[f.Fact], Step] = {
    f.OptionsShown: "products_found",
    f.AskWhichOption: "products_found",
    f.OptionsAgain: "products_found",
    f.NoMoreOptions: "products_found",
    f.AskVariant: "size_recommended",
    f.SizeUnknown: "size_recommended",
    f.SizeAdvised: "size_recommended",
    f.SizeConverted: "size_recommended",
    f.Available: "size_recommended",
    f.PieceOutOfStock: "size_recommended",
    f.AddedToCart: "cart_updated",
    f.LineChanged: "cart_updated",
    f.LineRemoved: "cart_updated",
    f.CartShown: "cart_updated",
    f.AskWhichLine: "cart_updated",
    f.AskMissing: "cart_updated",
    f.ChangeWhat: "cart_updated",
    f.OrderExpired: "cart_updated",
    f.AskAddress: "awaiting_delivery_address",
    f.AskConfirmation: "awaiting_confirmation",
    f.AskPaymentPhone: "awaiting_confirmation",
    f.PaymentPrompted: "payment_initiated",
    f.PaymentInstructed: "payment_initiated",
    f.PaymentPending: "payment_initiated",
    f.PaymentFailed: "payment_failed",
    f.PaymentReceived: "order_completed",
    f.OptedOut: "opted_out",
}
FIXED = {
    "person": "handoff", "mhudumu": "handoff", "start": "opt_in", "anza": "opt_in",
    "stop": "opt_out", "acha": "opt_out", "checkout": "checkout", "lipa": "checkout",
    "cart": "view_order", "kikapu": "view_order", "yes": "confirm", "ndiyo": "confirm",
    "more": "more", "zingine": "more", "send again": "pay_again", "tuma tena": "pay_again",
    "cancel": "cancel", "ghairi": "cancel", "paid": "claim_paid", "nimelipa": "claim_paid",
    "remove 1": "remove", "toa 1": "remove", "where is my order": "order_status",
    "oda yangu iko wapi": "order_status", "no": "decline", "hapana": "decline",
}  # fmt: skip


def shown(option: f.Option) -> f.Option:
    """The option as an act's context has it."""
    colours = (option.colour,) if option.colour else option.colours
    return option.model_copy(update={"category": "dress", "colours": colours})


def context_after(fact: f.AnyFact) -> TurnContext:
    """Where the conversation stands once the fact was told."""
    helps_there = isinstance(fact, f.Unclear | f.PersonDeclined)
    step = fact.step if helps_there else STEP_AFTER.get(type(fact), "start")
    seen: tuple[f.Option, ...] = getattr(
        fact, "options", OPTIONS if step == "products_found" else ()
    )
    one = shown(seen[0]) if len(seen) == 1 else None
    if step == "size_recommended":
        one = shown(OPTIONS[0])
    open_size = "size" if step == "size_recommended" else None
    question = getattr(fact, "missing", "quantity" if getattr(fact, "left", 0) else open_size)
    return TurnContext(
        step="products_found" if step == "start" and seen else step,
        options=tuple(shown(option) for option in seen),
        focus=one,
        cart=TWO_LINES if step.startswith(("cart", "awaiting")) else (),
        question=question,
        has_order=step.startswith(("payment", "order")) or isinstance(fact, f.OrderStatus),
    )


def suggestions() -> Iterator[tuple[str, str, f.AnyFact]]:
    told = set()
    for fact in SAMPLES:
        for language in LANGUAGES:
            text = "\n".join(reply.text for reply in word([fact], voice(language)))
            for suggested in SUGGESTED.findall(text):
                if (suggested, type(fact)) not in told:
                    told.add((suggested, type(fact)))
                    yield suggested, type(fact).__name__, fact


@pytest.mark.parametrize(
    ("suggested", "fact"),
    [pytest.param(s, fact, id=f"{name}:{s}") for s, name, fact in suggestions()],
)
def test_what_a_reply_suggests_is_understood(suggested: str, fact: f.AnyFact) -> None:
    # given
    context = context_after(fact)

    # when
    acts = understand(suggested, context).acts

    # then
    assert not any(isinstance(act, a.Unclear) for act in acts)
    assert a.AskShop(topic="other") not in acts
    meant = FIXED.get(suggested.lower())
    assert meant is None or [act.kind for act in acts] == [meant]


@pytest.mark.parametrize("suggested", ["2 pieces", "pieces 2", "bidhaa 2"])
def test_what_is_left_can_be_taken_as_suggested(suggested: str) -> None:
    # given
    sold_out = f.PieceOutOfStock(
        name="Mtaa Graphic T-shirt", colour="red", size="M", wanted=5, left=2
    )

    # when
    [taken] = understand(suggested, context_after(sold_out)).acts

    # then
    assert taken == a.Set(values=a.Values(quantity=2))
