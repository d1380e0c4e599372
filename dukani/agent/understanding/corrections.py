"""Taking back what was said: "no, the second one", "not M, S", "size 2? no, 2 pieces"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dukani.agent.acts import Act
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, with_slots
from dukani.agent.understanding.message import Message

PIVOTS = word_set("corrections", "pivots")
CHANGED_TO = frozenset(("to", "iwe", "ziwe", "kuwa", "into", "ikuwe", "viwe"))
NOT = ("not", "no", "nothing", "si", "sio", "siyo", "dont", "isiwe", "zisiwe")
REFUSED = ("colour", "size", "pattern", "name", "category", "occasion")
ALSO_WORDS = frozenset(("la", "zi", "siyo"))  # "la tatu" is the third, "la, ya tatu" a no
CONTENT = ("select_option", "set_variant", "search", "add_to_cart", "ask_availability")
TAKING_BACK = frozenset(("~!want", "~!show", "~stop"))


def corrects(message: Message) -> bool:
    """The message takes something back that is there to be taken back."""
    context = message.context
    if context.step == "start" and not (context.options or context.cart or context.focus):
        at = _pivot(message)
        return at > 0 and (message.has("correction") or _restated(message, at))
    if message.tagged("~add") and message.slots.wanted("category"):
        return False  # "ngoja kwanza, nataka kuongeza kofia": more, nothing taken back
    if message.has("correction") or _opens_with_no(message) or _restated(message, _pivot(message)):
        return True
    refused = any(find.denied and find.slot in REFUSED for find in message.slots.finds)
    return _replaces(message) or (_takes_back(message) and refused)


def _opens_with_no(message: Message) -> bool:
    opening = [t for t in message.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
    if not opening or "@no" not in opening[0].tags:
        return False
    if opening[0].pause or len(message.tokens) == 1:
        return True
    following = message.tokens[message.tokens.index(opening[0]) + 1 :][:1]
    numbered = any("@number" in token.tags for token in following)  # "no 2" is number two
    return opening[0].text not in ALSO_WORDS and not (opening[0].text == "no" and numbered)


def _takes_back(message: Message) -> bool:
    return message.tagged(*TAKING_BACK) or message.says(*NOT)


def _replaces(message: Message) -> bool:
    """Both what she does not want and what she does: "si ya pili ni ya kwanza"."""
    slots = message.slots
    return any(
        slots.unwanted(slot) and slots.wanted(slot)
        for slot in ("option", "size", "colour", "category", "quantity", "name")
    )


def _pivot(message: Message) -> int:
    """After which token the new values stand; 0 when there is no such word between values."""
    for at in range(len(message.tokens) - 1, -1, -1):
        text = message.tokens[at].text
        changed = text in CHANGED_TO and message.tagged("~change")
        if text not in PIVOTS and not changed:
            continue
        before = any(find.start < at for find in message.slots.finds)
        if before and any(find.start > at for find in message.slots.finds):
            return at + 1
    return 0


def _restated(message: Message, at: int) -> bool:
    """ "gauni jekundu, hapana sketi nyeusi": the kind or colour said once more behind a no."""
    no = message.tokens[at - 1]
    if "@no" not in no.tags or not (at > 1 and message.tokens[at - 2].pause):
        return False
    finds = message.slots.finds
    before, after = ({f.slot for f in finds if (f.start < at) is early} for early in (True, False))
    return bool(before & after & {"category", "colour", "size"})


def with_correction(message: Message, read: Callable[[Message], Acts]) -> Acts:
    """The acts of a message that takes something back: the correction, and a search if new."""
    at = _pivot(message)
    later = replace(message, slots=message.slots.after(at)) if at else message
    acts = [_carried(one, message) if at else one for one in read(later)]
    changed = message.tagged("~change")
    content = [one for one in acts if one.kind in CONTENT]
    if not content:
        return acts
    merged: dict[str, object] = {}
    if at and changed:
        merged |= message.slots.values("category", "name", "option")
    for one in content:
        merged |= one.slots()
    correction = with_slots("correction", merged)
    kept = [one for one in content if one.kind == "search" or (at and _keeps(one.kind, changed))]
    others = [one for one in acts if one.kind not in CONTENT]
    return [*kept, correction, *others]


def _carried(one: Act, message: Message) -> Act:
    """ "nataka abaya maroon, samahani, nyeusi": what was said before and holds still."""
    if one.kind != "search" or one.category is not None or one.name is not None:
        return one
    before = message.slots.values("category", "occasion", "pattern", "embroidery", "size", "colour")
    return with_slots("search", before | one.slots())


def _keeps(kind: str, changed: bool) -> bool:
    """Said and taken back in one breath: both acts are in the message."""
    return not changed and kind in ("set_variant", "select_option")
