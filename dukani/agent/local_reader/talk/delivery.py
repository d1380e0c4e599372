"""Reads delivery addresses: given, corrected, or volunteered before they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.edits.ops import TIMES, op_at
from dukani.agent.local_reader.edits.words import ONLY, SET_TO
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS, looks_like_place, strip_lead
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.parsing.phones import find_phone
from dukani.agent.local_reader.parsing.talk_before_place import (
    closes_before_place,
    without_talk_before,
)
from dukani.agent.local_reader.talk.address_corrections import (
    GIVEN,
    changed_address,
    is_of_place,
)
from dukani.agent.local_reader.talk.awaited_address import (
    address_and_edit,
    address_and_question,
    asks_why,
    promises_place,
    tells_no_place,
)
from dukani.agent.local_reader.talk.fetching import fetches
from dukani.agent.local_reader.talk.place_to_come import leaves_place_open
from dukani.agent.local_reader.talk.places import (
    address_told,
    is_labelled_note,
    last_with_a_part,
    names_none,
    place_said,
    places_named,
    sent_elsewhere,
)
from dukani.agent.local_reader.talk.quality import quality_question
from dukani.domain import acts as a
from dukani.domain.address_parts import describes_house

# Cues that count only where they are the whole message; an address may contain their words.
SHORT = (
    "back", "undo", "repeat", "view_cart", "greeting", "thanks", "deny", "affirm", "start_over",
    "cancel", "checkout",
)  # fmt: skip
ASKING = (
    "ask_price", "ask_discount", "ask_size", "ask_availability", "order_status", "view_cart",
    "topic.hours", "topic.delivery", "topic.returns", "topic.payment", "topic.location",
)  # fmt: skip
CHANGING = ("cancel", "start_over", "remove_item", "clear_cart", "change_quantity", "correction")
SHORT_LENGTH = 4
WHY = word_set("delivery", "why")
OF_PIECES = ("size", "size_word", "mark", "number", "colour", "category", "garment", "ordinal")
SAID_BESIDE = ("@stopword", "@ok", "@yes", "@no", "@number", "~add", "~put", "~want", "~give")
AGREED = word_set("delivery", "agreed")
BESIDE_AGREED = word_set("delivery", "beside_agreed")
SAME_AS_LAST = word_set("delivery", "same_as_last")
ANOTHER_PLACE = word_set("delivery", "another_place")
TWICE = ("hapo", "pale", "huko", "ile")  # said once they point, said twice they mean the same place
BESIDE_SAME = word_set("delivery", "beside_same")
BESIDE = word_set("delivery", "beside")
ABOUT_PIECES = (
    "want", "show", "have", "cheaper", "greeting", "thanks", "add_to_cart", "cancel",
    "start_over", "remove_item", "clear_cart", "change_quantity",
)  # fmt: skip
OF = frozenset(("ya", "wa", "of", "in", "from", "za"))
# "and the address is only …", "write the address as …"
LABEL = re.compile(
    r"\b(?:(?:and|na|pia|also|write|andika|the|my|delivery) ){0,5}"
    r"(?:address|anwani|location)(?: yangu)? (?:is|as|ni|iwe)\b",
    re.IGNORECASE,
)
GROUPS = word_set("delivery", "groups")  # "our estate team"
SURE_PLACES = word_set("delivery", "sure_places")  # words used for places only


def _awaits_address(message: Message) -> bool:
    return message.context.step == "awaiting_delivery_address"


def address(message: Message) -> list[a.Act]:
    """SetAddress while an address is awaited; nothing where the text is clearly something else."""
    if not _awaits_address(message):
        return []
    if with_edit := _edit_then_place(message) or address_and_edit(message):
        return with_edit
    if with_question := address_and_question(message):
        return with_question
    if last := last_with_a_part(message):
        return last
    if _only_agrees(message) or _means_the_last_address(message):
        return [a.Confirm()]
    if _means_another_address(message):
        return [a.Decline()]
    if asks_why(message):
        return [a.Repeat()]
    if asked := _asks_of_quality(message):
        return asked
    if _is_question(message) or _is_command(message):
        return []
    if promises_place(message) or leaves_place_open(message):
        return [a.Remark()]
    if _only_of_pieces(message):
        return []
    if tells_no_place(message):
        return [a.Remark()]
    phone = find_phone(message.raw)
    if phone is not None and len(message.tokens) == 1:
        return [a.SetNote(text=phone)]  # a phone number is no address
    if names_none(strip_lead(message.raw)) and not PLACE_WORDS & _words_of(message):
        return [a.Remark()]  # "I am in a hurry", "tuko kazini"
    return address_told(message.raw)


def _asks_of_quality(message: Message) -> list[a.Act]:
    """A question of what a piece is like, and no place: "is the hoodie warm?"."""
    placed = looks_like_place(message.raw) or any("@place" in t.tags for t in message.tokens)
    return quality_question(message) if message.raw.strip().endswith("?") and not placed else []


def _only_agrees(message: Message) -> bool:
    """Whether the message only agrees: "ndio tuma", "yes go ahead", "niko sawa na hizo"."""
    agreed = message.tagged("@yes", "@ok") or message.has("affirm")
    return agreed and all(
        token.text in AGREED | BESIDE_AGREED
        or not token.tags.isdisjoint(("@yes", "@ok", "@stopword", "@thank"))
        for token in message.tokens
    )


def _means_the_last_address(message: Message) -> bool:
    """Whether it says "the same place": "yes, same address", "ndiyo, hapo hapo", "pale pale".

    Such words are never an address: where none is known, the address is asked for again.
    """
    words = [token.text for token in message.tokens]
    twice = any(one == next_ for one, next_ in pairwise(words))
    same = [word for word in words if word in SAME_AS_LAST and (word not in TWICE or twice)]
    return bool(same) and _says_only(message, SAME_AS_LAST | BESIDE_SAME)


def _means_another_address(message: Message) -> bool:
    """Whether it only refuses the place of last time: "a different address", "not the same"."""
    words = {token.text for token in message.tokens}
    only = _says_only(message, ANOTHER_PLACE | SAME_AS_LAST | BESIDE_SAME)
    return bool(words & ANOTHER_PLACE) and only


def _says_only(message: Message, words: frozenset[str]) -> bool:
    beside = ("@yes", "@ok", "@no", "@stopword", "@thank", "@this", "@ordinal")
    return all(t.text in words or not t.tags.isdisjoint(beside) for t in message.tokens)


def _only_of_pieces(message: Message) -> bool:
    """Whether the message is only about pieces: "size L", "the black hoodie", "2"."""
    said = {at for find in message.slots.finds for at in range(find.start, find.end)}
    if any("@place" in token.tags for token in message.tokens):
        return False
    return all(
        at in said
        or token.kind in OF_PIECES
        or token.text in BESIDE
        or not token.tags.isdisjoint(SAID_BESIDE)
        for at, token in enumerate(message.tokens)
    )


def early_address(message: Message) -> list[a.Act]:
    """SetAddress before an address is asked for: "Nyali, Links Road, house 12"."""
    if fetched := fetches(message):
        return fetched
    if is_labelled_note(message.raw):
        return []  # "delivery note: the house has a green gate"
    if message.context.step in GIVEN and describes_house(message.raw) and not message.asks:
        return [a.SetAddress(text=message.raw.strip())]
    if changed := changed_address(message):
        return changed
    if _edits_beside(message):
        return []  # the clauses tell the edit, and the place that has a lead-in of its own
    if LABEL.match(message.raw) and (with_edit := address_and_edit(message)):
        return with_edit
    told = message.asks or place_said(message) is not None
    if not told and (with_edit := _edit_then_place(message)):
        return with_edit
    asking = message.asks or message.has(*ASKING, *ABOUT_PIECES)
    if message.has("note") and not places_named(message) and not PLACE_WORDS & _words_of(message):
        return []  # "deliver after 5pm, I am at work"
    if asking or _awaits_address(message) or _picks_a_row(message):
        return []
    if _orders_a_piece(message):
        return []
    if not _is_place(message):
        return []
    closing = [a.Checkout()] if closes_before_place(message.raw) else []
    return [*closing, *address_told(message.raw)]


def _edits_beside(message: Message) -> bool:
    """Whether an edit stands ahead of "the address is …": "one M, not two. My address is …"."""
    label = LABEL.search(without_talk_before(message.raw))
    if label is None or not label.start():
        return False
    before = read_message(label.string[: label.start()], message.context)
    return bool(line_edits(before))


def _picks_a_row(message: Message) -> bool:
    """Whether a number picks a shown piece; not that of a place: "Umoja 1", "plot 2"."""
    return any(not is_of_place(message, find) for find in message.slots.wanted("option"))


def _orders_a_piece(message: Message) -> bool:
    """Whether a piece is ordered beside the place: "send me two red kangas to Mombasa"."""
    slots = message.slots
    piece = slots.wanted("category") or slots.wanted("name")
    told = [slot for slot in ("colour", "size", "quantity") if slots.wanted(slot)]
    if piece and len(told) > 1:
        return True  # "niko Dar nilikuwa naulizia buibui jeusi saizi 56 na hijabu mbili"
    return bool(piece and told) and message.tagged("~send", "~bring", "~want", "~give", "~take")


def _of_a_group(message: Message) -> set[str]:
    """The words of places that tell which group it is: "our estate team", "timu ya estate"."""
    texts = ["", "", *(token.text for token in message.tokens), ""]
    told = set()
    for two, before, place, behind in zip(texts, texts[1:], texts[2:], texts[3:], strict=False):
        of_group = two in GROUPS and before in OF
        if before == "our" or behind == "yetu" or behind in GROUPS or of_group:
            told.add(place)
    return told


def _is_place(message: Message) -> bool:
    """Whether the words of places outweigh those of pieces."""
    words = {token.text for token in message.tokens} - _of_a_group(message)
    sure = len(words & SURE_PLACES) + places_named(message)
    digits = any(character.isdigit() for character in message.raw)
    weight = 2 * sure + len(words & PLACE_WORDS - SURE_PLACES) + digits + ("," in message.raw)
    pieces = any(message.slots.wanted(slot) for slot in ("category", "pattern", "name"))
    buying = message.context.step == "cart_updated" and bool(message.context.cart)
    return sure > 0 and weight - 3 * pieces >= (2 if buying else 3)


def _edit_then_place(message: Message) -> list[a.Act]:
    """An edit and then the address: "ongeza hat ya navy halafu leta Kololo, plot 32"."""
    place = sent_elsewhere(message)
    if place is None or not (before := message.raw.rpartition(place)[0].strip()):
        return []
    edit = read_message(before, message.context)
    named = edit.slots.wanted("name") or edit.slots.wanted("category")
    commanded = any(op_at(edit, at) in ("add", "take") for at in range(len(edit.tokens)))
    if not named or not commanded or PLACE_WORDS & _words_of(edit):
        return []
    acts = line_edits(edit) or choices(edit)
    paying = [a.Checkout()] if message.has("checkout") and not _awaits_address(message) else []
    return [*acts, a.SetAddress(text=strip_lead(place)), *paying] if acts else []


def _is_question(message: Message) -> bool:
    if message.asks and not looks_like_place(message.raw) and message.says_any(WHY):
        return True
    if not message.asks or not message.has(*ASKING):
        return False
    marked = any(token.asked for token in message.tokens)
    return marked or not looks_like_place(message.raw)


def _is_command(message: Message) -> bool:
    """Whether the words are another act and name no place."""
    slots = message.slots
    if _changes_piece(message) or _wants_piece(message) or _one_piece_more(message):
        return True
    if message.has("undo") and _is_all_everyday(message):
        return True  # "no, undo the last change"
    if _sets_a_line(message) or _recounts_the_line(message) or _doubles_a_line(message):
        return True
    if message.has(*CHANGING) and (not looks_like_place(message.raw) or _leads(message)):
        garments = any(find.slot in ("category", "size", "colour") for find in slots.finds)
        if PLACE_WORDS & {token.text for token in message.tokens} and not message.asks:
            return _changes_piece(message)  # "Cancel Plaza, 2nd floor"
        cue_words = len(_covered_by(message, CHANGING))
        return garments or cue_words * 2 >= len(message.tokens) or message.has("cancel")
    if len(message.tokens) > SHORT_LENGTH or not message.has(*SHORT):
        return False
    fillers = {i for i, token in enumerate(message.tokens) if "@stopword" in token.tags}
    return _covered_by(message, SHORT) | fillers >= set(range(len(message.tokens)))


def _is_all_everyday(message: Message) -> bool:
    tokens = message.tokens
    if any("@place" in token.tags or token.text in PLACE_WORDS for token in tokens):
        return False
    cued = _covered_by(message, ("undo",))
    return all(
        at in cued or token.entry or token.verb or known(token.text)
        for at, token in enumerate(tokens)
    )


def _covered_by(message: Message, names: Sequence[str]) -> set[int]:
    """The token positions these cues cover."""
    cues = [message.cues[name] for name in names if message.has(name)]
    return {at for cue in cues for at in range(cue.start, cue.end)}


def _wants_piece(message: Message) -> bool:
    """Whether a piece is wanted and no place named: "wait, I want to add a scarf first"."""
    piece = message.slots.wanted("category") or message.slots.wanted("name")
    asked = message.has("want", "show", "add_to_cart", "have") or message.tagged("~add", "~put")
    numbers = any(token.text[:1].isdigit() for token in _without_values(message))
    return bool(piece) and asked and not numbers and not PLACE_WORDS & _words_of(message)


def _without_values(message: Message) -> list[Token]:
    """The words that tell neither a size nor a count of a piece."""
    valued = (find for find in message.slots.finds if find.slot in ("size", "quantity"))
    inside = {at for find in valued for at in range(find.start, find.end)}
    return [token for at, token in enumerate(message.tokens) if at not in inside]


def _one_piece_more(message: Message) -> bool:
    """Whether a further piece is added and no place named: "pia belt ya kitengela brown 34"."""
    return goes_on(message) and not PLACE_WORDS & _words_of(message)


def _sets_a_line(message: Message) -> bool:
    """Whether a line of the order is changed: "make the Malaika white"."""
    valued = any(message.slots.wanted(slot) for slot in ("colour", "size", "quantity"))
    named = message.slots.wanted("name") or message.slots.wanted("category")
    ordered = message.only(named).lines_said() if named else []
    pointed = not named and message.tagged("@this") and bool(message.lines_said())
    which = bool(named and ordered) or pointed  # "fanya ile ya grey size 40"
    set_to = message.says_any(SET_TO) and which
    return valued and set_to and not PLACE_WORDS & _words_of(message)


def _doubles_a_line(message: Message) -> bool:
    """Whether a line is doubled, and no place named: "double hiyo headwrap"."""
    named = message.slots.wanted("name") or message.slots.wanted("category")
    ordered = message.only(named).lines_said() if named else []
    return bool(ordered) and message.says_any(TIMES) and not PLACE_WORDS & _words_of(message)


def _recounts_the_line(message: Message) -> bool:
    """Whether only a quantity is set and no place named: "lakini this time iwe moja tu"."""
    finds = message.slots.finds
    counted = bool(finds) and all(find.slot == "quantity" for find in finds)
    told = message.says_any(SET_TO | ONLY)
    placed = any("@place" in token.tags for token in message.tokens)
    return counted and told and not placed and not looks_like_place(message.raw)


def _words_of(message: Message) -> set[str]:
    return {token.text for token in message.tokens}


def _leads(message: Message) -> bool:
    """Whether the other act's words open the message."""
    return any(message.at(name) <= 1 for name in CHANGING)


def _changes_piece(message: Message) -> bool:
    """Whether the cart is changed while the address is awaited: "badilisha dress iwe L"."""
    piece = any(find.slot in ("category", "size", "colour") for find in message.slots.finds)
    words = {token.text for token in message.tokens}
    return piece and message.tagged("~change", "~remove") and not PLACE_WORDS & words
