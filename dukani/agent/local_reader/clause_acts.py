"""Reads one clause by the rules, the surest first: edits, payments, questions, moods."""

from __future__ import annotations

from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.edits.emphasis import stays
from dukani.agent.local_reader.edits.looking import wants_again
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.paying import paying_for_all
from dukani.agent.local_reader.edits.picking import picks
from dukani.agent.local_reader.edits.reminding import reminds, reminds_to_change
from dukani.agent.local_reader.edits.searching import named_only_by_the_shop
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.agent.local_reader.parsing.whom_words import whom_words
from dukani.agent.local_reader.talk.asked_of_order import asked_of_order
from dukani.agent.local_reader.talk.cancels import cancels, only_for_now, refuses_proposal
from dukani.agent.local_reader.talk.colours_matched import asks_of_match
from dukani.agent.local_reader.talk.fetching import fetches
from dukani.agent.local_reader.talk.fine_as_ordered import fine_as_ordered
from dukani.agent.local_reader.talk.hesitating import (
    keeps_order,
    puts_off,
)
from dukani.agent.local_reader.talk.left_as_it_is import left_as_described
from dukani.agent.local_reader.talk.moods import agreement, asks_to_pay, closing, pleasantries
from dukani.agent.local_reader.talk.noted import noted
from dukani.agent.local_reader.talk.payments import ordered_beside, payments
from dukani.agent.local_reader.talk.places import last_place_said, without_place
from dukani.agent.local_reader.talk.quality import quality_question
from dukani.agent.local_reader.talk.questions import (
    looks_elsewhere,
    price_question,
    prices_compared,
    size_question,
    wondered,
)
from dukani.agent.local_reader.talk.remarks import only_remarks, without_remark
from dukani.agent.local_reader.talk.shop import shop_question
from dukani.agent.local_reader.talk.undecided import undecided
from dukani.agent.local_reader.talk.values_asked import values_asked
from dukani.agent.local_reader.talk.wanting_change import wants_a_change
from dukani.domain import acts as a
from dukani.domain.steps import SHOWN_A_TOTAL

CURIOUS = word_set("questions", "curious")  # "want to know"
BEING = frozenset(("niko", "nipo", "nko", "naishi", "nakaa", "tuko", "im", "i", "am"))
PRICE = frozenset(("bei", "price", "prices", "pricing", "cost"))
BEFORE_PRICE = frozenset(("the", "me", "us", "its", "your"))  # "give me the price"
GIVING = ("~give", "~want", "~send", "~bring", "~show")
ASKING_FOR = frozenset(("naomba", "nomba", "tunaomba", "need", "nahitaji"))
FROM_THE_START = frozenset(("over", "again", "afresh", "fresh", "anew", "upya", "mwanzo", "tena"))
FIRST_OF_ALL = frozenset(("with", "na", "by", "on", "kwa", "from"))
MOST_UNKNOWN = 2  # words of a name; more are no name
ANEW = frozenset(("upya", "anza", "mwanzo", "mwanzoni", "over"))


def clause_acts(clause: Message, *, paying: bool) -> list[a.Act]:
    """The rules' acts of a clause; `paying`: the message also has a payment act."""
    if clause.has("back", "start_over") and _goes_back(clause):
        return [a.Back()]
    if clause.has("start_over") and not _begins_with_a_piece(clause) and _anew(clause):
        return [a.StartOver(), *(choices(clause) if clause.slots.finds else [])]
    clause = without_remark(without_place(clause))
    if not clause.tokens:
        return closing(clause) or _moods(clause)  # all of it is an address
    if only_remarks(clause):
        return [a.Unclear()]
    if asked := asked_of_order(clause):
        return asked
    if stays(clause) or fine_as_ordered(clause) or left_as_described(clause):
        return [a.Remark()]
    if asks_of_match(clause):
        return [a.AskShop(topic="other")]
    if asked := values_asked(clause):
        return asked
    if asked := quality_question(clause) or undecided(clause) or wondered(clause):
        return asked
    if _only_notes(clause):
        return _note(clause)
    if _asks_to_be_in_order(clause):
        return [a.ViewOrder()]
    if acts := paying_for_all(clause):
        return [*acts, *(act for act in closing(clause) if isinstance(act, a.SetAddress))]
    acts = line_edits(clause)
    if acts:
        return [
            *acts,
            *_looks_at_cart(clause),
            *closing(clause),
            *pays_too(clause, paying),
            *_note(clause),
        ]
    if paying and (acts := payments(clause)):
        return [*ordered_beside(clause), *acts]
    if clause.has("view_cart") and _views(clause):
        return [a.ViewOrder(), *closing(clause)]
    if keeps_order(clause):
        return [a.Remark()]
    if puts_off(clause):
        return [a.Decline()] if _answers_a_total(clause) else [a.Remark()]
    if clause.has("cancel") and only_for_now(clause):
        return [a.Decline()]
    if clause.has("cancel") and cancels(clause):
        return [a.Decline() if refuses_proposal(clause) else a.Cancel()]
    if clause.has("back"):
        return [a.Back()]
    if wants_a_change(clause):
        return [a.Decline()] if clause.context.step in SHOWN_A_TOTAL else [a.Unclear()]
    acts = _questions(clause)
    if acts:
        return acts
    if clause.has("repeat") and not clause.slots.finds:
        return [a.Repeat()]
    if _off_topic(clause):
        return [a.AskShop(topic="other")]
    acts = choices(clause)
    acts += _note(clause) if not acts else []
    paying = clause.has("checkout") and bool(clause.context.cart)
    if not acts and clause.has("more_options") and not paying:
        return [a.Remark()] if _names_kept_lines(clause) else [a.More()]
    acts += closing(clause)
    return _paid_for(clause, acts) or _moods(clause)


