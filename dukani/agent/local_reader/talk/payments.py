"""Reads talk about payment and about placed orders: claims, payers, prompts, order status."""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import says_another
from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.phones import (
    count_phones,
    find_phone,
    find_receipt,
    is_receipt,
)
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.agent.local_reader.talk.places import sent_elsewhere
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.domain import acts as a
from dukani.domain.steps import PAYING

MISSED = ("~!arrive", "~!get", "~!enter", "~!show", "~!accept")  # "haijafika", "sijapata"
ONCE_MORE = word_set("payments", "once_more")
CHARGED = frozenset(
    ("imekatwa", "zimekatwa", "nimekatwa", "mmekata", "mlikata", "charged", "deducted", "debited")
)
MONEY = ("paid", "payed", "payment", "money", "pesa", "malipo", "hela", "cash", "doh", "chapaa")
PRESSED = word_set("payments", "pressed")
# "Imekata pesa lakini order inasema haijalipwa": the money is gone, whatever else failed.
TAKEN = CHARGED | frozenset(
    ("imekata", "imekula", "imemeza", "imeenda", "zimeenda", "imetoka", "zimetoka")
)
GONE = TAKEN | word_set("payments", "gone")  # "taken", "ilikatwa"
SUPPOSED = frozenset(("if", "kama", "ikiwa", "can", "could", "will"))
BEFORE = ("before", "kabla")
NEAR_MONEY = PAYING | {"awaiting_confirmation"}
ORDERED = PAYING | {"order_completed"}
SENT_SO = word_set("payments", "sent_so")  # what may stand between "send" and the person
OTHER_PERSONS = frozenset(("boss", "bibi", "bwana"))
WITH_NUMBER = word_set("payments", "with_number")
ORDER_CODE = re.compile(r"\b[A-Z]{2,5}-\d{3,}\b", re.IGNORECASE)
ORDER_NUMBER = re.compile(
    r"(?:\b(?:order|oda|ref|reference|mzigo)\b(?:\W*(?:yangu|number|namba|nambari|no|ya|ni))*\W*|#\s?)"
    r"(\d{3,})\b",
    re.IGNORECASE,
)
IN_ORDER = word_set("moods", "in_order")
GOING_ON = ("@stopword", "~continue", "~confirm", "~pay")
NOT_DONE = frozenset(("didnt", "not", "couldnt", "havent", "never", "cant", "unable"))
ASKING_ON = frozenset(("has", "have", "did", "is", "was", "je", "vipi", "when", "lini"))
CHATTED_DONE = frozenset(
    ("done", "tayari", "nimeweka", "nimemaliza", "already", "sent", "nimetuma")
)


def payments_alone(message: Message) -> list[a.Act]:
    """The payment acts of a message that has no edit of the order."""
    acts = payments(message)
    if is_receipt(message.raw):
        return acts
    if acts == [a.PayAgain()] and (place := sent_elsewhere(message)):
        return [a.SetAddress(text=place, change=True), *acts]  # the total is shown again first
    if with_place := _with_place(message, acts):
        return with_place
    if acts == [a.PayAgain()] and _one_more_prompt(message):
        return acts
    if acts and any(line_edits(clause) or ordered_beside(clause) for clause in clauses(message)):
        return []  # "remove the shoes and send it again"
    if acts == [a.PayAgain()] and _tells_a_value(message):
        return []  # "size 41 badala, kisha utume tena": not the sum shown before
    return acts


def _one_more_prompt(message: Message) -> bool:
    """Whether "another one" is a prompt: "hiyo prompt ilipotea, can you push another one"."""
    if message.context.step not in PAYING or message.slots.wanted("name"):
        return False
    edits = [act for clause in clauses(message) for act in line_edits(clause)]
    more = [act for act in edits if isinstance(act, a.ChangeQuantity) and act.by == 1]
    pieces = any(message.slots.wanted(slot) for slot in ("category", "colour", "size"))
    missed = message.tagged("@prompt", "~send", "~expire") or message.says("missed", "nimemiss")
    return bool(more) and len(more) == len(edits) and not pieces and missed


def _tells_a_value(message: Message) -> bool:
    """Whether a colour or size is told that no line of the order has."""
    lines = message.context.cart
    return any(
        find.slot in ("colour", "size") and all(getattr(x, find.slot) != find.value for x in lines)
        for find in message.slots.finds
        if not find.denied
    )


