"""Reads delivery addresses: given, corrected, or volunteered before they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.clauses import op_at, parted
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.edits.words import JOINERS, ONLY, SET_TO
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS, looks_like_place, strip_lead
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.parsing.phones import find_phone
from dukani.agent.local_reader.talk.awaited_address import (
    address_and_question,
    names_a_place,
    promises_place,
)
from dukani.agent.local_reader.talk.places import (
    names_none,
    place_said,
    places_named,
    sent_elsewhere,
)
from dukani.domain import acts as a
from dukani.domain.steps import AGREEING, PAYING

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
EDITING = ("remove", "add", "fewer", "keep", "set")
OF_PIECES = ("size", "size_word", "mark", "number", "colour", "category", "garment", "ordinal")
SAID_BESIDE = ("@stopword", "@ok", "@yes", "@no", "@number", "~add", "~put", "~want", "~give")
AGREED = word_set("delivery", "agreed")
BESIDE_AGREED = word_set("delivery", "beside_agreed")
SAME_AS_LAST = word_set("delivery", "same_as_last")
ANOTHER_PLACE = word_set("delivery", "another_place")
TWICE = ("hapo", "pale", "huko", "ile")  # said once they point, said twice they mean the same place
BESIDE_SAME = word_set("delivery", "beside_same")
NUMBERED = ("namba", "nambari", "number", "no", "num", "wa", "ya", "la", "cha")
MOVED_BY = word_set("delivery", "moved_by")
BESIDE = word_set("delivery", "beside")
ABOUT_PIECES = (
    "want", "show", "have", "cheaper", "greeting", "thanks", "add_to_cart", "cancel",
    "start_over", "remove_item", "clear_cart", "change_quantity",
)  # fmt: skip
SURE_PLACES = word_set("delivery", "sure_places")  # words used for places only


_ERRED = (
    r"|nilikosea|nimekosea|tumekosea|(?:ni(?:li|me)andika )?vibaya|hapo|i made a mistake|there"
    r"|my (?:mistake|bad)|typo|correction|actually|kumbe|pia|also"
)
NOT_BUT = re.compile(
    rf"^\s*+(?:(?:hapana|no|nope|zii|ah|sorry|samahani|pole{_ERRED})\b[\s,.!]*+)*+"
    r"(?:its |it's |that's )?"
    r"(?:sio|siyo|si|not)\s++(?P<old>[^,.;\s]++(?:\s++[^,.;\s]++)*?)"
    r"(?:(?:\s*+[,.;]\s++|\s++)(?:ni|but|bali|ila|lakini|its|it's|it is)\s++|\s*+[,.;]\s*+)"
    r"(?P<place>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
BUT_NOT = re.compile(
    rf"^\s*+(?:(?:hapana|no|nope|oh|ah|wait|sorry|sory|samahani|pole{_ERRED})\b[\s,.!]*+)*+"
    r"(?:its |it's |that's |ni )?(?P<place>[^,.;\s]++(?:\s++[^,.;\s]++)*?)"
    r"(?:\s*+,\s*+|\s++)(?:not|nt|na si|sio|siyo|si)\s++(?P<old>[^,.;]++)[\s.!]*+$",
    re.IGNORECASE,
)
UNIT = re.compile(r"[A-Za-z]?-?\d{1,4} ?[A-Za-z]?|[A-Za-z]")  # 3B, A12, 40
IS_NUMBERED = re.compile(r"\s+(?:ni|is)\s+(?=\d)", re.IGNORECASE)  # "apartment ni 7"
MOVED_TO = re.compile(
    r"\b(?:(?:ni|mni|uni|i|zi|m|tu|u)?(?:pelek(?:a|e|ee|ea|eni|eeni)|let(?:a|e|ee|eeni|eni))|tuma|itume|tumeni|"
    r"nitumie|deliver|bring|send|drop|take|ship)\b(?:\s+(?:it|them|me|that|this|one|everything|my|the|order|oda|mzigo|"
    r"hiyo|off)\b)*(?:\s+(?:to|at|in|kwa|hadi|mpaka|huko|hapa|pale)\b)*\s+(?P<place>[^\s].*)$",
    re.IGNORECASE | re.DOTALL,
)

FORBIDDEN = re.compile(r"\b(?:do\s?n['’]?t|do not|never)\s*$", re.IGNORECASE)  # "don't send yet"


def moved_address(message: Message) -> list[a.Act]:
    """A changed address, after one was given: "hapana sio huko, peleka Kibada block 5"."""
    given = message.context.step in AGREEING | PAYING
    if (
        not given
        or message.asks
        or find_phone(message.raw)
        or message.has("note")
        or not message.says_any(MOVED_BY)
    ):
        return []
    found = MOVED_TO.search(message.raw)
    if found is None or not message.tokens or not _moved_before(message, found.start()):
        return []
    if FORBIDDEN.search(message.raw[: found.start()]):
        return []
    place = _without_old(strip_lead(found["place"]))
    said = f"to {place}"  # `looks_like_place` ignores the first word's capital
    unknown = not known(place.partition(" ")[0].lower())
    placed = unknown or looks_like_place(said) or any("@place" in t.tags for t in message.tokens)
    told = (find for slot in ("category", "name", "size") for find in message.slots.wanted(slot))
    pieces = any(not _is_of_place(message, find) for find in told)
    return [a.SetAddress(text=place, change=True)] if placed and place and not pieces else []


def _without_old(place: str) -> str:
    """The new place: "Level 5 hospital" of "kazini badala ya home. Level 5 hospital"."""
    place = re.sub(r"\s+(?:instead\b(?: of [^,.;]+)?|badala ya [^,.;]+)", "", place)
    head, _, behind = place.partition(".")
    said = behind if behind and names_none(head) else place
    return said.strip(" ,.!")


def corrected_address(message: Message) -> list[a.Act]:
    """A corrected part: "sio Umoja 1 ni Umoja 2", "not hse 6, hse 9", "its hse 41 not 40"."""
    found = NOT_BUT.match(message.raw) or BUT_NOT.match(message.raw)
    given = message.context.step in AGREEING | PAYING or _awaits_address(message)
    if found is None or not given or message.asks or find_phone(message.raw):
        return []
    pieces = (find for find in message.slots.finds if find.slot in ("category", "colour", "name"))
    if any(message.tokens[find.start].text not in PLACE_WORDS for find in pieces):
        return []
    old, place = found["old"].strip(), strip_lead(found["place"]).strip(" ,.!")
    place = IS_NUMBERED.sub(" ", place)
    if moved := MOVED_TO.match(found["place"]):  # "si Huruma, leta Mlango Kubwa"
        elsewhere = _without_old(strip_lead(moved["place"]))
        told = _tells_place(old) and _tells_place(elsewhere)
        return [a.SetAddress(text=elsewhere, change=True)] if told else []
    if renumbered := _renumbered(old, place):
        return [renumbered]
    if not _tells_place(place):
        return []
    numbered = UNIT.fullmatch(old) and PLACE_WORDS & set(words_of(place))  # "hse 41 not 40"
    if not (_tells_place(old) or numbered):
        return []
    return [a.SetAddress(text=place, change=True, replaces=old)]


def _renumbered(old: str, place: str) -> a.SetAddress | None:
    """The part with its new number alone: "sio nyumba 41 ni 14"; None: it is told otherwise."""
    named, _, number = old.rpartition(" ")
    if not UNIT.fullmatch(place) or not UNIT.fullmatch(number) or not named:
        return None
    words = [word for word in named.split() if word.lower() not in NUMBERED]
    if len(words) != 1 or words[0].lower() not in PLACE_WORDS:
        return None
    return a.SetAddress(text=f"{words[0]} {place}", change=True, replaces=number)


def _tells_place(words: str) -> bool:
    """Whether the words name a place: a place word, or an unknown or capitalised first word."""
    said = [word.strip(" ,.!").lower() for word in words.split()]
    if PLACE_WORDS & set(said):
        return True
    first = said[0] if said else ""
    named = len(first) >= SHORT_LENGTH and first.isalpha()
    return named and (not known(first) or words.strip()[0].isupper())


def _moved_before(message: Message, start: int) -> bool:
    """Whether the old place is refused before the new one, or "instead" is said."""
    before = {word.strip(" ,.!'’").lower() for word in message.raw[:start].split()}
    return bool(before & MOVED_BY) or message.says("instead", "badala")


def _awaits_address(message: Message) -> bool:
    return message.context.step == "awaiting_delivery_address"


def address(message: Message) -> list[a.Act]:
    """SetAddress while an address is awaited; nothing where the text is clearly something else."""
    if not _awaits_address(message):
        return []
    if with_edit := _with_edit(message) or _edit_then_place(message):
        return with_edit
    if with_question := address_and_question(message):
        return with_question
    if _only_agrees(message) or _means_the_last_address(message):
        return [a.Confirm()]
    if _means_another_address(message):
        return [a.Decline()]
    if _is_question(message) or _is_command(message):
        return []
    if promises_place(message):
        return [a.Remark()]
    if _only_of_pieces(message):
        return []
    phone = find_phone(message.raw)
    if phone is not None and len(message.tokens) == 1:
        return [a.SetNote(text=phone)]  # a phone number is no address
    return [a.SetAddress(text=strip_lead(message.raw))]


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


def _with_edit(message: Message) -> list[a.Act]:
    """The address and an edit beside it: "Rongai, and add one more belt"."""
    for at in range(1, len(message.tokens)):
        if op_at(message, at) not in EDITING:
            continue
        joint = at - 1 if message.tokens[at - 1].text in JOINERS else at
        if joint == 0 or not (joint < at or message.tokens[at - 1].pause):
            continue
        place, rest = parted(message, joint)
        edits = line_edits(rest) or choices(rest)
        if edits and names_a_place(place):
            return [a.SetAddress(text=strip_lead(place.raw)), *edits]
    return []


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
    return [a.SetAddress(text=strip_lead(message.raw))] if _is_place(message) else []


def _picks_a_row(message: Message) -> bool:
    """Whether a number picks a shown piece; not that of a place: "Umoja 1", "plot 2"."""
    return any(not _is_of_place(message, find) for find in message.slots.wanted("option"))


def _is_of_place(message: Message, find: Find) -> bool:
    """Whether a number belongs to the place before it: "phase 8", "nyumba namba 2"."""
    before = [token for token in message.tokens[: find.start] if token.text not in NUMBERED]
    return bool(before) and ("@place" in before[-1].tags or before[-1].text in PLACE_WORDS)


def _orders_a_piece(message: Message) -> bool:
    """Whether a piece is ordered beside the place: "send me two red kangas to Mombasa"."""
    slots = message.slots
    piece = slots.wanted("category") or slots.wanted("name")
    told = [slot for slot in ("colour", "size", "quantity") if slots.wanted(slot)]
    if piece and len(told) > 1:
        return True  # "niko Dar nilikuwa naulizia buibui jeusi saizi 56 na hijabu mbili"
    return bool(piece and told) and message.tagged("~send", "~bring", "~want", "~give", "~take")


def _is_place(message: Message) -> bool:
    """Whether the words of places outweigh those of pieces."""
    words = {token.text for token in message.tokens}
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
    if _sets_a_line(message) or _recounts_the_line(message):
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
    set_to = message.says_any(SET_TO) and bool(ordered)
    return bool(named and valued) and set_to and not PLACE_WORDS & _words_of(message)


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
