"""Makes the acts of an intent, where the model overrules the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.changing import set_line
from dukani.agent.local_reader.edits.changing_some import changes_some
from dukani.agent.local_reader.edits.groups import groups
from dukani.agent.local_reader.edits.leaving import tells_another_time
from dukani.agent.local_reader.edits.looking import other_kind
from dukani.agent.local_reader.edits.picking import picks
from dukani.agent.local_reader.edits.pieces import TELLING, target, whole
from dukani.agent.local_reader.edits.searching import add_unseen, searching
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.intents.fitting import TOPICS
from dukani.agent.local_reader.intents.labels import Label
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.phones import find_phone, find_receipt
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.agent.local_reader.parsing.whom_words import whom_words
from dukani.agent.local_reader.talk.noted import noted
from dukani.agent.local_reader.talk.payments import order_asked_about
from dukani.agent.local_reader.talk.places import address_told
from dukani.agent.local_reader.talk.questions import piece_asked, stock_question
from dukani.agent.local_reader.talk.shop import place_asked, until_said, weekday_said
from dukani.domain import acts as a

TOLD = frozenset(("colour", "size", "quantity", "age"))
Maker = Callable[[Message], Sequence[a.Act]]


def acts_meant(clause: Message, label: Label) -> list[a.Act]:
    """The acts of a clause with this intent; nothing where the words lack what the act needs."""
    if label in TOPICS:
        return [_shop(clause, label)]
    maker = MAKERS.get(label)
    return list(maker(clause)) if maker else []


def _shop(clause: Message, label: Label) -> a.AskShop:
    topic = TOPICS[label]
    return a.AskShop(
        topic=topic,
        weekday=weekday_said(clause) if topic == "hours" else None,
        place=place_asked(clause) if topic in ("delivery", "location") else None,
        until=until_said(clause) if topic == "reservation" else None,
    )


def _total(clause: Message) -> list[a.Act]:
    ordered = clause.context.cart or clause.context.has_order
    if ordered or not something_shown(clause):
        return [a.ViewOrder()]
    return [a.AskPrice(target=piece_asked(clause))]


def _undo(clause: Message) -> list[a.Act]:
    """Undo; nothing after a purchase, where "as it was" orders it again."""
    bought = clause.context.has_order and clause.has("again")
    return [] if bought and not clause.context.cart else [a.Undo()]


def _paid(clause: Message) -> list[a.Act]:
    return [a.ClaimPaid(text=clause.raw.strip(), receipt=find_receipt(clause.raw))]


def _status(clause: Message) -> list[a.Act]:
    """OrderStatus; without an order, "itafika lini?" is a question about delivery."""
    if not clause.context.has_order:
        return [a.AskShop(topic="delivery", place=place_asked(clause))]
    return [order_asked_about(clause.raw)]


def _stock(clause: Message) -> list[a.Act]:
    return stock_question(clause) if something_shown(clause) else searching(clause)


def _search(clause: Message) -> list[a.Act]:
    if clause.slots.finds or clause.slots.budget:
        return [act for act in searching(clause) if isinstance(act, a.Search)]
    return [a.Search(text=whom_words(clause.tokens) or clause.raw.strip())]


def _cheaper(clause: Message) -> list[a.Act]:
    if clause.has("have") and not clause.has("cheaper", "ask_price"):
        return []  # "which ones do you have?"
    told = clause.slots.values("category", "name", "occasion")
    return [a.Search(**told, cheaper=True)]


def _note(clause: Message) -> list[a.Act]:
    ordered = clause.context.cart or clause.context.has_order
    return [noted(clause.raw)] if ordered else []


def _add(clause: Message) -> list[a.Act]:
    other = set(clause.slots.values("colour").values()) - clause.shown_colours
    if clause.context.step == "products_found" and other:
        return []  # a colour that no shown piece has is searched for instead
    unseen = [group for group in groups(clause) if group.heads and group.slots & TOLD]
    if other_kind(clause) and goes_on(clause):
        return [add_unseen(clause, group) for group in unseen]
    if something_shown(clause) and (picked := picks(clause, change=False)):
        return picked
    return [add_unseen(clause, group) for group in unseen if "name" in group.slots]


def _only_names(clause: Message) -> bool:
    """Whether a piece is named and nothing is said of it, nor behind it: "the blazer, drop it"."""
    if clause.tokens[-1].pause:
        return False
    told = {at for f in clause.slots.finds if not f.denied for at in range(f.start, f.end)}
    others = [token for at, token in enumerate(clause.tokens) if at not in told]
    return all(t.text == "the" or not t.tags.isdisjoint(("@this", "@stopword")) for t in others)


def _remove(clause: Message) -> list[a.Act]:
    if clause.says_any(KEEP | ONLY):
        return []  # the words name the piece to keep, not the one to remove
    if _only_names(clause):
        return []  # "the belt", of "the belt is for my brother"
    if clause.has("affirm") and not clause.tagged("~remove", "~cancel", "~!want"):
        return []  # "polo iko sawa"
    parts = groups(clause)
    if len(parts) > 1:
        return [a.Remove(target=target(clause, part, TELLING, line=True)) for part in parts]
    told = target(clause, whole(clause), TELLING, line=True)
    return [a.Remove(target=told)] if told.describes or told.line or told.pointed else []


def _change(clause: Message) -> list[a.Act]:
    if changes_some(clause):
        return []
    return [set_line(clause, part) for part in groups(clause) if part.slots & TOLD]


def _more_of(clause: Message, sign: int = 1) -> list[a.Act]:
    if tells_another_time(clause):
        return []  # "I'll buy those another day"
    count = clause.slots.first("quantity")
    told = target(clause, whole(clause), TELLING, line=True)
    ordered = bool(clause.context.cart)
    return [a.ChangeQuantity(target=told, by=sign * int(str(count or 1)))] if ordered else []


def _fewer(clause: Message) -> list[a.Act]:
    return _more_of(clause, -1)


def _address(clause: Message) -> list[a.Act]:
    return address_told(clause.raw)


def _payer(clause: Message) -> list[a.Act]:
    """SetPayer; nothing with a phone told after the payment, which is to be reached on."""
    phone = find_phone(clause.raw)
    return [] if phone and clause.context.step == "order_completed" else [a.SetPayer(phone=phone)]


MAKERS: Mapping[Label, Maker] = {
    "yes": lambda _: [a.Confirm()],
    "no": lambda _: [a.Decline()],
    "checkout": lambda _: [a.Checkout()],
    "total": _total,
    "pay_again": lambda _: [a.PayAgain()],
    "paid": _paid,
    "cancel": lambda _: [a.Cancel()],
    "status": _status,
    "price": lambda clause: [a.AskPrice(target=piece_asked(clause))],
    "stock": _stock,
    "size_help": lambda clause: [a.AskSize(target=piece_asked(clause, ("option", "name")))],
    "complaint": lambda _: [a.Complaint()],
    "person": lambda _: [a.Handoff()],
    "address": _address,
    "note": _note,
    "payer": _payer,
    "search": _search,
    "more": lambda _: [a.More()],
    "cheaper": _cheaper,
    "back": lambda _: [a.Back()],
    "add": _add,
    "remove": _remove,
    "change": _change,
    "more_of": _more_of,
    "fewer": _fewer,
    "undo": _undo,
    "clear": lambda _: [a.Clear()],
    "repeat": lambda _: [a.Repeat()],
    "greeting": lambda _: [a.Greeting()],
    "thanks": lambda _: [a.Thanks()],
    "remark": lambda _: [a.Remark()],
    "wait": lambda _: [a.Remark()],
}
