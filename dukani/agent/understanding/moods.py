"""Yes, no, thanks, hello, done shopping, never mind."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.tokens import tokenise
from dukani.agent.understanding.acts_of import Acts, act
from dukani.agent.understanding.addresses import address_elsewhere
from dukani.agent.understanding.message import Message

OPEN_DELIVERY = frozenset(("mnadeliver", "do", "can", "je", "mnaweza", "unadeliver", "how", "will"))


def closing(message: Message) -> Acts:
    """checkout and an address said with it."""
    confirming = message.context.step == "awaiting_confirmation"
    place = place_said(message)
    acts: Acts = []
    if message.has("checkout") and not confirming and not message.tagged("~!pay"):
        if _strong_yes(message) and message.at("affirm") < message.at("checkout"):
            acts.append(act("affirm"))
        acts.append(act("checkout"))
    if place and message.has("correction") and not message.tagged("~change"):
        acts.append(act("correction", address=place))
    if place:
        acts.append(act("provide_address", address=place))
    return acts


def place_said(message: Message) -> str | None:
    """The address said with something else: "checkout, deliver to Kilimani"."""
    first = message.tokens[0].text if message.tokens else ""
    if any(token.asked for token in message.tokens) or first in OPEN_DELIVERY:
        return None
    buying = bool(message.context.cart) or message.has("checkout")
    return address_elsewhere(message.raw, loosely=buying)


def without_place(message: Message) -> Message:
    """Without the slots found in an address: Kahawa Sukari is no brown."""
    place = place_said(message)
    if place is None or not message.slots.finds:
        return message
    words = {token.text for token in tokenise(place)}
    finds = tuple(
        find
        for find in message.slots.finds
        if not all(message.tokens[at].text in words for at in range(find.start, find.end))
    )
    return replace(message, slots=replace(message.slots, finds=finds))


def _strong_yes(message: Message) -> bool:
    return message.has("affirm") and any("@yes" in token.tags for token in message.tokens[:2])


def agreement(message: Message) -> Acts:
    """affirm or deny; at the total also "pay" and "go on" mean yes."""
    confirming = message.context.step == "awaiting_confirmation"
    if message.has("thanks") and not (confirming or message.has("deny") or _strong_yes(message)):
        return []
    if message.has("deny"):
        return [act("deny")]
    if message.has("affirm") or (confirming and message.has("checkout")):
        return [act("affirm")]
    return []


def pleasantries(message: Message) -> Acts:
    if message.has("thanks"):
        return [act("thanks")]
    return [act("greeting")] if message.has("greeting") else []