def _anew(clause: Message) -> bool:
    return not clause.tagged("~send") and not wants_again(clause)


def _begins_with_a_piece(clause: Message) -> bool:
    """Whether it is only told what comes first: "let's start with the sweaters", "tuanze na …"."""
    cue = clause.cues["start_over"]
    said = {token.text for token in clause.tokens[cue.start : cue.end]}
    behind = {token.text for token in clause.tokens[cue.end : cue.end + 1]}
    named = any("@category" in token.tags for token in clause.tokens[cue.end :])
    named |= any(f.slot in ("name", "category") and f.start > cue.end for f in clause.slots.finds)
    return named and said.isdisjoint(FROM_THE_START) and bool(behind & FIRST_OF_ALL)


def _answers_a_total(clause: Message) -> bool:
    """Whether a no to the total opens it: "not now, my salary comes on friday"."""
    asked = clause.context.step == "awaiting_confirmation"
    return asked and clause.has("deny") and clause.at("deny") == 0


def _names_kept_lines(clause: Message) -> bool:
    """Whether "ingine" is about lines that stay, not a wish for more: "ingine ibaki hivyo"."""
    return bool(clause.context.cart) and clause.says_any(KEEP | ONLY)


def _asks_to_be_in_order(clause: Message) -> bool:
    """Whether an ordered piece is to be in the order: "na ule mtandio uwemo", "don't forget it"."""
    named = any(find.slot in ("category", "name") for find in clause.slots.finds)
    return reminds(clause) and not reminds_to_change(clause) and named and bool(clause.lines_said())


def _paid_for(clause: Message, acts: list[a.Act]) -> list[a.Act]:
    """The acts without an Add or Set beside Checkout: "I'd like to pay for it" adds nothing."""
    pays = any(isinstance(act, a.Checkout) for act in acts)
    if not pays or not clause.context.cart or clause.slots.finds:
        return acts
    return [act for act in acts if not isinstance(act, a.Add | a.Set)]


def _goes_back(clause: Message) -> bool:
    """Whether the list before is wanted: "rudi nyuma, nionyeshe tena zile caps"."""
    texts = [token.text for token in clause.tokens if token.tags.isdisjoint(("@hello", "@ok"))]
    return texts[:2] in (["rudi", "nyuma"], ["turudi", "nyuma"]) and not clause.says_any(ANEW)


def pays_too(clause: Message, paying: bool) -> list[a.Act]:
    """The payment acts after an edit, without a yes: "remove the shoes and send it again"."""
    acts = payments(clause) if paying else []
    return [act for act in acts if isinstance(act, a.SetPayer | a.PayAgain | a.ClaimPaid)]


def _only_notes(clause: Message) -> bool:
    """Whether the clause is only a note: "tell the rider to come after 5"."""
    return bool(_note(clause)) and not commands_in(clause) and clause.place is None


def _note(clause: Message) -> list[a.Act]:
    """SetNote where there is a cart or an order: "call Akinyi when you arrive"."""
    ordered = bool(clause.context.cart) or clause.context.has_order
    return [noted(clause.raw)] if clause.has("note") and ordered else []


def _looks_at_cart(clause: Message) -> list[a.Act]:
    return [a.ViewOrder()] if clause.has("view_cart") and clause.tagged("~show") else []


