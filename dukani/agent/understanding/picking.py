"""Picking a shown piece and saying its size, colour and quantity."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, act, with_slots
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.pointing import DESCRIBED, definite, something_shown

PUTTING = frozenset(("~add", "~put", "@cart"))
FEW = 5
TAKING = ("~take", "~buy", "~add", "~put")  # "give me all of them" may be to look at
PUT_WORDS = word_set("shopping", "put_words")


def picking(message: Message) -> Acts:
    """select_option, set_variant and add_to_cart, as far as they are said."""
    picks = _selections(message)
    variant = _variant_slots(message, bool(picks))
    acts: Acts = [with_slots("select_option", slots) for slots in picks]
    acts += variants(message, variant)
    if _adds(message, bool(picks), bool(variant)):
        acts.append(act("add_to_cart"))
    return acts


def _selections(message: Message) -> list[dict[str, object]]:
    """What each pick is told by: number, name, or colour and kind."""
    slots, context = message.slots, message.context
    if _all_of_them(message):
        return [{"option": option.number} for option in context.options]
    if slots.wanted("option"):
        picks: list[dict[str, object]] = [{"option": f.value} for f in slots.wanted("option")]
        return picks if len(picks) > 1 else [picks[0] | slots.values("colour")]
    if not something_shown(message):
        return []
    if slots.wanted("name"):
        return [slots.values("name", "colour")]
    described = slots.values("colour", "pattern", "category")
    if context.replied_to_option and (definite(message) or message.has("want") or _said(message)):
        return [{"option": context.replied_to_option}]
    if described and _describes_option(message):
        return [described]
    return _undescribed(message)


def _all_of_them(message: Message) -> bool:
    """ "add both", "nachukua zote mbili": every piece shown, when they are few."""
    options = len(message.context.options)
    both = options == 2 and message.says("both") and message.tagged("~give", *TAKING)
    every = 1 < options <= FEW and message.says("zote", "yote", "all") and message.tagged(*TAKING)
    return (both or every) and not message.asks and not message.has("show", "more_options")


def _said(message: Message) -> bool:
    return any(message.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def _describes_option(message: Message) -> bool:
    """Colour or kind tell which option; with one piece in hand only a pointing word does."""
    if message.context.step != "size_recommended" or not message.context.focus:
        return bool(message.context.options)
    described = [find for slot in DESCRIBED for find in message.slots.wanted(slot)]
    pointed = any(definite(message, find) for find in described)
    settled = message.tagged("~take") and bool(message.slots.wanted("size"))
    return (pointed or settled) and message.has("want", "add_to_cart")


def _undescribed(message: Message) -> list[dict[str, object]]:
    """ "nataka hii": with several shown it is not said which; with one it is that."""
    context = message.context
    if context.focus or not context.options or not definite(message) or message.has("more_options"):
        return []
    if not message.has("want", "add_to_cart") and len(message.tokens) > 3:
        return []
    return [{"option": 1}] if len(context.options) == 1 else [{}]


def _variant_slots(message: Message, picked: bool) -> dict[str, object]:
    slots = message.slots
    names = ("size", "quantity") if picked else ("size", "quantity", "colour")
    return slots.values(*names) | {
        k: v for k, v in slots.exclusions().items() if k == "exclude_size"
    }


def variants(message: Message, variant: dict[str, object]) -> Acts:
    """One set_variant, or one for each size of "mbili M na moja L"."""
    if not variant:
        return []
    sizes = message.slots.wanted("size")
    counts = message.slots.wanted("quantity")
    colours = message.slots.wanted("colour")
    if len(sizes) > 1 and len(sizes) == len(colours) and len(counts) in (0, len(sizes)):
        named = {"size": sizes, "colour": colours} | ({"quantity": counts} if counts else {})
        return [
            with_slots("set_variant", {slot: finds[at].value for slot, finds in named.items()})
            for at in range(len(sizes))
        ]
    if len(sizes) > 1 and len(sizes) == len(counts):
        return [
            act("set_variant", size=size.value, quantity=count.value)
            for size, count in zip(sizes, counts, strict=True)
        ]
    if len(sizes) > 1 and len(counts) <= 1:
        rest = {name: value for name, value in variant.items() if name != "size"}
        return [with_slots("set_variant", {"size": size.value} | rest) for size in sizes]
    return [with_slots("set_variant", variant)]


def _adds(message: Message, picked: bool, variant: bool) -> bool:
    """In the cart with it: said so, or wanted with its size, or "I'll take it"."""
    cue = message.cues.get("add_to_cart")
    if cue is not None:
        words = message.tokens[cue.start : cue.end]
        if any(not t.tags.isdisjoint(PUTTING) or t.text in PUT_WORDS for t in words):
            return True
        if message.context.focus and not (picked or variant or _other_piece(message)):
            return True
    if message.tagged("~add") and (picked or variant):
        return True
    wants = message.has("want") or cue is not None
    if wants and picked and message.slots.wanted("size"):
        return True
    # "nataka kulipia hizi" with a filled cart pays for what is in it
    paying = message.context.step == "cart_updated" and message.has("checkout")
    focus = message.context.focus is not None and not paying
    return message.has("want") and focus and definite(message) and not picked and not variant


def _other_piece(message: Message) -> bool:
    """ "nataka kununua nguo nyingine": not the one in hand."""
    return message.has("more_options") or message.tagged("@garment")
