"""Decides whether a clause is a search or a question about stock; otherwise it picks a piece."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.as_before import same_value, size_as_before
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import name_said, target, values, whole
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite, points_at, something_shown
from dukani.agent.local_reader.parsing.whom_words import whom_words
from dukani.agent.local_reader.talk.questions import looks_elsewhere, stock_question
from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Option

DESCRIBING = ("name", "category", "occasion", "pattern", "embroidery", "age")
WHAT_IT_COMES_IN = word_set("shopping", "what_it_comes_in")
POLITE = word_set("edits", "polite")
EVEN = word_set("edits", "even")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya"))
NOT_ONE = frozenset(("ones", "zozote", "yoyote"))
ABOUT = {("what", "about"), ("how", "about"), ("vipi", "kuhusu"), ("je", "kuhusu")}


def wants_search(clause: Message) -> bool:
    """Whether the clause asks for pieces that are not in view, or for more of a kind."""
    slots = clause.slots
    if not something_shown(clause):
        return _starts_search(clause)
    if any(find.sold for find in slots.wanted("name")):
        return True  # a piece that is not in view is searched for first
    if _anything_for_a_child(clause):
        return True
    if slots.wanted("option") or (slots.wanted("name") and not _looks_for_style(clause)):
        return False
    if slots.budget or clause.has("cheaper") or _for_occasion(clause):
        priced = clause.has("ask_price", "ask_discount")
        return clause.has("cheaper") or looks_elsewhere(clause) or not priced
    if other_kind(clause) or asks_about_another(clause):
        return True
    if slots.wanted("category"):
        return _category_again(clause)
    if slots.wanted("colour") or slots.wanted("pattern"):
        return _colour_search(clause)
    if slots.wanted("embroidery") and not definite(clause):
        return True
    refused = any(slots.unwanted(slot) for slot in ("pattern", "name", "category", "occasion"))
    excluded = bool(slots.exclusions()) and not slots.wanted("size")
    return excluded or _refused_kind(clause, refused)


def _anything_for_a_child(clause: Message) -> bool:
    """Whether any piece for a child is asked for: "is there something for a boy of 7?"."""
    anything = any(token.kind == "garment" for token in clause.tokens)
    aged = clause.asks and bool(clause.slots.wanted("age"))
    return anything and aged and whom_words(clause.tokens, aged=True) is not None


def _for_occasion(clause: Message) -> bool:
    """Whether an occasion is searched for; "hiyo ya kazi nyeusi 56" points at a shown piece."""
    wanted = clause.slots.wanted("occasion")
    told = clause.slots.wanted("size") or clause.slots.wanted("quantity")
    pointed = any(
        "@this" in token.tags
        for find in wanted
        for token in clause.tokens[max(0, find.start - 2) : find.start]
    )
    asked = clause.has("ask_availability") and len(clause.context.options) == 1
    return bool(wanted) and not (pointed and (asked or (told and not clause.asks)))


def other_kind(clause: Message) -> bool:
    """Whether a kind is named that no shown piece is of."""
    return bool({find.value for find in clause.slots.wanted("category")} - clause.shown)


def asks_about_another(clause: Message) -> bool:
    """Whether a kind is asked about that only pieces out of view are called: "loafers je?"."""
    texts = [token.text for token in clause.tokens]
    if "je" not in texts and not ABOUT & set(itertools.pairwise(texts)):
        return False
    words = [clause.tokens[find.start].text for find in clause.slots.wanted("category")]
    seen = [option.name for option in clause.in_view]
    sold = [piece.name for piece in clause.context.sold.pieces]
    return any(
        any(spells(word, name) for name in sold) and not any(spells(word, name) for name in seen)
        for word in words
    )


def wants_again(clause: Message) -> bool:
    """Whether a paid piece is wanted again: "another one, same size"."""
    context = clause.context
    ordered = context.step == "order_completed" and not something_shown(clause)
    another_kind = any(clause.slots.wanted(slot) for slot in DESCRIBING if slot != "age")
    opening = [t.text for t in clause.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
    asks = clause.asks and not POLITE & set(opening)  # "can I order the same thing again"
    return ordered and clause.has("again") and not another_kind and not asks


def asks_stock(clause: Message) -> bool:
    """Whether the clause asks if a shown piece is in stock, perhaps in a size or colour."""
    if not something_shown(clause):
        return clause.has("ask_availability") and clause.cues["ask_availability"].length > 1
    said = any(clause.slots.wanted(slot) for slot in ("size", "colour", "option", "name"))
    if clause.has("more_options") and not said and not clause.says_any(WHAT_IT_COMES_IN):
        return False
    marked = any(token.asked for token in clause.tokens)
    coloured = bool(clause.slots.wanted("colour"))
    if marked and (_new_colour(clause) or (coloured and _briefly(clause))):
        return True
    if _wonders(clause) and (coloured or clause.slots.wanted("size")):
        return True
    if clause.has("ask_availability"):
        strong = clause.cues["ask_availability"].length > 1 or clause.asks
        return strong and not clause.has("add_to_cart")
    asked = clause.has("have") and (clause.asks or not clause.has("want"))
    return asked and (said or definite(clause))


def asks_even(clause: Message) -> list[a.Act]:
    """A further stock question about the same piece: "no cream either?", "hata nyeusi hakuna?"."""
    context, finds = clause.context, clause.slots.finds
    alone = context.focus is not None or len(context.options) == 1
    said = {find.slot: find.value for find in finds}
    if not clause.asks or not alone or not said or not set(said) <= {"colour", "size"}:
        return []
    if not clause.says_any(EVEN) or clause.has("show", "add_to_cart", "cheaper"):
        return []
    return [a.AskStock(values=a.Values(**said))]


def asks_of_known(clause: Message) -> list[a.Act]:
    """A stock question about a piece of the order or of the shop: "is the bodycon in pink?"."""
    said = clause.slots.values("colour", "size")
    asking = clause.has("ask_availability", "have") and (clause.asks or not clause.has("want"))
    if not said or not asking or clause.has("show", "cheaper", "ask_price") or clause.slots.budget:
        return []
    if clause.slots.wanted("occasion") or clause.slots.wanted("age") or _any_of(clause):
        return []
    if clause.tagged("~add") or clause.tokens[0].text in POLITE:
        return []  # "can I also get the tote in black"
    if len([part for part in groups(clause) if part.heads]) > 1:
        return _several_known(clause)
    which = _known(clause)
    size = size_as_before(clause, whole(clause))
    values_asked = said if size is None else {"size": size} | said
    return [a.AskStock(target=which, values=a.Values(**values_asked))] if which else []


def _several_known(clause: Message) -> list[a.Act]:
    """A stock question for each piece named: "is the tote in blue and the scarf in red there"."""
    parts = [part for part in groups(clause) if part.heads]
    if any(part.first("option") for part in parts):
        return []
    told = [target(clause, part, ("name", "category")) for part in parts]
    named = [
        which.name is not None or any(definite(clause, head) for head in part.heads)
        for which, part in zip(told, parts, strict=True)
    ]
    apart = len({(which.name, which.category) for which in told}) == len(told)
    if not all(named) or not apart:
        return []
    return [
        a.AskStock(target=_one(which), values=values(part, ("colour", "size")))
        for which, part in zip(told, parts, strict=True)
    ]


def _one(told: a.Target) -> a.Target:
    return told.model_copy(update={"scope": "one", "pointed": None})


def _any_of(clause: Message) -> bool:
    """Whether any piece of the kind will do: "any bodycon in pink", "a linen shirt"."""
    heads = [find for slot in ("name", "category") for find in clause.slots.wanted(slot)]
    before = {clause.tokens[find.start - 1].text for find in heads if find.start}
    return bool(before & {"any", "a", "an", "some"}) or clause.says_any(NOT_ONE)


def _known(clause: Message) -> a.Target | None:
    """The piece asked about: "the same", a name the shop sells, or a kind of the order."""
    slots = clause.slots
    same = clause.says("same", "ileile", "hiyohiyo") and not same_value(clause)
    pointed = same or any(definite(clause, find) for find in slots.wanted("category"))
    ordered = bool(clause.only(slots.wanted("category")).lines_said())
    if slots.wanted("category") and clause.context.cart and ordered and pointed:
        return a.Target(**slots.values("name", "category"))
    if same and (clause.context.cart or clause.context.focus):
        return a.Target(pointed="it")
    if something_shown(clause) and (slots.wanted("option") or not other_kind(clause)):
        return None  # the question is about a shown piece
    if not something_shown(clause) and _comes_as_line(clause):
        return a.Target(pointed="it")
    told = pointed or clause.says("ipo", "iko", "zipo", "ziko", "inapatikana")
    if _kind_of_name(clause) and not told:
        return None  # "mko na njumu za airforce" is a search
    named = slots.first("name") or (name_said(clause, whole(clause)) if told else None)
    if not named:
        return None
    return a.Target(
        name=str(named), **(slots.values("category") if _of_several(named, clause) else {})
    )


def _of_several(name: object, clause: Message) -> bool:
    """Whether pieces of several categories have the name: the "official" of shirts and trousers."""
    sold = clause.context.sold.pieces
    return len({piece.category for piece in sold if spells(str(name), piece.name)}) > 1


def _comes_as_line(clause: Message) -> bool:
    """Whether a colour and size are those of the line spoken of last: "do you have the white in M".

    A colour alone may be looked for in any piece.
    """
    slots, context = clause.slots, clause.context
    if any(slots.wanted(slot) for slot in DESCRIBING) or clause.tagged("@garment"):
        return False
    last = next((line for line in context.cart if line.number == context.last_line), None)
    sold = next((p for p in context.sold.pieces if last and p.product_id == last.product_id), None)
    if sold is None or not slots.wanted("colour"):
        return False
    told = bool(slots.wanted("size")) or any(definite(clause, f) for f in slots.wanted("colour"))
    return told and slots.first("colour") in sold.colours


def _kind_of_name(clause: Message) -> bool:
    """Whether a name after a kind only narrows it: "njumu za airforce", "hijab za jersey"."""
    names = {find.start for find in clause.slots.wanted("name")}
    kinds = [find for find in clause.slots.wanted("category") if not definite(clause, find)]
    linked = [find for find in kinds if find.end + 1 in names]
    return any(clause.tokens[find.end].text in GENITIVE for find in linked)


def stock_questions(clause: Message, parts: Sequence[Group]) -> list[a.Act]:
    """One stock question for each group: "do you have it in M and in L?"."""
    if len(parts) < 2:
        return stock_question(clause)
    return [ask for part in parts for ask in stock_question(clause.only(part.finds))]


def _looks_for_style(clause: Message) -> bool:
    """Whether a style is searched for, not a piece picked: "show me sneakers"."""
    names = clause.slots.wanted("name")
    styled = all(clause.tokens[find.start].text in STYLES for find in names)
    return styled and clause.has("show", "have", "more_options") and not definite(clause)


def _refused_kind(clause: Message, refused: bool) -> bool:
    """Whether a kind is excluded while options are shown: "stop showing me lace"."""
    picked = any(clause.slots.wanted(slot) for slot in ("size", "quantity"))
    return refused and not picked and clause.context.step == "products_found"


def _starts_search(clause: Message) -> bool:
    """Whether the clause searches while nothing is shown: any word about clothes does."""
    slots = clause.slots
    if any(slots.wanted(slot) for slot in DESCRIBING):
        return True
    if slots.exclusions() and not clause.context.cart:
        return True
    if clause.context.with_image and (slots.wanted("colour") or slots.wanted("size")):
        return True  # "this, but purple"
    if clause.context.cart and not slots.budget:
        return clause.has("show", "have") and bool(slots.wanted("colour"))
    asked = clause.has("want", "have", "show", "cheaper")
    garment = clause.tagged("@garment", "@all")
    if clause.says("nguo", "vazi", "mavazi", "clothes", "outfit") and not clause.context.cart:
        return True
    if (asked and garment) or clause.has("cheaper"):
        return True
    return bool(slots.budget or slots.wanted("colour") or slots.wanted("size"))


def _briefly(clause: Message) -> bool:
    """Whether the clause is as short as "in red?"."""
    return len(clause.tokens) <= 3 and not clause.has("want")


def _wonders(clause: Message) -> bool:
    """Whether the clause wonders about a value: "what about pink?", "vipi kuhusu ya blue"."""
    said = [token.text for token in clause.tokens]
    about = any(pair in ABOUT for pair in itertools.pairwise(said))
    return about and not clause.has("want", "add_to_cart")


def _category_again(clause: Message) -> bool:
    """Whether naming the shown kind again is a new search: yes unless a piece is pointed at."""
    if _singles_out(clause):
        return False
    if clause.context.step == "size_recommended" and not clause.has("show"):
        return not points_at(clause) and bool(clause.slots.wanted("colour")) and _new_colour(clause)
    return not any(definite(clause, find) for find in clause.slots.wanted("category"))


def _singles_out(clause: Message) -> bool:
    """Whether kind, colour and size fit just one shown piece: "sketi ya kijani saizi M"."""
    slots = clause.slots
    mixed = len({option.category for option in clause.context.options}) > 1
    said = slots.wanted("colour") or slots.wanted("size") or slots.wanted("quantity")
    if (
        not (said or mixed or clause.tagged("~take", "~buy"))
        or clause.has("show", "have", "more_options")
        or clause.asks
    ):
        return False
    wanted = slots.values("category", "colour", "size")
    fitting = [option for option in clause.context.options if _comes_as(option, wanted)]
    return len(fitting) == 1


def _comes_as(option: Option, wanted: dict[str, object]) -> bool:
    return (
        wanted.get("category") in (None, option.category)
        and wanted.get("colour") in (None, *option.colours)
        and wanted.get("size") in (None, *option.sizes)
    )


def _new_colour(clause: Message) -> bool:
    return any(find.value not in clause.shown_colours for find in clause.slots.wanted("colour"))


def _colour_search(clause: Message) -> bool:
    """Whether a colour or pattern alone is searched for, as no shown piece has it."""
    if clause.context.step == "size_recommended" and not clause.has("show"):
        return False
    if points_at(clause) or definite(clause):
        return False
    if clause.slots.wanted("colour") and not _new_colour(clause):
        plural = clause.says("ones", "za", "zile", "any", "zote")
        if clause.says("only") and clause.says("ones"):
            return True  # "only the red ones" narrows the list
        return clause.has("more_options", "show") or (clause.has("have") and plural)
    return not (clause.has("ask_availability", "have") and clause.context.focus)