def _views(clause: Message) -> bool:
    """Whether the cart or its total is asked for, not the price of one piece."""
    slots = clause.slots
    if clause.has("add_to_cart") and clause.tagged("~put", "~add"):
        return False
    if not clause.context.cart and clause.context.options and not clause.tagged("@cart"):
        return False  # "how much for all?" asks about the options
    pieces = any(slots.wanted(slot) for slot in ("option", "colour", "category", "name"))
    return not pieces or clause.tagged("@cart")


def _questions(clause: Message) -> list[a.Act]:
    if asks_to_pay(clause):
        return [a.Checkout()]
    if last_place_said(clause) or fetches(clause):
        return closing(clause)
    if named := named_only_by_the_shop(clause):
        return named
    asked = shop_question(clause)
    if asked and not _about_piece(clause) and clause.place is None:
        return asked
    if compared := prices_compared(clause):
        return compared
    if clause.has("cheaper", "dearest") and (
        not clause.has("ask_discount") or looks_elsewhere(clause)
    ):
        return []
    priced = price_question(clause)
    if priced and _picks_too(clause):
        return priced + picks(clause, change=False)
    return priced or size_question(clause)


def _picks_too(clause: Message) -> bool:
    """Whether a piece is picked and its price asked: "nataka ya pili, bei gani?"."""
    pointed = clause.slots.wanted("option") or clause.slots.wanted("name")
    curious = clause.has("ask_discount") or clause.says_any(CURIOUS)
    wants = _without_wish_for_price(clause).has("want")
    return bool(pointed) and something_shown(clause) and wants and not curious


def _without_wish_for_price(clause: Message) -> Message:
    """The clause without the "nipe" of "nipe bei ya pili": the price is wished, and no piece."""
    tokens = clause.tokens
    for at, token in enumerate(tokens):
        start = next((i for i in range(at - 1, -1, -1) if tokens[i].text not in BEFORE_PRICE), None)
        if token.text not in PRICE or start is None or any(t.pause for t in tokens[start:at]):
            continue
        if tokens[start].text in ASKING_FOR or not tokens[start].tags.isdisjoint(GIVING):
            return clause.without(start, at)
    return clause


def _off_topic(clause: Message) -> bool:
    """Whether the question is not about clothes."""
    cue = clause.cues.get("topic.other")
    return cue is not None and cue.length > 1 and not clause.slots.finds


def _about_piece(clause: Message) -> bool:
    """Whether the question is about a piece rather than the shop: its cue is the longer one."""
    if _only_tells_where(clause):
        return True
    shop = max(
        (cue.length for name, cue in clause.cues.items() if name.startswith("topic.")), default=0
    )
    own = max(
        (clause.cues[n].length for n in ("ask_price", "ask_size") if clause.has(n)), default=0
    )
    return own > shop


def _only_tells_where(clause: Message) -> bool:
    """Whether a place only says where she is who wants to see pieces: "niko Tanga, … nione madera".

    "Niko Tanga, mnaleta madera?" asks of the delivery.
    """
    cue = clause.cues.get("topic.delivery")
    told = cue is not None and clause.tokens[cue.start].text in BEING
    shown = clause.has("show") and clause.slots.wanted("category")
    return bool(told and shown) and not clause.tagged("~send", "~bring", "~arrive")


def _moods(clause: Message) -> list[a.Act]:
    acts = agreement(clause) or pleasantries(clause)
    if acts:
        return acts
    if clause.has("topic.other"):
        return [a.AskShop(topic="other")]
    if clause.context.with_image:
        return [a.Search()]
    return _lost(clause)


def _unknown(clause: Message) -> list[str]:
    """The words that nobody knows, where they are few: the "birks" of "birks mnazo"."""
    words = [
        token.text
        for token in clause.tokens
        if token.entry is None and token.verb is None and not known(token.text)
    ]
    buying = clause.context.cart or clause.context.has_order
    few = len(words) <= MOST_UNKNOWN and all(word.isalpha() for word in words)
    return words if few and not buying else []


def _lost(clause: Message) -> list[a.Act]:
    """The act of a clause no rule reads: an off-topic question to decline, or Unclear."""
    looking = clause.has("want", "show", "have") and (clause.asks or _unknown(clause))
    if looking and not something_shown(clause):
        said = whom_words(clause.tokens) or " ".join(_unknown(clause))
        return [a.Search(text=said or clause.raw.strip())]
    if clause.asks and len(clause.tokens) > 2:
        return [a.AskShop(topic="other")]
    return [a.Unclear()]
