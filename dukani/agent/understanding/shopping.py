"""Looking for pieces, picking one, and saying its size, colour and quantity."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, act, with_slots
from dukani.agent.understanding.finds import Find
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.questions import stock_question

SEARCHED = ("category", "colour", "size", "occasion", "pattern", "embroidery", "quantity")
DESCRIBED = ("colour", "pattern", "category", "occasion")
PUTTING = frozenset(("~add", "~put", "@cart"))
PUT_WORDS = word_set("shopping", "put_words")
SHOWING = frozenset(("~show",))
ARTICLES = frozenset(("the", "that", "this", "those", "these"))


def shopping(message: Message) -> Acts:
    """search, ask_availability, or picking acts; nothing when no piece is spoken of."""
    if wants_search(message):
        return searching(message)
    if asks_stock(message):
        return stock_question(message)
    return picking(message)


def something_shown(message: Message) -> bool:
    return bool(message.context.options or message.context.focus)


def definite(message: Message, find: Find | None = None) -> bool:
    """She points: "that blue one", "ile ya lace", "the dress"."""
    tokens = message.tokens
    if find is None:
        return message.tagged("@this")
    before = tokens[max(0, find.start - 3) : find.start]
    after = tokens[find.end : find.end + 1]  # Swahili points behind the noun: "viatu hivyo"
    near = (token for token in (*before, *after) if token.text != "it")
    return any(token.text in ARTICLES or "@this" in token.tags for token in near)


def points_at(message: Message) -> bool:
    described = [find for slot in DESCRIBED for find in message.slots.wanted(slot)]
    return any(definite(message, find) for find in described) or pronoun(message)


def pronoun(message: Message) -> bool:
    """ "the blue one", "ya blue": a colour or cloth that stands for a piece."""
    for find in (f for slot in ("colour", "pattern") for f in message.slots.wanted(slot)):
        after = message.tokens[find.end].text if find.end < len(message.tokens) else ""
        before = message.tokens[find.start - 1].text if find.start else ""
        shade = find.start > 1 and message.tokens[find.start - 2].text in ("rangi", "colour")
        if shade:
            continue
        if after == "one" or (before in ("ya", "la", "cha") and not message.has("have", "show")):
            return True
    return False


def wants_search(message: Message) -> bool:
    slots = message.slots
    if not something_shown(message):
        return starts_search(message)
    if slots.wanted("option") or slots.wanted("name"):
        return False
    if slots.budget or message.has("cheaper") or slots.wanted("occasion"):
        return message.has("cheaper") or not message.has("ask_price", "ask_discount")
    categories = {find.value for find in slots.wanted("category")}
    if categories - message.shown:
        return True
    if categories:
        return category_again(message)
    if slots.wanted("colour") or slots.wanted("pattern"):
        return colour_search(message)
    refused = any(slots.unwanted(slot) for slot in ("pattern", "name", "category", "occasion"))
    return (bool(slots.exclusions()) and not slots.wanted("size")) or refused_kind(message, refused)


def refused_kind(message: Message, refused: bool) -> bool:
    """ "stop showing me lace" while options are shown."""
    picked = any(message.slots.wanted(slot) for slot in ("size", "quantity"))
    return refused and not picked and message.context.step == "products_found"


def starts_search(message: Message) -> bool:
    """Nothing is on the table: any word about clothes looks for them."""
    slots = message.slots
    if any(slots.wanted(slot) for slot in ("category", "occasion", "pattern", "embroidery")):
        return True
    if slots.exclusions() and not message.context.cart:
        return True
    if message.context.cart and not slots.budget:
        return message.has("show", "have") and bool(slots.wanted("colour"))
    asked = message.has("want", "have", "show", "cheaper")
    garment = message.tagged("@garment", "@all")
    if message.says("nguo", "vazi", "mavazi", "clothes", "outfit") and not message.context.cart:
        return True
    if (asked and garment) or message.has("cheaper"):
        return True
    return bool(slots.budget or slots.wanted("colour") or slots.wanted("size"))


def category_again(message: Message) -> bool:
    """The kind already shown is named again: a new search unless she points at one."""
    if message.context.step == "size_recommended" and not message.has("show"):
        return (
            not points_at(message) and bool(message.slots.wanted("colour")) and new_colour(message)
        )
    return not any(definite(message, find) for find in message.slots.wanted("category"))


def new_colour(message: Message) -> bool:
    return any(find.value not in message.shown_colours for find in message.slots.wanted("colour"))


def colour_search(message: Message) -> bool:
    """A colour or pattern alone picks what is shown; what is not shown is looked for."""
    if message.context.step == "size_recommended" and not message.has("show"):
        return False
    if points_at(message) or definite(message):
        return False
    if message.slots.wanted("colour") and not new_colour(message):
        plural = message.says("ones", "za", "zile", "any", "zote")
        return message.has("more_options", "show") or (message.has("have") and plural)
    return not (message.has("ask_availability", "have") and message.context.focus)


def search_slots(message: Message) -> dict[str, object]:
    slots = message.slots
    found = slots.values(*SEARCHED) | slots.exclusions() | dict(slots.budget)
    if message.has("cheaper") and not slots.budget:
        found["text"] = "cheaper"
    if not found:
        found["text"] = message.raw.strip()
    return found


def searching(message: Message) -> Acts:
    """A search; asked for one size, also whether it is there."""
    acts = [with_slots("search", search_slots(message))]
    size = message.slots.wanted("size")
    if size and message.has("have", "ask_availability") and not message.has("show"):
        slots = message.slots.values("category", "colour", "size")
        acts.append(with_slots("ask_availability", slots))
    return acts


def asks_stock(message: Message) -> bool:
    """Is what is shown there, perhaps in a size or colour."""
    if not something_shown(message):
        return message.has("ask_availability") and message.cues["ask_availability"].length > 1
    if any(token.asked for token in message.tokens) and new_colour(message):
        return True
    if message.has("ask_availability"):
        strong = message.cues["ask_availability"].length > 1 or message.asks
        return strong and not message.has("add_to_cart")
    said = any(message.slots.wanted(slot) for slot in ("size", "colour", "option", "name"))
    asked = message.has("have") and (message.asks or not message.has("want"))
    return asked and (said or definite(message))


def picking(message: Message) -> Acts:
    """select_option, set_variant and add_to_cart, as far as they are said."""
    picks = selections(message)
    variant = variant_slots(message, bool(picks))
    acts: Acts = [with_slots("select_option", slots) for slots in picks]
    acts += variants(message, variant)
    if adds(message, bool(picks), bool(variant)):
        acts.append(act("add_to_cart"))
    return acts


def selections(message: Message) -> list[dict[str, object]]:
    """What each pick is told by: number, name, or colour and kind."""
    slots, context = message.slots, message.context
    if slots.wanted("option"):
        picks: list[dict[str, object]] = [{"option": f.value} for f in slots.wanted("option")]
        return picks if len(picks) > 1 else [picks[0] | slots.values("colour")]
    if not something_shown(message):
        return []
    if slots.wanted("name"):
        return [slots.values("name", "colour")]
    described = slots.values("colour", "pattern", "category")
    if context.replied_to_option and (definite(message) or message.has("want") or said(message)):
        return [{"option": context.replied_to_option}]
    if described and describes_option(message):
        return [described]
    return undescribed(message)


def said(message: Message) -> bool:
    return any(message.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def describes_option(message: Message) -> bool:
    """Colour or kind tell which option; with one piece in hand only a pointing word does."""
    if message.context.step != "size_recommended" or not message.context.focus:
        return bool(message.context.options)
    described = [find for slot in DESCRIBED for find in message.slots.wanted(slot)]
    pointed = any(definite(message, find) for find in described)
    return pointed and message.has("want", "add_to_cart")


def undescribed(message: Message) -> list[dict[str, object]]:
    """ "nataka hii": with several shown it is not said which; with one it is that."""
    context = message.context
    if context.focus or not context.options or not definite(message) or message.has("more_options"):
        return []
    if not message.has("want", "add_to_cart") and len(message.tokens) > 3:
        return []
    return [{"option": 1}] if len(context.options) == 1 else [{}]


def variant_slots(message: Message, picked: bool) -> dict[str, object]:
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
    if len(sizes) > 1 and len(sizes) == len(counts):
        return [
            act("set_variant", size=size.value, quantity=count.value)
            for size, count in zip(sizes, counts, strict=True)
        ]
    if len(sizes) > 1 and len(counts) <= 1:
        rest = {name: value for name, value in variant.items() if name != "size"}
        return [with_slots("set_variant", {"size": size.value} | rest) for size in sizes]
    return [with_slots("set_variant", variant)]


def adds(message: Message, picked: bool, variant: bool) -> bool:
    """In the cart with it: said so, or wanted with its size, or "I'll take it"."""
    cue = message.cues.get("add_to_cart")
    if cue is not None:
        words = message.tokens[cue.start : cue.end]
        if any(not t.tags.isdisjoint(PUTTING) or t.text in PUT_WORDS for t in words):
            return True
        if message.context.focus and not (picked or variant or other_piece(message)):
            return True
    if message.tagged("~add") and (picked or variant):
        return True
    wants = message.has("want") or cue is not None
    if wants and picked and message.slots.wanted("size"):
        return True
    focus = message.context.focus is not None
    return message.has("want") and focus and definite(message) and not picked and not variant


def other_piece(message: Message) -> bool:
    """ "nataka kununua nguo nyingine": not the one in hand."""
    return message.has("more_options") or message.tagged("@garment")
