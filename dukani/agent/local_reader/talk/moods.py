"""Reads checkout, yes and no, thanks and greetings."""

from __future__ import annotations

from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.fetching import fetches
from dukani.agent.local_reader.talk.hesitating import SUREST, hesitates
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.agent.local_reader.talk.places import last_place_said
from dukani.domain import acts as a
from dukani.domain.steps import AGREEING, PAYING, SHOWN_A_TOTAL

BESIDE_OK = ("@ok", "@stopword", "@thank", "@hello", "@this", "@order", "@cart")
BESIDE_PAYING = ("~pay", "@stopword", "@ok", "@yes")
AGREED = word_set("delivery", "agreed") | word_set("moods", "in_order")
BUT = word_set("moods", "but")
POLITE = word_set("edits", "polite")
ENOUGH = word_set("edits", "enough")
TO_PAY = word_set("moods", "to_pay")
PAY_HOW = word_set("moods", "pay_how")
ANOTHER_PERSON = word_set("moods", "another_person")
UNSURE = word_set("moods", "unsure")  # words that turn a yes to a total into none


def closing(message: Message) -> list[a.Act]:
    """Checkout and the address said with it."""
    confirming = message.context.step == "awaiting_confirmation"
    place = message.place
    acts: list[a.Act] = []
    paying = message.has("checkout") and not (_pays_for_some(message) or _limits(message))
    if paying and not confirming and not message.tagged("~!pay"):
        if _strong_yes(message) and message.at("affirm") < message.at("checkout"):
            acts.append(a.Confirm())
        acts.append(a.Checkout())
    if place:
        acts.append(a.SetAddress(text=place, change=_given_before(message)))
    elif fetched := fetches(message):
        acts += fetched
    elif last := last_place_said(message):
        acts.append(a.SetAddress(text=last, as_last=True))
    return acts


def asks_to_pay(message: Message) -> bool:
    """Whether a question asks to pay now: "naweza pay sasa", "can I pay now"."""
    if not message.context.cart or message.context.step in PAYING:
        return False
    if _asks_where_to_pay(message):
        return True
    asked = any(token.text in POLITE for token in message.tokens) and message.tagged("~pay")
    return asked and says_only(message, TO_PAY, BESIDE_PAYING)


def _asks_where_to_pay(message: Message) -> bool:
    """Whether the customer, ready to pay, asks how: "haya nilipe aje", "napitia wapi kulipa"."""
    pays = any("~pay" in t.tags and t.text[:2] in ("ni", "na", "tu") for t in message.tokens)
    asks = message.says_any(PAY_HOW)
    shown = message.context.step in SHOWN_A_TOTAL
    return pays and asks and not shown and says_only(message, TO_PAY | PAY_HOW, BESIDE_PAYING)


def _pays_for_some(message: Message) -> bool:
    """Whether paying is only the reason of a removal: "toa ile black nilipe moja"."""
    cue = message.cues["checkout"]
    after = message.tokens[cue.end : cue.end + 1]
    counted = any("@number" in token.tags or token.kind == "number" for token in after)
    return counted and message.has("remove_item", "clear_cart")


def _limits(message: Message) -> bool:
    """Whether "enough" limits a count, and does not end the order: "kofia moja inatosha"."""
    cue = message.cues["checkout"]
    enough = cue.length == 1 and message.tokens[cue.start].text in ENOUGH
    return enough and bool(message.slots.wanted("quantity"))


def _given_before(message: Message) -> bool:
    """Whether a place given before is changed: "deliver to Lavington instead"."""
    asked = AGREEING | PAYING | {"order_completed"}
    return message.has("correction") and message.context.step in asked


def _strong_yes(message: Message) -> bool:
    return message.has("affirm") and any("@yes" in token.tags for token in message.tokens[:2])


def agreement(message: Message) -> list[a.Act]:
    """Confirm or Decline; at the total "pay" and "go on" confirm too."""
    confirming = message.context.step == "awaiting_confirmation"
    if message.has("thanks") and not (confirming or message.has("deny") or _strong_yes(message)):
        return []
    if message.has("deny"):
        return [a.Decline()]
    if not message.has("affirm") and not (confirming and message.has("checkout")):
        return []
    if not _qualified(message):
        return [a.Confirm()]
    only_on = confirming and message.has("checkout") and not message.says_any(BUT)
    return [a.ViewOrder()] if only_on and not message.slots.finds else [a.Unclear()]


def _qualified(message: Message) -> bool:
    """Whether a yes has a condition, so it confirms nothing: "yes but …"."""
    if message.says_any(BUT):
        return True
    if message.context.step not in SHOWN_A_TOTAL:
        return False
    if not message.tagged(*SUREST) and _says_more(message):
        return True
    asked = any(token.asked for token in message.tokens)
    unsure = message.says_any(UNSURE) or message.tagged("@day", "@place")
    unsure |= message.says_any(ANOTHER_PERSON) and not message.tagged("@yes")  # to another's phone?
    return asked or unsure or hesitates(message) or bool(message.slots.finds)


def _says_more(message: Message) -> bool:
    """Whether there are words besides an "ok": "mko fiti", "huduma safi sana", no yes to a total.

    One that nobody knows, behind the "ok", is a name: "sawa Wanjiku".
    """
    cue = message.cues.get("affirm")
    agreeing = range(cue.start, cue.end) if cue is not None else range(0)
    more = [
        token.text
        for at, token in enumerate(message.tokens)
        if at not in agreeing and token.text not in AGREED and token.tags.isdisjoint(BESIDE_OK)
    ]
    named = len(more) == 1 and not known(more[0]) and 0 in agreeing
    return bool(more) and not named


def pleasantries(message: Message) -> list[a.Act]:
    if message.has("thanks"):
        return [a.Thanks()]
    return [a.Greeting()] if message.has("greeting") else []
