"""Strips and recognises remarks about persons: "i wear heels so make it 58"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.told_words import words_for

CHILDREN = (
    word_set("ages", "first_of_two") | word_set("ages", "children") | word_set("ages", "so_many")
)
OTHER_PERSONS = CHILDREN | word_set("ages", "siblings") | {"mwingine"}
HIM_TOO = frozenset(("naye", "nae"))
HENCE = word_set("remarks", "hence")
THERE_IS = word_set("remarks", "there_is")
BEGINS_EVENT = word_set("remarks", "begins_event")
KEEP = word_set("edits", "keep")
ONLY = word_set("edits", "only")
SET_TO = word_set("edits", "set_to")
JOINERS = word_set("edits", "joiners")
CLASHING = word_set("remarks", "clashing")
MATCHING = word_set("remarks", "matching")
NOT = word_set("remarks", "not")
TOGETHER = word_set("remarks", "together")
EITHER = word_set("edits", "alternatives")
ASKING = frozenset(("au", "or", "je", "out", "off"))
FITTING = words_for("small") | words_for("large")
DETERMINERS = word_set("remarks", "determiners")
REASONS = word_set("remarks", "reasons")
LEFT = word_set("hesitating", "leaving") - {"niache"}
BECAUSE = word_set("remarks", "because")
CANNOT = word_set("remarks", "cannot")
LEADING_REASONS = REASONS | DETERMINERS | word_set("remarks", "thinking")
TELLS_OF_PIECES = word_set("remarks", "tells_of_pieces")
DOES_TO_ME = re.compile(  # "vitanichosha": they will tire me
    r"(?:ha)?(?:vi|zi|li|i|ya|u|ki)(?:ta|na|me|li|nge)?(?:ni|tu)[a-z]{3,}"
)
HEARD = word_set("remarks", "heard")
SELLING = word_set("remarks", "selling")
PROMISING = word_set("remarks", "promising")
LATER = word_set("remarks", "later")
NEAR = 2
HABIT = word_set("remarks", "habit")
NEVER = word_set("remarks", "never")
ALREADY = word_set("remarks", "already")
MINE = word_set("remarks", "mine")
HAD = word_set("remarks", "had")  # "niko nayo": I have it
BEGINS_POSSESSION = word_set("remarks", "begins_possession")
GIFTS = word_set("remarks", "gifts")
WISHING = (
    "~want", "~give", "~show", "~add", "~put", "~take", "~buy", "~change", "~remove", "~bring",
)  # fmt: skip
WISHING_NOW = ("~want", "~add", "~put", "~change", "~remove")
BOUGHT_FOR = re.compile(  # "alishamnunulia": she has bought it for him already
    r"(?:a|wa)(?:li|me|lisha|mesha|likwisha|mekwisha)(?:ni|tu|m|mw|wa)(?:nunuli|lete|pe|chukuli|p)a"
)
GIVEN = word_set("remarks", "given")
RECEIVERS = word_set("remarks", "receivers")
PIECES = ("name", "category")
DOING = ("~try_on", "~like", "~use")
TOLD = ("size", "quantity", "option", "colour")


def without_hearsay(message: Message) -> Message:
    """The message without "I see you have": "naona mna ile abaya, nataka ya blue moja"."""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        near = range(at + 1, min(at + 1 + NEAR, len(tokens)))
        sold = [here for here in near if tokens[here].text in SELLING]
        if token.text not in HEARD or not sold or not _wishes(message, sold[-1]):
            continue
        end = _behind_hence(message, sold[-1]) or sold[-1] + 1
        end += end < len(tokens) and tokens[end].text == "na"
        return message.without(at, end)
    return message


def without_promise(message: Message) -> Message:
    """The message without a promise for later: "just one, I'll come for the other at end month"."""
    tokens = message.tokens
    for at in range(1, len(tokens)):
        tail = tokens[at:]
        promised = tail[0].text in PROMISING or [t.text for t in tail[:2]] == ["i", "will"]
        if not tokens[at - 1].pause or not promised:
            continue
        later = any(token.text in LATER for token in tail)
        counted = any(find.slot == "quantity" and find.start < at for find in message.slots.finds)
        if later and (counted or _says_what_goes(message, at)):
            return message.without(at, len(tokens))
    return message


def _says_what_goes(message: Message, end: int) -> bool:
    """Whether the words before say which pieces stay or go: "keep the jeans only", "toa viatu"."""
    before = message.tokens[:end]
    named = any(
        find.slot in (*PIECES, "colour") and find.start < end for find in message.slots.finds
    )
    goes = any(not token.tags.isdisjoint(("~remove", "~erase")) for token in before)
    texts = {token.text for token in before}
    left = before[0].text in LEFT
    return named and (goes or left or bool(texts & KEEP and texts & ONLY))


def without_reason(message: Message) -> Message:
    """The message without why a piece is not wanted: "sandals instead, the heels will tire me".

    So too why its size is not: "make the skirt 10, that 12 will be too big".
    """
    tokens = message.tokens
    for at in range(2, len(tokens)):
        if _tells_what_is_known(message, at):
            return message.without(at, len(tokens))
        if _tells_what_cannot_be(message, at):
            return message.without(at, len(tokens))
        begins = tokens[at - 1].pause and _tells_of_piece(message, at)
        if begins or _tells_of_old_size(message, at):
            return message.without(at, len(tokens))
    return message


def _tells_what_cannot_be(message: Message, at: int) -> bool:
    """Whether the words to the end say why: "flat shoes because I cannot do heels anymore"."""
    if message.tokens[at].text not in BECAUSE:
        return False
    tail = {token.text for token in message.tokens[at:]}
    finds = message.slots.finds
    named = any(find.slot in PIECES and find.end <= at for find in finds)
    behind = [find for find in finds if find.start >= at]
    plain = not any(find.slot in TOLD and not find.denied for find in behind)
    edits = any(not token.tags.isdisjoint(WISHING_NOW) for token in message.tokens[at:])
    return named and plain and not edits and bool(tail & CANNOT) and not message.asks


def _tells_what_is_known(message: Message, at: int) -> bool:
    """Whether what everybody knows ends a wish: "… si unajua schools zinafungua Monday"."""
    texts = [token.text for token in message.tokens[at : at + 2]]
    before = {find.slot for find in message.slots.finds if find.end <= at}
    known = texts in (["si", "unajua"], ["you", "know"], ["unajua", "tu"])
    behind = {find.slot for find in message.slots.finds if find.start >= at}
    tells = behind & {"name", "category", "colour", "size", "quantity", "age"}
    return known and bool(before & {"name", "category"}) and not tells and not message.asks


def _tells_of_old_size(message: Message, at: int) -> bool:
    """Whether the words to the end say how an ordered size will fit, and another is set before."""
    if not (message.tokens[at - 1].pause or message.tokens[at].text in REASONS):
        return False
    said = [  # the "large" of "too large" is no size
        find
        for find in message.slots.finds
        if find.start >= at and message.tokens[find.start].text not in FITTING
    ]
    before = [find for find in message.slots.finds if find.end <= at and find.slot == "size"]
    if [find.slot for find in said] != ["size"] or len(before) != 1:
        return False
    ordered = any(line.size == said[0].value for line in message.context.cart)
    leading = message.tokens[at : said[0].start]
    reasons = all(t.text in LEADING_REASONS or "@this" in t.tags for t in leading)
    if not ordered or not reasons or said[0].value == before[0].value:
        return False
    texts = [token.text for token in message.tokens[said[0].end :]]
    return _tells_of_fit(texts)


def _tells_of_fit(texts: Sequence[str]) -> bool:
    """Whether the words say that it fits badly: "will be too big", "won't fit"."""
    if not texts:
        return False
    will_be = texts[0] in TELLS_OF_PIECES and not FITTING.isdisjoint(texts)
    wont = texts[0] in ("wont", "doesnt", "cant", "didnt", "not") and "fit" in texts[1:3]
    return will_be or wont


def without_event(message: Message) -> Message:
    """The message without the event it is for: "nipe vans black 41, kesho kuna game".

    Only where the piece is told without it: an occasion may be what is looked for.
    """
    tokens = message.tokens
    at = next((i for i in range(1, len(tokens)) if _begins_event(message, i)), None)
    if at is None or any(token.asked for token in tokens):
        return message
    end = next((e for e in range(at + 1, len(tokens)) if tokens[e - 1].pause), len(tokens))
    inside = {find.slot for find in message.slots.finds if at <= find.start < end}
    rest = message.without(at, end)
    told = {find.slot for find in rest.slots.finds}
    enough = bool({"colour", "size"} & told)
    if inside:
        enough = {"colour", "size"} <= told and _names_which(rest)
    return rest if enough and inside <= {"occasion"} and _wishes(rest, 0) else message


def _names_which(message: Message) -> bool:
    """Whether a piece is named as the shop does, or several are told apart."""
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    return any(find.sold for find in heads) or len({find.value for find in heads}) > 1


def _begins_event(message: Message, at: int) -> bool:
    """Whether words like "because there is", or "tomorrow there is", begin here."""
    tokens = message.tokens
    reason, dated = tokens[at].text in BEGINS_EVENT, "@day" in tokens[at].tags
    behind = [token.text for token in tokens[at : at + NEAR + 2]]
    there = not THERE_IS.isdisjoint(behind) or behind[1:3] == ["there", "is"]
    if behind[0] in THERE_IS or behind[:2] == ["there", "is"]:  # "…, kuna harusi kesho"
        return tokens[at - 1].pause > 0 and any("@day" in t.tags for t in tokens[at:])
    return there and (reason or dated)


def without_match_told(message: Message) -> Message:
    """The message without which colours do not go together.

    "Navy na peach haziendani, fanya skirt iwe black".
    """
    tokens = message.tokens
    at = next((i for i in range(1, len(tokens)) if _clashes(message, i)), None)
    if at is None or message.asks:
        return message
    start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].pause), 0)
    colours = [find for find in message.slots.finds if start <= find.start < at]
    bare = bool(colours) and all(find.slot == "colour" for find in colours)
    if not bare or any(not token.tags.isdisjoint(WISHING) for token in tokens[start:at]):
        return message
    end = at + 1
    while end < len(tokens) and not tokens[end - 1].pause and _goes_on_matching(message, end):
        end += 1
    rest = message.without(start, end)
    changed = any(not t.tags.isdisjoint(WISHING) or t.text in SET_TO for t in rest.tokens)
    return rest if changed and rest.slots.finds else message


def asks_of_match(clause: Message) -> bool:
    """Whether it is only asked if colours go together: "does navy match peach?"."""
    finds = clause.slots.finds
    coloured = bool(finds) and all(find.slot in ("colour", "category") for find in finds)
    opens = clause.tokens[0].text in ("does", "do", "will", "would", "can", "je")
    opens = opens or clause.says_any(EITHER)
    told = (clause.asks or opens) and clause.says_any(MATCHING) and clause.slots.wanted("colour")
    return bool(told) and coloured and not clause.tagged("~add", "~put", "~give", "~change")


def _clashes(message: Message, at: int) -> bool:
    text = message.tokens[at].text
    before = {token.text for token in message.tokens[max(0, at - 2) : at]}
    return text in CLASHING or (text in MATCHING and bool(before & NOT))


def _goes_on_matching(message: Message, at: int) -> bool:
    """Whether the word still tells what clashes: the "na peach" of "haziendani na peach"."""
    token, behind = message.tokens[at], message.tokens[at + 1 : at + 2]
    coloured = token.kind == "colour"
    joins = token.text in JOINERS and bool(behind) and behind[0].kind == "colour"
    return coloured or joins or token.text in TOGETHER


def _tells_of_piece(message: Message, at: int) -> bool:
    """Whether the words to the end say how a kind is, and wish nothing of it."""
    tail = message.tokens[at:]
    noun = 1 if tail[0].text in DETERMINERS else 0
    said = [find for find in message.slots.finds if find.start >= at]
    kinds = all(find.slot in ("category", "name") and find.start == at + noun for find in said)
    if not said or not kinds or len(tail) < noun + 2 or any(t.pause for t in tail[:-1]):
        return False
    if any(not t.tags.isdisjoint(WISHING) or t.text in KEEP | ASKING for t in tail):
        return False
    if message.clause(at, len(message.tokens)).asks:
        return False  # "that's a lot. The loafers are how much?"
    told = tail[noun + 1].text
    return told in TELLS_OF_PIECES or bool(DOES_TO_ME.fullmatch(told))


def without_there_is(message: Message) -> Message:
    """The message without the "there is" of persons: "kuna kaka yao wa miaka 6, naye …".

    Of pieces it would ask whether the shop has them.
    """
    tokens = message.tokens
    if any(token.asked for token in tokens):
        return message
    aged = bool(message.slots.wanted("age"))
    persons = OTHER_PERSONS | HIM_TOO if aged else HIM_TOO
    for at in range(len(tokens) - 1):
        if tokens[at].text == "kuna" and tokens[at + 1].text in persons:
            return message.without(at, at + 1)
    return message


def without_all_persons(message: Message) -> Message:
    """The message without "for all of them": the "kwa wote wawili" of two children told of.

    "Wote" is said of persons; of pieces it is "zote", "yote" or "vyote".
    """
    texts = [token.text for token in message.tokens]
    for at in range(1, len(texts) - 1):
        if texts[at : at + 2] == ["kwa", "wote"]:
            counted = any(figure.start == at + 2 for figure in message.slots.figures)
            return message.without(at, at + 2 + counted)
    return message


def without_possession(message: Message) -> Message:
    """The message without what is had: "make it navy, I already have a black one".

    So too without what somebody else gave: "take out the 8-9, his mum bought him a coat".
    """
    tokens = message.tokens
    for at in range(1, len(tokens)):
        if not tokens[at - 1].pause and tokens[at].text not in BEGINS_POSSESSION:
            continue
        end = next((e for e in range(at + 1, len(tokens)) if tokens[e - 1].pause), len(tokens))
        words = {token.text for token in tokens[at:end]}
        if _was_given(message, at, end):
            return message.without(at, end)
        had = _has_it(message, at, end) or bool(words & ALREADY and words & MINE)
        told = any(find.slot in TOLD and find.end <= at for find in message.slots.finds)
        inside = {find.slot for find in message.slots.finds if at <= find.start < end}
        wishes = any(not t.tags.isdisjoint((*WISHING, "~stop")) for t in tokens[at:end])
        if words & SET_TO:
            continue  # "90 nayo iwe red"
        if had and told and inside & {"colour", "size"} and not wishes:
            return message.without(at, end)
    return message


def _has_it(message: Message, start: int, end: int) -> bool:
    """Whether a piece is had: "nyeusi niko nayo"; in "ya pili nayo 58" a value follows of it."""
    valued = {find.start for find in message.slots.finds if find.slot in TOLD}
    valued |= {at for at, token in enumerate(message.tokens) if token.kind == "mark"}
    places = (at for at in range(start, end) if message.tokens[at].text in HAD)
    return any(at + 1 not in valued for at in places)


def _was_given(message: Message, start: int, end: int) -> bool:
    """Whether the words tell of a piece somebody gave, and the wish is told before them."""
    tokens, said = message.tokens[start:end], message.slots.finds
    texts = [token.text for token in tokens]
    given = any(BOUGHT_FOR.fullmatch(text) for text in texts) or any(
        verb in GIVEN and behind in RECEIVERS for verb, behind in itertools.pairwise(texts)
    )
    told = any(find.end <= start and find.slot in (*TOLD, *PIECES) for find in said)
    inside = any(start <= find.start < end for find in said)
    wished = any(not t.tags.isdisjoint(WISHING) for t in message.tokens[:start])
    wishes = any(not t.tags.isdisjoint(WISHING_NOW) for t in tokens)
    return given and told and inside and wished and not wishes and not message.asks


def _behind_hence(message: Message, start: int) -> int | None:
    """The place after "so" where a wish begins: "naskia mko na mtumba so nataka …"."""
    hence = (at for at in range(start, len(message.tokens)) if message.tokens[at].text in HENCE)
    at = next(hence, None)
    return at + 1 if at is not None and _wishes(message, at) else None


def _wishes(message: Message, at: int) -> bool:
    behind = message.tokens[at:]
    return any(not token.tags.isdisjoint(("~want", "~give", "~take")) for token in behind)


def without_remark(clause: Message) -> Message:
    """The clause after "so", where the words before it are only about a person."""
    for at in range(1, len(clause.tokens) - 1):
        if clause.tokens[at].text not in HENCE:
            continue
        before = [find for find in clause.slots.finds if find.start < at]
        after = [find for find in clause.slots.finds if find.start > at]
        remarks = any(not token.tags.isdisjoint(DOING) for token in clause.tokens[:at])
        if remarks and before and after and all(find.slot not in TOLD for find in before):
            return clause.clause(at + 1, len(clause.tokens))
    return clause


def only_remarks(clause: Message) -> bool:
    """Whether the clause is about a person and wishes nothing: "i usually wear heels"."""
    if clause.asks or clause.tagged(*WISHING) or not clause.slots.finds:
        return False
    slots = {find.slot for find in clause.slots.finds}
    if slots == {"quantity"} and _tells_purpose(clause, 0):
        return True
    if slots & {"size", "quantity", "option", "age"}:
        return False
    if clause.says_any(ALREADY) and clause.says_any(MINE):
        return True
    if "colour" in slots and not clause.says_any(NEVER):
        return False
    return any(_wears(clause, at) for at in range(len(clause.tokens)))


def without_purpose(message: Message) -> Message:
    """The message without what some pieces are for: "make it two, one is a gift"."""
    if not message.says_any(GIFTS):
        return message
    for at in range(1, len(message.tokens)):
        if message.tokens[at - 1].pause and _tells_purpose(message, at):
            return message.without(at, len(message.tokens))
    return message


def _tells_purpose(message: Message, start: int) -> bool:
    """Whether the words to the end say what a number of pieces is for: "moja ni zawadi"."""
    counted = [f for f in message.slots.finds if f.slot == "quantity" and f.start == start]
    if len(counted) != 1:
        return False
    behind = message.tokens[counted[0].end :]
    texts = [token.text for token in behind]
    told = texts[:1] in (["ni"], ["is"]) and bool(GIFTS & set(texts))
    return told and not any(token.pause for token in behind[:-1])


def _wears(clause: Message, at: int) -> bool:
    """Whether a verb tells a habit of wearing: "huvaa", "usually wear"."""
    token = clause.tokens[at]
    if token.tags.isdisjoint(DOING) and token.text != "go":
        return False
    worn = "~try_on" in token.tags and token.text.startswith("hu")
    return worn or clause.says_any(HABIT | NEVER)
