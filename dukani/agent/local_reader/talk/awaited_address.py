"""Parts an awaited address from a question, and knows one that is still to come.

"Niko Kilimani, naweza lipa ikifika?", "let me send you a pin".
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.clauses import parted
from dukani.agent.local_reader.edits.compose import choices, line_edits
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.edits.words import JOINERS, ONLY
from dukani.agent.local_reader.parsing.addresses import PLACE_WORDS, looks_like_place, strip_lead
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.places import names_none
from dukani.agent.local_reader.talk.questions import price_question
from dukani.agent.local_reader.talk.shop import shop_question
from dukani.domain import acts as a
from dukani.domain.naming import spells

# Cues of what is asked beside an address; without one no part is read anew.
ASKED = (
    "ask_price", "ask_discount", "order_status", "topic.hours", "topic.delivery", "topic.returns",
    "topic.payment", "topic.pay_on_delivery", "topic.reservation", "topic.gift_wrap",
)  # fmt: skip
OPENS = word_set("delivery", "opens_question")
TO_COME = frozenset(("location", "pin", "address", "anwani", "ramani", "locations"))
WHY = word_set("delivery", "why") | {"for"}
EDITING = ("remove", "add", "fewer", "keep", "set")
AT_A_PLACE = word_set("delivery", "at_a_place")
HAS_NONE = frozenset(
    ("sina", "sijui", "hatuna", "hatujui", "dont", "havent", "no", "sio", "hakuna")
)
SHORTEST_NAME = 4  # letters
FEWEST = 3  # words; a single everyday word may be the name of an estate
TIMES = word_set("addresses", "asked")
LINKS = word_set("delivery", "question_links")
SENT_OFF = frozenset(("iende", "ziende", "ifike", "zifike", "ipelekwe", "iletwe"))
REST = re.compile(r"^\s*(?:the )?(?:rest|others?|zingine|nyingine|zilizobaki)\s+", re.IGNORECASE)
REFUSED = frozenset(("hapana", "zii", "sitaki", "no"))
MOMENT = word_set("hesitating", "moment")
SEEKING = word_set("delivery", "seeking")
MAY = word_set("delivery", "may")
REACHING = word_set("delivery", "reaching")


def address_and_question(message: Message) -> list[a.Act]:
    """The address and a question beside it, or two questions: "Kilimani, can I pay on delivery"."""
    found = _question_beside(message)
    if found is None:
        return []
    place, asked = found
    if place.asks and (before := shop_question(place) or price_question(place)):
        topics = {act.topic for act in before if isinstance(act, a.AskShop)}
        return [*before, *(act for act in asked if getattr(act, "topic", None) not in topics)]
    return [a.SetAddress(text=strip_lead(place.raw)), *asked] if names_a_place(place) else []


def address_and_edit(message: Message) -> list[a.Act]:
    """The address and an edit, in either order: "Rongai. belt iwe 36", "toa white, leta Juja"."""
    end = len(message.tokens)
    joints = [(at, start) for at in range(1, end) if (start := _behind_joint(message, at))]
    for at, start in reversed(joints):
        if not _may_edit(message, start, end) or _commands(message, 0, at):
            continue
        place, edit = parted(message, at)[0], parted(message, start)[1]
        if (_may_place(message, 0, at) or names_a_place(place)) and (edits := _edits(edit)):
            return [a.SetAddress(text=strip_lead(place.raw)), *edits]
    for at, start in joints:
        if not (_may_edit(message, 0, at) and _may_place(message, start, end)):
            continue
        edit, place = parted(message, at)[0], parted(message, start)[1]
        if (edits := _edits(edit)) and names_none(strip_lead(place.raw)):
            return edits  # "ongeza belt alafu address nitakupa"
        if edits:
            return [*edits, a.SetAddress(text=strip_lead(REST.sub("", place.raw)))]
    return []


def _edits(edit: Message) -> list[a.Act]:
    said = line_edits(edit) or choices(edit)
    if any(isinstance(act, a.Remove) and _names_nothing(act, edit) for act in said):
        return []  # "drop it Kibokoni, green flat"
    return [] if any(isinstance(act, a.Search | a.AskStock) for act in said) else said


def _names_nothing(act: a.Remove, edit: Message) -> bool:
    """Whether what is to go has a name that no piece of the shop has."""
    name = act.target.name
    names = (*edit.context.sold.names, *(line.name for line in edit.context.cart))
    return name is not None and not any(spells(name, one) for one in names)


def _behind_joint(message: Message, at: int) -> int | None:
    """The first word of what is joined on here: "Kololo, na ongeza …"; None: nothing is."""
    tokens = message.tokens
    joined = tokens[at].text in LINKS | JOINERS
    if tokens[at].text in SENT_OFF or not tokens[at].tags.isdisjoint(("~bring", "~send")):
        return at
    if not (joined or tokens[at - 1].pause):
        return None
    behind = range(at, len(tokens))
    return next((here for here in behind if tokens[here].text not in LINKS | JOINERS), None)


def _may_edit(message: Message, start: int, end: int) -> bool:
    """Whether the words may edit a line: a command with a value or a piece, and no place."""
    tokens = message.tokens[start:end]
    if any("@place" in t.tags or t.text in PLACE_WORDS for t in tokens):
        return False
    inside = [find for find in message.slots.finds if start <= find.start < end]
    slots = {find.slot for find in inside}
    commands = _commands(message, start, end)
    pieces = bool(slots & {"name", "category"})
    commands |= pieces and any(token.text in REFUSED | ONLY for token in tokens)
    named = bool(slots & {"name", "category"}) and bool(slots & {"colour", "size", "quantity"})
    pointed = any(not token.tags.isdisjoint(("@this", "@ordinal")) for token in tokens)
    return (commands and (bool(inside) or pointed)) or named


def _may_place(message: Message, start: int, end: int) -> bool:
    """Whether the words may name a place: a place word or an unknown one, and no piece."""
    tokens = message.tokens[start:end]
    pieces = {
        find.slot for find in message.slots.finds if start <= find.start < end and not find.denied
    }
    if pieces & {"category", "name"} or _commands(message, start, end):
        return False
    return any(
        "@place" in token.tags
        or token.text in PLACE_WORDS
        or (len(token.text) >= SHORTEST_NAME and token.text.isalpha() and not known(token.text))
        for token in tokens
    )


def _commands(message: Message, start: int, end: int) -> bool:
    return any(op_at(message, at) in EDITING for at in range(start, end))


def asks_why(message: Message) -> bool:
    """Whether it is asked of the address itself: "what do you need my address for".

    So too without a question word: "do I have to give the address now?".
    """
    texts = {token.text for token in message.tokens}
    if not (message.asks and texts & TO_COME) or message.tagged("@place") or PLACE_WORDS & texts:
        return False
    return message.says_any(WHY) or all(map(known, texts))


def tells_no_place(message: Message) -> bool:
    """Whether all words are everyday ones and name no place: "haraka tafadhali, nasafiri kesho".

    So too where no address is known: "sina address", "I don't have an exact address".
    """
    if re.search(r"\d|\S\s+[A-Z]", message.raw):
        return False
    head, _, rest = strip_lead(message.raw).partition(",")
    if rest and names_none(head) and not looks_like_place(rest):
        return True  # "bado niko kwa gari, nitakwambia nikifika"
    if any(t.text in PLACE_WORDS or "@place" in t.tags for t in message.tokens):
        return False
    if message.says_any(HAS_NONE) and message.says_any(TO_COME):
        return True
    if message.says_any(AT_A_PLACE):
        return False
    if len(message.tokens) < FEWEST:
        return all(t.text in TIMES or t.verb or "@day" in t.tags for t in message.tokens)
    return all(t.entry or t.verb or known(t.text) for t in message.tokens)


def _question_beside(message: Message) -> tuple[Message, list[a.Act]] | None:
    """(the words before the question, its acts); None: no question stands behind other words."""
    asks_shop = message.has(*ASKED)
    if not (asks_shop or message.says_any(MAY) or message.asks or message.says_any(OPENS)):
        return None
    for at in range(1, len(message.tokens)):
        if not _begins_question(message, at):
            continue
        start = at - 1 if message.tokens[at - 1].text in LINKS | JOINERS and at > 1 else at
        place, asked = parted(message, start)
        acts = (shop_question(asked) or price_question(asked)) if asks_shop else []
        acts = acts or _asks_if_it_reaches(place, asked)
        acts = acts or _asks_something_else(place, asked)
        return (place, acts) if acts else None
    return None


def _asks_something_else(place: Message, asked: Message) -> list[a.Act]:
    """A question that stands by itself behind a place: "Plot 5. And what's your number?"."""
    apart = bool(place.tokens) and place.tokens[-1].pause == STOP
    ends = any(token.asked for token in asked.tokens)
    if not (apart or ends) or not names_a_place(place) or names_a_place(asked):
        return []
    return shop_question(asked) or [a.AskShop(topic="other")]


def _asks_if_it_reaches(place: Message, asked: Message) -> list[a.Act]:
    """A question of delivery without its word, behind a place: "Kisii, naweza pata kweli"."""
    placed = any("@place" in token.tags for token in place.tokens)
    gets = asked.tagged("~get", "~arrive", "~bring", "~send") or asked.says_any(REACHING)
    reaches = placed and asked.says_any(MAY) and gets and not asked.slots.finds
    return [a.AskShop(topic="delivery")] if reaches else []


def _begins_question(message: Message, at: int) -> bool:
    """Whether a question opens at this word, behind a pause or a joining word."""
    before = message.tokens[at - 1]
    opens = message.tokens[at].text
    if opens in MAY and "@place" in before.tags:
        return True  # "Kisii naweza pata kweli"
    parts = bool(before.pause) or before.text in LINKS | JOINERS
    return parts and opens in OPENS


def names_a_place(message: Message) -> bool:
    placed = any("@place" in token.tags for token in message.tokens)
    return placed or (looks_like_place(message.raw) and not message.slots.wanted("category"))


def promises_place(message: Message) -> bool:
    """Whether the place is still to come: "wacha nitume location", "let me send you a pin"."""
    texts = {token.text for token in message.tokens}
    mine = bool(texts & {"let", "ill", "me"}) or any(
        token.text.startswith(("nita", "nitu", "niku")) for token in message.tokens
    )
    mine |= any(text in SEEKING and text.startswith("ni") for text in texts)
    placed = any("@place" in token.tags for token in message.tokens)
    if placed or re.search(r"\d|\S\s+[A-Z]", message.raw):
        return False
    waits = bool(texts & MOMENT) or message.tagged("~wait")
    seeks = mine and bool(texts & SEEKING) and (waits or bool(texts & TO_COME))
    return seeks or (mine and message.tagged("~send") and bool(texts & TO_COME))