def _with_place(message: Message, acts: list[a.Act]) -> list[a.Act]:
    """The payer's phone and the place beside it: "pay with 0722…, and send to Kasarani"."""
    phones = [act for act in acts if isinstance(act, a.SetPayer) and act.phone]
    if not phones or len(phones) != len(acts) or message.slots.wanted("category"):
        return []
    place = sent_elsewhere(message)
    if place is None or find_phone(place) or message.slots.wanted("name"):
        return []
    return [a.SetAddress(text=place, change=True), *acts]


def ordered_beside(clause: Message) -> list[a.Act]:
    """The pieces ordered beside a payment: "I also want the heels in 38, then retry".

    A piece that is in the order already is only spoken of: "resend for the Pendo dress".
    """
    named = clause.slots.wanted("name")
    valued = any(clause.slots.wanted(slot) for slot in ("colour", "size", "quantity"))
    if not (named and valued) or clause.asks:
        return []
    if clause.lines_said() and not says_another(clause):
        return []
    return [act for act in choices(clause) if isinstance(act, a.Add | a.Search)]


def payments(message: Message) -> list[a.Act]:
    """ClaimPaid, SetPayer, PayAgain or OrderStatus; else nothing."""
    if _names_order(message):
        return [order_asked_about(message.raw)]
    step = message.context.step
    pasted = find_receipt(message.raw) and step in NEAR_MONEY | ORDERED
    if is_receipt(message.raw) or pasted:
        return [a.ClaimPaid(text=message.raw.strip(), receipt=find_receipt(message.raw))]
    if step in PAYING and _asks_why(message):
        return [a.OrderStatus()]
    if step == "awaiting_confirmation" and _agrees_and_pin_to_come(message):
        return [a.Confirm()]
    if message.asks and message.has("topic.payment") and message.tagged("~expire"):
        return []  # "how long before it expires"
    return (
        _other_phone(message)
        or (_status(message) if step not in PAYING else [])
        or _done(message)
        or _retry(message)
        or _status(message)
    )


def _agrees_and_pin_to_come(message: Message) -> bool:
    """Whether a yes tells who will enter the PIN: "yes send it, my son will put the pin"."""
    agrees = bool(message.tokens) and "@yes" in message.tokens[0].tags
    to_come = any(
        token.text in ("will", "gonna") or token.text.startswith(("ata", "nita", "wata"))
        for token in message.tokens
    )
    return agrees and to_come and message.tagged("@pin") and not message.tagged("~pay+")


def _asks_why(message: Message) -> bool:
    """Whether it is asked why a payment failed, and not tried again: "kwa nini imekataa"."""
    again = message.says_any(ONCE_MORE) or message.tagged("~send", "~retry", "~cancel")
    return not again and message.has("why_failed")


def _names_order(message: Message) -> bool:
    """Whether an order is asked about by its number: "#2207 iko wapi"."""
    where = message.has("order_status", "topic.location") or message.says("status", "iko", "wapi")
    coded = ORDER_CODE.search(message.raw) is not None and _asks_on(message)
    return order_said(message.raw) is not None and (where or coded) and not message.has("cancel")


def _asks_on(message: Message) -> bool:
    """Whether the message asks on about an order code: "has order ORD-2970 left yet"."""
    first = message.tokens[0].text if message.tokens else ""
    return (message.asks or first in ASKING_ON) and not message.slots.finds


def _other_phone(message: Message) -> list[a.Act]:
    """SetPayer, with or without the digits of the phone."""
    step, phone = message.context.step, find_phone(message.raw)
    if step == "awaiting_delivery_address":
        return []
    if phone is not None:
        paying = step in NEAR_MONEY or message.has("payment_phone", "checkout", "payment_retry")
        alone = len(message.tokens) <= 4
        if message.has("note") and not message.has("payment_phone"):
            return []  # "rider apige 0733… akifika"
        if step == "order_completed" and not message.tagged("~pay", "@prompt"):
            return [a.SetNote(text=message.raw.strip())]  # nothing is left to pay: to be reached on
        if not paying and not alone:
            return []
        yes = step == "awaiting_confirmation" and _says_yes_with_number(message)
        return [a.SetPayer(phone=phone), *([a.Confirm()] if yes else [])]
    if step in NEAR_MONEY and sent_to_a_person(message):
        return [a.SetPayer()]
    elsewhere = message.has("another_phone")
    if message.tagged(*MISSED) or (
        message.at("payment_retry") < message.at("payment_phone") and not elsewhere
    ):
        return []
    if message.has("own_phone") and step == "payment_failed":
        return [a.SetPayer(own=True)]
    if not elsewhere and _numbers_a_size(message):
        return []
    if (elsewhere or message.has("payment_phone")) and step in NEAR_MONEY | {
        "cart_updated",
        "order_completed",
    }:
        return [a.SetPayer()]
    return []


