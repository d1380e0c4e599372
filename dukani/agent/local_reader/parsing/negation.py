"""Marks negated slot values (the scope of negation): "not M, S", "sitaki blue, nipe red"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find

DENIERS = word_set("negation", "deniers")
DENIED_VERBS = frozenset(("~!want", "~!show", "~!like", "~!give", "~!take", "~!bring", "~!buy"))
PAIRS = {
    ("other", "than"), ("apart", "from"), ("anything", "but"), ("instead", "of"),
    ("badala", "ya"), ("kando", "na"), ("rather", "than"),
}  # fmt: skip
ENDS = word_set("negation", "ends")
HENCE = word_set("remarks", "hence")
ANY = word_set("negation", "any")
JOINS = word_set("negation", "joins")
AFTERTHOUGHTS = word_set("negation", "afterthoughts")
ABSENT = frozenset(("hakuna", "hamna"))
CONDITIONS = frozenset(("kama", "ikiwa", "if", "mkiwa"))
GETTING = frozenset(("pata", "kupata", "nunua", "kununua"))
HARD_NO = ("no", "hakuna")
QUESTION = 5  # words of "no cream either?", with its "in the"
NOT_NEEDED = {
    ("sio", "lazima"), ("si", "lazima"), ("siyo", "lazima"), ("haina", "haja"), ("hakuna", "haja"),
    ("not", "needed"), ("not", "necessary"), ("sio", "muhimu"), ("si", "muhimu"),
}  # fmt: skip
EXCLUDABLE = frozenset(("colour", "size", "category", "pattern"))
NOT_DENIED = word_set("negation", "not_denied")
SET_TO = word_set("edits", "set_to")
ONLY = word_set("edits", "only")
PIVOTS = word_set("edits", "pivots")
_FITS = read_table("sizes_told.toml")["sizes_told"]
_STEMS = "|".join(f"{_FITS['small_verbs']} {_FITS['large_verbs']}".split())
FITS_BADLY = re.compile(  # "itanibana", "humbana", "pinches"
    rf"(?:(?:i|u|a|ya|ki|vi|zi|li)(?:li|me|na|ta)|hu)(?:ni|m|wa|tu|ku)?(?:{_STEMS})"
    r"|pinch(?:es)?|squeezes|hurts?"
)
SMALL_OR_LARGE = frozenset(f"{_FITS['small']} {_FITS['large']}".split())
IS = {"ni", "is", "are", "was"} | word_set("judged", "would_be")
STOPPERS = word_set("negation", "stoppers")
FORGETTING = word_set("negation", "forgetting")
FORGOTTEN = 4  # words of "achana na hiyo ya" before the piece
I_DID = ("nili", "tuli", "nime", "tume")
LET_ME = ("~take", "~buy", "~try_on", "~put", "~add", "~choose")


def _denies(tokens: Sequence[Token], at: int, following: Find | None) -> bool:
    """Whether a negation begins at this token."""
    token = tokens[at]
    if _says_no_more(tokens, at, following):
        return True
    if token.text == "si" and at + 1 < len(tokens) and _urges(tokens[at + 1]):
        return False
    if token.text == "si" and at + 1 < len(tokens) and tokens[at + 1].text.startswith(I_DID):
        return False  # "si nilisema L?": did I not say L
    if at + 1 < len(tokens) and tokens[at + 1].text in NOT_DENIED:
        return False  # "it's not for me, she's a size L"; "not more than 3500 for a skirt"
    if token.text == "kasoro" and at and _is_number(tokens[at - 1]):
        return False  # "miaka minne kasoro": nearly four
    if token.text == "mbali" and (at + 1 == len(tokens) or tokens[at + 1].text != "na"):
        return False  # "niko mbali, anavaa XL": far away
    if token.text in ABSENT and at and tokens[at - 1].text in CONDITIONS:
        return False  # "kama hakuna, black M": it is wanted then
    if token.text == "siwezi" and at + 1 < len(tokens) and tokens[at + 1].text in GETTING:
        return False  # "siwezi pata airforce nyeusi?"
    if token.text == "kuliko" and _set_before(tokens[:at]):
        return True  # "iwe L kuliko XL"
    if token.text in DENIERS or not token.tags.isdisjoint(DENIED_VERBS):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or token.pause:
        return False
    if (token.text, after.text) in PAIRS or _is_all_but(tokens, at, following):
        return True
    if _lets_be(tokens, at, following):
        return True
    if token.text in STOPPERS and (after.text in SET_TO or "~pay" in after.tags):
        return False  # "acha ikuwe black": let it be
    if token.text in STOPPERS and after.text[:2] == "ni" and not after.tags.isdisjoint(LET_ME):
        return False  # "wacha nichukue black": let me take
    if token.text in STOPPERS:
        soon = following is not None and following.start - at <= 2 and following.slot == "colour"
        return soon or "~show" in after.tags or after.text in ("giving", "kunionyesha", "showing")
    if token.text == "hakuna" and any(later.asked for later in tokens[at:]):
        return False  # "hakuna kofia?" asks for one
    near = following is not None and following.start - at <= 2
    if token.text in HARD_NO and after.text in PIVOTS:
        return False  # "no wait, make the scarf blue" denies what was said before
    if token.text == "no" and any(later.asked for later in tokens[at + 1 : at + QUESTION]):
        return False  # "no cream either?"
    if at == 0 and following is not None and _ends_in_its_place(tokens, following):
        return False  # "no 40 instead" denies what was said before
    return token.text in HARD_NO and near and following is not None and following.slot in EXCLUDABLE


def _is_number(token: Token) -> bool:
    return token.kind == "number" or token.text.isdigit()


def _ends_in_its_place(tokens: Sequence[Token], find: Find) -> bool:
    return [token.text for token in tokens[find.end :]] in (
        ["instead"],
        ["badala"],
        ["badala yake"],
    )


def _lets_be(tokens: Sequence[Token], at: int, following: Find | None) -> bool:
    """Whether a piece is to be forgotten: "forget the polo", "achana na hiyo ya grey"."""
    if tokens[at].text not in FORGETTING or following is None or following.start - at > FORGOTTEN:
        return False
    if at and (tokens[at - 1].text in DENIERS or tokens[at - 1].text == "dont"):
        return False  # "don't forget the belt"
    between = tokens[at : following.start]
    return following.slot in ("name", "category", "colour") and not any(t.pause for t in between)


def _set_before(tokens: Sequence[Token]) -> bool:
    """Whether a value is set before this, so that a comparison denies the one it had."""
    return any(token.text in SET_TO for token in tokens)


def _urges(token: Token) -> bool:
    """Whether "si" urges ("why don't you"): "si mnionyeshe", "si iwe navy basi"."""
    if token.text in SET_TO:
        return True
    return not token.tags.isdisjoint(("~show", "~give", "~send", "~bring", "~add", "~put"))


def _says_no_more(tokens: Sequence[Token], at: int, following: Find | None) -> bool:
    """Whether "no more" denies the value that follows: "no more black ones"."""
    said = [token.text for token in tokens[at : at + 2]]
    enough = said == ["no", "more"] and following is not None and following.start == at + 2
    return enough and following is not None and following.slot in EXCLUDABLE


def _is_all_but(tokens: Sequence[Token], at: int, following: Find | None) -> bool:
    """Whether "but" excludes the value that follows: "any colour but black"."""
    if tokens[at].text not in ("but", "lakini") or following is None or following.start - at > 2:
        return False
    if following.slot == "quantity":
        return False  # "make all navy but one olive"
    before = tokens[max(0, at - 2) : at]
    return any(token.text in ANY for token in before) and not any(token.pause for token in before)


def deny(tokens: Sequence[Token], finds: Sequence[Find]) -> list[Find]:
    """The finds, with those in the scope of a negation marked `denied`."""
    starts = {find.start: index for index, find in enumerate(finds)}
    marked = list(finds)
    active, covered, begun, contrasts = False, set[str](), 0, False
    refusals = _refused_before(tokens, finds)
    for at, token in enumerate(tokens):
        if at in refusals:
            marked[refusals[at]] = replace(marked[refusals[at]], denied=True)
            active = False
            continue
        following = next((find for find in finds if find.start > at), None)
        if active and at > begun + 1 and token.text in HENCE:
            active = False  # "one is not coming, so make it three"
        if _denies(tokens, at, following):
            active, covered, begun = True, set(), at
            contrasts = any(f.end == at and _may_contrast(f, following) for f in finds)
        elif (
            active
            and contrasts
            and covered
            and token.text in JOINS
            and _other_slot(following, covered)
        ):
            active = False  # "12 sio 14 na rangi grey", "two not three and the belt black"
        elif active and covered and token.text in ENDS:
            active = False
        elif (
            covered
            and token.text == "in"
            and _all_but(tokens, begun)
            and _other_slot(following, covered)
        ):
            active = False  # "anything but black in dresses size L"
        if active and "@this" in token.tags:
            covered.add("this")
        if at in starts and active:
            index = starts[at]
            if marked[index].slot in covered and not _joined(tokens, at):
                active = False
            else:
                marked[index] = replace(marked[index], denied=True)
                covered.add(marked[index].slot)
        if active and token.pause and at > begun and not _listed(tokens, at):
            active = False
    return _said_again(_kind_of_denied(_afterthought(tokens, marked)))


def _may_contrast(find: Find, denied: Find | None) -> bool:
    """Whether what is denied behind this value is only another in its place: "2 not 3"."""
    counted = find.slot == "quantity" and denied is not None and denied.slot == "quantity"
    return counted or find.slot in EXCLUDABLE


def _all_but(tokens: Sequence[Token], begun: int) -> bool:
    """Whether the negation begun here leaves out of all: "anything but", "any but not"."""
    said = [token.text for token in tokens[max(0, begun - 1) : begun + 2]]
    return "but" in said


def _other_slot(following: Find | None, covered: Collection[str]) -> bool:
    return following is not None and following.slot not in covered


def _kind_of_denied(finds: list[Find]) -> list[Find]:
    """The finds, with the category inside a denied name denied too."""
    names = [find for find in finds if find.slot == "name" and find.denied]
    return [
        replace(find, denied=True)
        if find.slot == "category" and any(n.start <= find.start < n.end for n in names)
        else find
        for find in finds
    ]


def _said_again(finds: list[Find]) -> list[Find]:
    """The finds, with repeats of a denied colour denied too: "no red ones, I look bad in red"."""
    refused = {(find.slot, find.value) for find in finds if find.denied}
    return [
        replace(find, denied=True)
        if find.slot == "colour"
        and (find.slot, find.value) in refused
        and not any(
            one.slot == "quantity" and one.end == find.start and not one.denied for one in finds
        )
        else find
        for find in finds
    ]


def _joined(tokens: Sequence[Token], at: int) -> bool:
    return any(tokens[index].text in JOINS for index in range(max(0, at - 2), at))


def _listed(tokens: Sequence[Token], at: int) -> bool:
    """Whether the list goes on with "or" after this comma: "no red, blue or green"."""
    return any(token.text in ("or", "nor", "wala") for token in tokens[at + 1 : at + 4])


def _refused_before(tokens: Sequence[Token], finds: Sequence[Find]) -> dict[int, int]:
    """{place of a "no": index of the find before it that it denies}: "bluu hapana, nyeusi"."""
    refusals = {}
    for index, find in enumerate(finds):
        no = tokens[find.end] if find.end < len(tokens) else None
        if find.slot in EXCLUDABLE | {"name"} and _not_needed(tokens, find.end):
            refusals[find.end] = index
            continue
        if no is not None and not tokens[find.end - 1].pause and _refuses(no, find, finds, index):
            refusals[find.end] = index
    return refusals


def _not_needed(tokens: Sequence[Token], at: int) -> bool:
    """Whether "not necessary" stands here: "trouser sio lazima", "the belt not needed"."""
    said = [token.text for token in tokens[at : at + 3] if token.text not in ("is", "are", "ni")]
    return tuple(said[:2]) in NOT_NEEDED


def _refuses(no: Token, find: Find, finds: Sequence[Find], index: int) -> bool:
    """Whether the "no" denies the find before it: "bluu hapana, nyekundu", "za black sitaki"."""
    later = finds[index + 1 :]
    if no.pause and no.text in AFTERTHOUGHTS and any(one.slot == find.slot for one in later):
        return True
    if find.slot == "size" and FITS_BADLY.fullmatch(no.text) and _has_another(finds, index):
        return True
    verb = not no.tags.isdisjoint(DENIED_VERBS)
    if verb and no.pause and find.slot in EXCLUDABLE | {"name"}:
        return True  # "belt sitaki, nipe airforce"
    return verb and find.slot in EXCLUDABLE and not _soon_after(find, later)


def says_it_fits_badly(tokens: Sequence[Token], at: int) -> bool:
    """Whether a size is called small or large here: the "ni ndogo" of "32 ni ndogo"."""
    if at < 1 or at + 1 >= len(tokens) or tokens[at].text not in IS:
        return False
    before, said = tokens[at - 1], tokens[at + 1 : at + 3]
    sized = before.kind == "size" or (before.text.isdigit() and len(before.text) > 1)
    return sized and any(token.text in SMALL_OR_LARGE for token in said)


def _has_another(finds: Sequence[Find], index: int) -> bool:
    """Whether another size is said beside this one, which fits badly: "L, M itanibana"."""
    size = finds[index].value
    return any(one.slot == "size" and one.value != size for one in finds)


def _soon_after(find: Find, later: Sequence[Find]) -> bool:
    """Whether a later find is close behind the "no", and so is denied instead."""
    return any(other.start - find.end <= 3 for other in later)


def _afterthought(tokens: Sequence[Token], finds: list[Find]) -> list[Find]:
    """The finds, with the last one denied by a negation at the end: "ya blue sitaki"."""
    if not finds or len(tokens) < 2:
        return finds
    if tokens[-1].text not in AFTERTHOUGHTS and not _is_denied_verb(tokens[-1]):
        return finds
    last = finds[-1]
    before = last.end == len(tokens) - 1 and not tokens[last.end - 1].pause
    return [*finds[:-1], replace(last, denied=True)] if before else finds


def _is_denied_verb(token: Token) -> bool:
    """Whether the verb refuses what stands before it: "bahari siitaki", "wedges sizipendi"."""
    return token.swahili and not token.tags.isdisjoint(DENIED_VERBS)


def only_second(tokens: Sequence[Token], find: Find) -> bool:
    """Whether this kind is all that is kept, behind one that goes: "toa belt hoodie tu"."""
    behind = tokens[find.end : find.end + 1]
    before = tokens[: find.start]
    gone = any(not token.tags.isdisjoint(("~remove", "~!want")) for token in before)
    return gone and any(token.text in ONLY for token in behind)
