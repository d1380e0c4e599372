"""Reads picks of shown pieces, with size, colour and quantity."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.all_of_them import all_of_them
from dukani.agent.local_reader.edits.as_before import VARIANT, as_before, same_again
from dukani.agent.local_reader.edits.besides import (
    for_another_child,
    for_sibling,
    goes_on,
    says_another,
)
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import (
    definite_colour,
    pointed_at,
    scope_said,
    single,
    target,
    values,
    whole,
)
from dukani.agent.local_reader.edits.words import ANOTHER, GOING_ON
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import DESCRIBED, definite, something_shown
from dukani.domain import acts as a

PUTTING = frozenset(("~add", "~put", "@cart"))
ASKING_WHAT = ("what", "which", "whats", "does", "is", "are")
FURTHER = ANOTHER | GOING_ON
FEW = 5
BRIEF = 3
PUT_WORDS = word_set("shopping", "put_words")
POLITE = word_set("edits", "polite")
WITHOUT_MONEY = word_set("edits", "without_money")
KIND = ("name", "category")
STANDS_ALONE = frozenset(("that", "this", "that one", "this one", "hiyo", "ile", "hii"))
PIECE = ("name", "category", "colour", "pattern")


def again(clause: Message) -> a.Add:
    """An Add of the piece bought last ("another one, same size"), or of all: "same order again"."""
    told = [find for find in clause.slots.finds if not _says_which_order(clause, find)]
    if (clause.tagged("@order") or _all_the_same(clause)) and not told:
        return a.Add(target=a.Target(scope="all"), another=True)
    said = values(whole(clause))
    if said.quantity is None and (count := _spelled_count(clause)) is not None:
        said = said.model_copy(update={"quantity": count})
    return a.Add(another=True, values=said)


def _says_which_order(clause: Message, find: Find) -> bool:
    """Whether an ordinal is of the order, not of a list: "my last order", "oda ya mwisho"."""
    near = clause.tokens[max(0, find.start - 2) : find.end + 1]
    return find.slot == "option" and any("@order" in token.tags for token in near)


def _is_of_an_order(clause: Message, find: Find) -> bool:
    """Whether the ordinal tells one order from others: "my last order was nice"."""
    return any("@order" in token.tags for token in clause.tokens[find.end : find.end + 1])


def _spelled_count(clause: Message) -> int | None:
    """The count of "vingine viwili vilevile", of which nothing else is said."""
    found = {at for find in clause.slots.finds for at in range(find.start, find.end)}
    counts = [
        int(token.value)
        for at, token in enumerate(clause.tokens)
        if token.kind == "number" and at not in found
    ]
    return counts[0] if len(counts) == 1 and counts[0] > 1 else None


def _all_the_same(clause: Message) -> bool:
    """Whether "the same again" means all that was bought, and no one of it: "one more, same"."""
    same = clause.says("same", "ileile", "hiyohiyo") and clause.tagged("again", "tena")
    values = clause.says("size", "saizi", "colour", "color", "rangi", "one", "moja", "another")
    return same and not values


def besides(clause: Message) -> list[a.Act]:
    """Adds of a further piece: "i also want the brown one", "add nyingine ya black same size"."""
    context, slots = clause.context, clause.slots
    if for_sibling(clause) and goes_on(clause) and not context.cart:
        told = target(clause, whole(clause), KIND)
        return [a.Add(target=told, values=as_before(clause, whole(clause)), another=True)]
    heads = any(slots.wanted(slot) for slot in ("category", "name", "option"))
    ordered = bool(context.cart) or context.has_order or context.focus is not None
    more = says_another(clause) or goes_on(clause)
    if heads or not ordered or not more or (clause.asks and not _asks_for(clause)):
        return []
    asked = context.question in ("size", "colour", "quantity")
    if not (slots.wanted("colour") or for_another_child(clause)) and (
        asked or not slots.wanted("size")
    ):
        return []
    return [
        a.Add(
            target=_colour_meant(clause, part),
            values=as_before(clause, part),
            another=_is_added(clause, part),
        )
        for part in groups(clause)
    ]


def _asks_for(clause: Message) -> bool:
    """Whether the question is a polite request: "can I also get one black in L?"."""
    opening = [t.text for t in clause.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
    polite = bool(opening) and opening[0] in POLITE
    return polite and not clause.has("have", "show", "ask_price")


def _colour_meant(clause: Message, part: Group) -> a.Target:
    colour = part.first("colour")
    if colour is None or not definite_colour(clause, part):
        return a.Target()
    return a.Target(colour=str(colour.value))


def picks(clause: Message, *, change: bool) -> list[a.Act]:
    """Adds of the pieces picked, or Sets of the piece in focus; else nothing."""
    if all_of_them(clause):
        scope = "both" if scope_said(clause) == "both" else "all"
        return [a.Add(target=a.Target(scope=scope), values=values(whole(clause)))]
    if colours := _every_colour(clause):
        return colours
    parts = groups(clause)
    picked = _targets(clause, whole(clause))
    if picked and _only_asks(clause):
        return [a.AskStock(target=told, values=values(whole(clause))) for told in picked]
    if picked:
        return [_picked(clause, told, change=change) for told in picked]
    if _adds(clause, parts):
        return [_add_in_hand(clause, part) for part in parts or [whole(clause)]]
    if len(parts) > 1:
        return [a.Add(values=_as_spoken(clause, part, values(part))) for part in parts]
    said = as_before(clause, whole(clause))
    refused = clause.slots.exclusions().get("exclude_size")
    if refused:
        said = said.model_copy(update={"exclude_size": refused})
    if said.says_nothing:
        return []
    if clause.asks and not clause.has("want", "add_to_cart", "correction"):
        return [a.AskStock(values=said)]  # a question changes nothing
    return [a.Set(values=said, change=change)]


def _only_asks(clause: Message) -> bool:
    """Whether a question takes no piece: "what sizes does the mini me come in"."""
    first = clause.tokens[0].text
    return clause.asks and first in ASKING_WHAT and not clause.has("want", "add_to_cart")


def pick_of_several(clause: Message, part: Group, option: int | None = None) -> a.Act:
    """The pick of one group: "two in M and one in L", "the red one and the blue one".

    `option`: the number of the piece shown that all groups are of, where there is one.
    """
    if option is not None:
        which = a.Target(option=option)
        return a.Add(target=which, values=as_before(clause, part), another=is_besides(clause))
    own = clause.only(part.finds)
    told = _targets(own, part) if part.heads or len(clause.context.options) > 1 else []
    which = told[0] if told else _colour_meant(own, part)
    said = _as_spoken(clause, part, as_before(clause, part))
    return a.Add(target=which, values=said, another=is_besides(clause))


def _as_spoken(clause: Message, part: Group, said: a.Values) -> a.Values:
    """The values with the colour or size said of the piece whose other value is asked for.

    "The gown in yellow", which size?, "one in 10 and two in 12": all three are yellow.
    """
    context = clause.context
    if context.question == "size" and not part.heads and said.colour is None:
        return said.model_copy(update={"colour": context.spoken_colour})
    if context.question == "colour" and not part.heads and said.size is None:
        return said.model_copy(update={"size": context.spoken_size})
    return said


def _is_added(clause: Message, part: Group) -> bool:
    """Whether the group follows "add": the black of "green moja na uongeze moja ya black"."""
    if _answers_before(clause, part):
        return False
    adds = [at for at, token in enumerate(clause.tokens) if "~add" in token.tags]
    return not adds or part.end > adds[0]


def _answers_before(clause: Message, part: Group) -> bool:
    """Whether the group answers what is asked, before "also" is said: "M navy, white too"."""
    asked = clause.context.question in ("size", "colour", "quantity")
    behind = any(find.start >= part.end for find in clause.slots.finds)
    said = clause.tokens[: max(f.end for f in part.finds if f.start < part.end)]
    return asked and behind and not any(t.text in FURTHER or "~add" in t.tags for t in said)


def is_besides(clause: Message) -> bool:
    ordered = bool(clause.context.cart or clause.context.has_order)
    return ordered and (says_another(clause) or goes_on(clause) or same_again(clause))


def _picked(clause: Message, told: a.Target, *, change: bool) -> a.Act:
    said = as_before(clause, whole(clause))
    if change and not clause.repaired and _recolours(clause, told):
        return a.Set(values=said, change=True)
    if change and not clause.repaired:
        return a.Substitute(piece=_that_one(clause, told), values=said)
    return a.Add(target=told, values=said, another=is_besides(clause))


def _that_one(clause: Message, told: a.Target) -> a.Target:
    """The target, pointed where "that one" stands beside its colour: "that one, black 56"."""
    bare = told == a.Target(colour=told.colour)
    pointed = bare and len(clause.context.options) > 1 and pointed_at(clause) == "it"
    alone = any(token.text in STANDS_ALONE and token.pause for token in clause.tokens)
    return told.model_copy(update={"pointed": "it"}) if pointed and alone else told


def _recolours(clause: Message, told: a.Target) -> bool:
    """Whether only the colour of the piece in focus changes: "zii, ikuwe black".

    What is denied may be pointed at: "si hiyo ya grey, nilimaanisha black".
    """
    alone = len({option.product_id for option in clause.in_view}) == 1
    anew = clause.slots.wanted("colour")
    pointed = definite(clause, anew[0] if anew else None)
    return alone and told == a.Target(colour=told.colour) and not pointed


def _targets(clause: Message, group: Group) -> list[a.Target]:
    """The target of each pick: by number, name, or colour and kind."""
    slots, context = clause.slots, clause.context
    numbers = [find for find in slots.wanted("option") if not _is_of_an_order(clause, find)]
    if numbers:
        return [a.Target(option=int(find.value)) for find in numbers]
    if not something_shown(clause):
        return []
    if slots.wanted("name"):
        shared = KIND if _names_several(clause) else ("name",)
        return [
            single(target(clause, group, PIECE if _colour_describes(clause, group) else shared))
        ]
    if context.replied_to_option and (definite(clause) or clause.has("want") or _said(clause)):
        return [a.Target(option=context.replied_to_option)]
    described = any(slots.wanted(slot) for slot in ("colour", "pattern", "category"))
    if described and _describes_option(clause):
        return [single(target(clause, group, PIECE))]
    return _undescribed(clause)


def _names_several(clause: Message) -> bool:
    """Whether several shown pieces have the name said, as an eid dress and an eid kanzu."""
    said = str(clause.slots.first("name")).split()
    shown = {option.name.lower() for option in clause.in_view}
    return sum(all(word in name for word in said) for name in shown) > 1


def _colour_describes(clause: Message, group: Group) -> bool:
    """Whether no colour is said, or the colour describes the piece rather than being wanted."""
    return definite_colour(clause, group) or not clause.slots.wanted("colour")


def _said(clause: Message) -> bool:
    return any(clause.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def _describes_option(clause: Message) -> bool:
    """Whether colour or kind pick an option; with a piece in focus, a demonstrative is needed."""
    if clause.context.step != "size_recommended" or not clause.context.focus:
        return bool(clause.context.options)
    described = [find for slot in DESCRIBED for find in clause.slots.wanted(slot)]
    pointed = any(definite(clause, find) for find in described)
    settled = clause.tagged("~take") and bool(clause.slots.wanted("size"))
    return (pointed or settled) and clause.has("want", "add_to_cart")


def _undescribed(clause: Message) -> list[a.Target]:
    """The target of a pick without a description: "nataka hii"."""
    context = clause.context
    if context.question == "take_it" and _accepts_offer(clause):
        return [a.Target(pointed="it")]
    if context.focus or not context.options or not definite(clause) or clause.has("more_options"):
        return []
    if not clause.has("want", "add_to_cart") and len(clause.tokens) > 3:
        return []
    if clause.says_any(WITHOUT_MONEY):
        return []  # "sina hela hiyo"
    if len(context.options) == 1:
        return [a.Target(option=1)]
    return [a.Target(pointed=pointed_at(clause) or "it")]


def _accepts_offer(clause: Message) -> bool:
    """Whether the offered piece is accepted: "that one", "nataka"."""
    brief = len(clause.tokens) <= BRIEF and not clause.asks
    wants = definite(clause) or (clause.has("want") and not clause.has("affirm"))
    return brief and wants and not clause.slots.finds


def _every_colour(clause: Message) -> list[a.Act]:
    """An Add of each colour, where "both" or "zote" answers "which colour?"."""
    context = clause.context
    if context.question != "colour" or context.focus is None or clause.slots.finds:
        return []
    colours, scope = context.choices or context.focus.colours, scope_said(clause)
    told = (scope == "both" and len(colours) == 2) or (scope == "all" and len(colours) <= FEW)
    return [a.Add(values=a.Values(colour=colour)) for colour in colours] if told else []


def _add_in_hand(clause: Message, part: Group) -> a.Add:
    """An Add of the piece in focus."""
    return a.Add(target=a.Target(pointed="it"), values=as_before(clause, part))


def _adds(clause: Message, parts: Sequence[Group]) -> bool:
    """Whether the piece in focus is taken: "add it to the cart", "I'll take it"."""
    varied = any(part.slots & set(VARIANT) for part in parts)
    cue = clause.cues.get("add_to_cart")
    if cue is not None:
        words = clause.tokens[cue.start : cue.end]
        if any(not t.tags.isdisjoint(PUTTING) or t.text in PUT_WORDS for t in words):
            return True
        if clause.context.focus and not (varied or _other_piece(clause)):
            return True
    if clause.tagged("~add") and varied:
        return True
    # "nataka kulipia hizi" with a filled cart pays for the cart
    paying = clause.context.step == "cart_updated" and clause.has("checkout")
    focus = clause.context.focus is not None and not paying
    return clause.has("want") and focus and definite(clause) and not varied


def _other_piece(clause: Message) -> bool:
    """Whether another piece than the one in focus is meant: "nataka kununua nguo nyingine"."""
    return clause.has("more_options") or clause.tagged("@garment")