def _numbers_a_size(message: Message) -> bool:
    """Whether "namba" is that of a size: "badilisha iwe namba 3"."""
    sizes = {find.start for find in message.slots.finds if find.slot == "size"}
    numbered = [at for at, t in enumerate(message.tokens) if t.text in ("namba", "number")]
    return bool(numbered) and all(at + 1 in sizes for at in numbered)


def sent_to_a_person(message: Message) -> bool:
    """Whether it is to be sent to somebody who is to pay: "send it to my wife", "tuma kwa mum"."""
    texts = [token.text for token in message.tokens]
    sends = [at for at, token in enumerate(message.tokens) if "~send" in token.tags]
    if not sends or message.slots.finds or message.asks or message.tagged("@place", "~pay"):
        return False
    behind = [text for text in texts[sends[0] + 1 :] if text not in SENT_SO]
    to = set(texts[sends[0] + 1 :]) & {"to", "kwa"}
    return bool(to and behind) and set(behind) <= RELATION_WORDS | OTHER_PERSONS


def _says_yes_with_number(message: Message) -> bool:
    """Whether the message is only a yes and the payer's number; other words might be edits."""
    if not message.has("affirm") or message.has("deny") or message.asks:
        return False
    yes = message.cues["affirm"]
    beside = [t for at, t in enumerate(message.tokens) if not yes.start <= at < yes.end]
    only_that = all(t.text in WITH_NUMBER or t.text[0].isdigit() for t in beside)
    return only_that and count_phones(message.raw) == 1


def _done(message: Message) -> list[a.Act]:
    paid = message.tagged("~pay+")
    step = message.context.step
    if step in PAYING and message.says_any(TAKEN) and message.says(*MONEY):
        return [a.ClaimPaid(receipt=find_receipt(message.raw))]  # no second prompt
    if step in PAYING and _gone_before(message):
        return [a.ClaimPaid(receipt=find_receipt(message.raw))]
    if (
        message.tagged("~!pay")
        or _not_yet(message)
        or (message.has("topic.payment") and message.asks)
    ):
        return []
    if message.asks and message.tagged("@pin"):
        return []  # "is it safe to put my PIN"
    if step in PAYING and message.has("mpesa_told") and not _is_denied(message, "mpesa_told"):
        return [a.ClaimPaid(receipt=find_receipt(message.raw))]
    bare = step in PAYING and len(message.tokens) <= 3 and message.says_any(CHATTED_DONE)
    if paid:
        return [a.ClaimPaid(receipt=find_receipt(message.raw))]
    if message.has("payment_retry") and message.cues["payment_retry"].length > 1:
        return []
    if bare:
        return [a.ClaimPaid(receipt=find_receipt(message.raw))]
    if not message.has("payment_done") or _missed_pin(message):
        return []
    money = message.tagged("~pay") or message.says(*MONEY)
    said = a.ClaimPaid(receipt=find_receipt(message.raw))
    return [said] if step in NEAR_MONEY | ORDERED or money else []


def _gone_before(message: Message) -> bool:
    """Whether the money went before anything was entered: "it was taken before I typed the PIN"."""
    texts = [token.text for token in message.tokens]
    at = next((at for at, text in enumerate(texts) if text in BEFORE), 0)
    first = set(texts[:at])
    told = first & GONE and first.intersection(MONEY) and not first & (SUPPOSED | NOT_DONE)
    return bool(told) and message.tagged("@pin", "~pay", "~!pay") and not message.asks


def _not_yet(message: Message) -> bool:
    """Whether it is said that nothing is paid yet: "si nimelipa bado"."""
    return message.says("bado") and message.says("si", "sio", "siyo", "not", "havent")


def _missed_pin(message: Message) -> bool:
    """Whether the PIN was not entered: "didnt get to put my pin in time"."""
    return _is_denied(message, "payment_done") and message.tagged("@pin")


def _is_denied(message: Message, cue: str) -> bool:
    """Whether a negation stands before the words of the cue: "havent got the mpesa message"."""
    at = message.at(cue)
    before = message.tokens[max(0, at - 4) : at]
    return any(token.text in NOT_DONE.union(BEFORE) for token in before)


def _retry(message: Message) -> list[a.Act]:
    """PayAgain; outside of payment only where the prompt is named."""
    if message.context.step == "awaiting_confirmation" and _once_more(message):
        return [a.PayAgain()]
    if not message.has("payment_retry") or _gives_up(message):
        return []
    if message.context.step == "order_completed" and message.tagged("@order"):
        return []  # "rudia oda yangu" of a paid order wants it once more
    briefly = message.context.has_order and len(message.tokens) <= 3
    if message.context.step in PAYING or briefly:
        return [a.PayAgain()]
    missed = message.tagged(*MISSED, "~expire", "~fail") or message.says("hakuna", "didnt")
    if not missed and not message.says_any(ONCE_MORE):
        return []  # "send me the prompt" asks for the first one
    cue = message.cues["payment_retry"]
    named = any("@prompt" in token.tags for token in message.tokens)
    return [a.PayAgain()] if named and cue.length > 1 else []


def _once_more(message: Message) -> bool:
    """Whether the prompt is asked for again at the total: "ndio rudia sasa", "jaribu tena"."""
    if message.slots.finds or message.asks or message.has("deny") or message.says_any(CHARGED):
        return False  # "pesa imekatwa mara mbili, tuma tena" complains
    if message.tagged("~send") and message.tagged("@prompt") and message.tagged("@all"):
        return True  # "rusha prompt ya zote"
    agreed = message.has("affirm")
    if message.says("rudia", "repeat"):
        return agreed  # alone it asks to hear the total again: "rudia tafadhali"
    return (agreed or message.tagged("~retry", "~send")) and message.says_any(ONCE_MORE)


def _gives_up(message: Message) -> bool:
    """Whether a failed payment is given up: "imekataa, wacha tu, cancel hiyo order"."""
    asks_anew = message.tagged("~send", "~retry") or message.says_any(ONCE_MORE - {"tena"})
    order = message.tagged("~cancel") and message.tagged("@order")
    slipped = message.says_any(PRESSED) and not (message.tagged("~!want") or message.says("dont"))
    once = message.tagged("~mistake") or slipped or (message.tagged("@prompt") and not order)
    return message.has("cancel") and not asks_anew and not once


def _status(message: Message) -> list[a.Act]:
    """OrderStatus; without an order only where "my order" is said."""
    if not message.has("order_status") or message.has("topic.hours", "note"):
        return []
    if _owns_to_it(message):
        return []
    if ordered_beside(message):
        return []  # "order yangu ni model 501 bag plus hiyo headwrap ya pinki mbili"
    context = message.context
    if context.has_order or context.step in ORDERED:
        return [order_asked_about(message.raw)] if message.has("order_status") else []
    cue = message.cues["order_status"]
    mine = (
        message.tagged("@order")
        and message.says(
            "my", "yangu", "wangu", "langu", "zangu", "mzigo wangu", "oda yangu", "mzigo yangu"
        )
    ) or (
        message.tagged("@order")
        and any(" " in t.text and "@order" in t.tags for t in message.tokens)
    )
    busy = message.has("checkout", "cancel", "view_cart", "payment_done", "start_over")
    return [order_asked_about(message.raw)] if mine and cue.length > 1 and not busy else []


def _owns_to_it(message: Message) -> bool:
    """Whether the order shown is only said to be hers: "ndio hiyo ndiyo oda yangu, endelea"."""
    shown = message.context.step == "awaiting_confirmation" and not message.asks
    said = shown and message.tagged("@order") and message.tagged("@yes", "@ok", "~confirm")
    return said and says_only(message, IN_ORDER, ("@yes", "@ok", "@this", "@order", *GOING_ON))


def order_asked_about(text: str) -> a.OrderStatus:
    """The question where the order is, told by its number or the M-Pesa code that paid it."""
    return a.OrderStatus(order_ref=order_said(text), receipt=find_receipt(text))


def order_said(text: str) -> str | None:
    """The order number as said: "ORD-2207", "#2207"."""
    code = ORDER_CODE.search(text)
    if code is not None:
        return code.group()
    number = ORDER_NUMBER.search(text)
    return number.group(1) if number else None
