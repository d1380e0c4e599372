"""Puts a verb said behind its piece before it: "belt itoke, kofia iongezwe", "vans out, cap in".

The words are read as "toa belt, ongeza kofia", so that what is known of commands holds for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import COMMA, Token, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.slots import find_slots
from dukani.domain.context import TurnContext
from dukani.domain.steps import CHOOSING

GOES = word_set("verb_last", "goes")
COMES = word_set("verb_last", "comes")
LEAVES = word_set("verb_last", "leaves")  # these only at the end of a phrase
LET_GO = word_set("verb_last", "let_go")  # "ya blue nimeamua kuacha"
DECIDING = word_set("verb_last", "deciding")  # may stand between a piece and its verb
OUT = word_set("verb_last", "out")  # of these two each only beside the other
IN = word_set("verb_last", "in")
JOINTS = word_set("verb_last", "joints")
SOFTENERS = word_set("verb_last", "softeners")  # "itoke tu", "out please"
PIECE = frozenset(("name", "category", "colour", "size", "pattern", "option"))
GOES_AWAY = frozenset(("iende", "ziende"))
TOWARDS = frozenset(("kwa", "hadi", "mpaka", "huko", "to", "kwenye"))
AND = frozenset(("na", "and"))
ARTICLES = frozenset(("the", "ya", "za", "wa", "la", "cha", "vya", "ile", "hiyo", "that"))
SPARED = tuple(tuple(one.split("_")) for one in word_set("verb_last", "spared"))
BARE = word_set("verb_last", "bare")
REFUSING = word_set("verb_last", "refusing")
ONES = ARTICLES | frozenset(
    ("one", "ones", "let", "hizo", "hii", "hizi", "zile", "all", "zote", "yote", "wote")
)
REFUSES = frozenset(("~!want", "~!take", "~!buy"))
COMMANDS = frozenset(("~add", "~change", "~remove", "~put", "~take", "~give", "~reduce"))
SETS = word_set("edits", "set_to") | word_set("edits", "keep")
NONE_LEFT = frozenset(("none", "zero"))  # "XL zero"; "M no, L" corrects
AT_ALL = frozenset(("at", "all"))
REST = word_set("sparing", "rest")
ONLY, ALL = word_set("edits", "only"), word_set("edits", "all")
INSTEAD = word_set("edits", "instead")
TO_GO_BACK = ("rudi", "nirudi", "turudi", "urudi")
OF_THE_ORDER = ("order", "cart", "list", "basket", "oda", "kikapu")
REMOVE, ADD = tokenise("toa")[0], tokenise("weka")[0]


def verb_first(tokens: tuple[Token, ...], context: TurnContext) -> tuple[Token, ...]:
    """The tokens with each such verb as a command before its piece."""
    if not context.cart:
        return tokens
    commands = {at: _command(tokens, at) for at in range(1, len(tokens))}
    if not any(commands.values()):
        return _left_out(tokens, context)
    finds = [find for find in find_slots(tokens, context).finds if find.slot in PIECE]
    for at, command in reversed(commands.items()):
        if not command:
            continue
        verb = _verb_begins(tokens, at)
        if tokens[verb - 1].pause:
            if command is REMOVE and _is_of_phrase_before(tokens, verb, finds):
                tokens = (
                    *tokens[:verb],
                    replace(REMOVE, pause=tokens[at].pause),
                    *tokens[at + 1 :],
                )
            continue
        if command is REMOVE and _is_of_the_others(tokens, verb):
            tokens = (*tokens[:verb], replace(REMOVE, pause=tokens[at].pause), *tokens[at + 1 :])
            continue
        start = _start_of_piece(tokens, verb)
        said = [find for find in finds if start <= find.start < at]
        if _is_bare(tokens, at) and not _says_no_more(tokens, range(start, at), said, context):
            continue
        heads = [find.start for find in said if find.slot == "category"]
        if len(heads) > 1:  # of "bakisha belt hoodie itoke" the hoodie goes
            tokens = _moved(tokens, heads[-1], at, command)
        elif said:
            tokens = _moved(tokens, _start_of_all(tokens, start, finds), at, command)
        elif command is REMOVE and _is_of_phrase_before(tokens, verb, finds):
            tokens = (*tokens[:verb], replace(REMOVE, pause=tokens[at].pause), *tokens[at + 1 :])
    return _left_out(tokens, context)


def _is_of_the_others(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the others go, behind what alone is wanted: "nataka abaya tu zingine zote toa"."""
    rest = at - 1 - (tokens[at - 1].text in ALL)
    return rest > 0 and tokens[rest].text in REST and tokens[rest - 1].text in ONLY


def _is_of_phrase_before(tokens: tuple[Token, ...], at: int, finds: Sequence[Find]) -> bool:
    """Whether the verb stands alone behind a story of a piece: "nyeusi zimenishinda, ziondoke"."""
    start = _start_of_phrase(tokens, at)
    if not start or tokens[at].text in BARE:
        return False
    alone = all(tokens[here].text in ONES | DECIDING | JOINTS for here in range(start, at))
    first = _start_of_phrase(tokens, start - 1)
    told = any(first <= find.start < start for find in finds)
    changes = any(not token.tags.isdisjoint(COMMANDS) for token in tokens[first:start])
    return alone and told and not changes and not any(t.text in SETS for t in tokens[first:start])


def _start_of_phrase(tokens: tuple[Token, ...], at: int) -> int:
    return max((here + 1 for here in range(at) if tokens[here].pause), default=0)


def _left_out(tokens: tuple[Token, ...], context: TurnContext) -> tuple[Token, ...]:
    """The tokens with a removal for "I leave" or "no" before a piece: "nimeamua kuacha belt"."""
    if not any(token.text in LET_GO or token.text == "no" for token in tokens):
        return tokens
    finds = [find for find in find_slots(tokens, context).finds if find.slot in PIECE]
    return tuple(
        replace(REMOVE, pause=token.pause)
        if (token.text in LET_GO or (not context.question and _refuses(tokens, at, finds)))
        and _names_alone(tokens, at, finds)
        else token
        for at, token in enumerate(tokens)
    )


def _refuses(tokens: tuple[Token, ...], at: int, finds: Sequence[Find]) -> bool:
    """Whether "no" opens a phrase that names a piece: "on second thought, no belt"."""
    opens = at == 0 or bool(tokens[at - 1].pause) or tokens[at - 1].text in JOINTS
    named = any(at < find.start <= at + 2 and find.slot in ("name", "category") for find in finds)
    return tokens[at].text == "no" and opens and named


def _names_alone(tokens: tuple[Token, ...], at: int, finds: Sequence[Find]) -> bool:
    """Whether a piece and no other word follows in the phrase."""
    told = {here for find in finds for here in range(find.start, find.end)}
    named = False
    for here in range(at + 1, len(tokens)):
        if tokens[here - 1].pause or (named and tokens[here].text in JOINTS):
            break
        if here not in told and tokens[here].text not in ARTICLES | AND | SOFTENERS | AT_ALL:
            return False
        named = named or here in told
    return named


def _command(tokens: tuple[Token, ...], at: int) -> Token | None:
    """The command that the verb at this place gives, if there is one."""
    text = tokens[at].text
    if text in COMES and "~add" in tokens[at].tags and _counts(tokens, at + 1):
        return None  # "nyeupe ziongezwe mbili": by so many
    towards = at + 1 < len(tokens) and tokens[at + 1].text in TOWARDS
    if text in GOES_AWAY and (towards or not _ends_phrase(tokens, at)):
        return None  # "skirt iende Milimani": it is brought there
    if text in GOES or text in COMES:
        return REMOVE if text in GOES else ADD
    if not _ends_phrase(tokens, at):
        return None
    if text in LEAVES | LET_GO | BARE or _spared(tokens, at) or _is_refusal(tokens[at]):
        return REMOVE
    if text not in IN:
        return None
    counterpart = any(
        token.text in OUT | GOES and _ends_phrase(tokens, i) for i, token in enumerate(tokens)
    )
    return ADD if counterpart else None


def _counts(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and (tokens[at].kind == "number" or tokens[at].text.isdigit())


def _spared(tokens: tuple[Token, ...], at: int) -> int:
    """The words up to this one that say a piece must or need not go: "should go", "sio lazima"."""
    texts = tuple(token.text for token in tokens[: at + 1])
    return max((len(one) for one in SPARED if texts[-len(one) :] == one), default=0)


def _is_bare(tokens: tuple[Token, ...], at: int) -> bool:
    word = tokens[at]
    return (word.text in BARE or _is_refusal(word)) and not _spared(tokens, at)


def _is_refusal(word: Token) -> bool:
    """Whether the verb refuses what is named before it: "kilemba sitahitaji", "no"."""
    return word.text in REFUSING or not word.tags.isdisjoint(REFUSES)


def _says_no_more(
    tokens: tuple[Token, ...], places: range, said: Sequence[Find], context: TurnContext
) -> bool:
    """Whether only a piece stands before the word: "heels no"; of an open question that answers."""
    named = {here for find in said for here in range(find.start, find.end)}
    alone = all(here in named or tokens[here].text in ONES for here in places)
    if not _is_refusal(tokens[places.stop]):
        return alone
    slots = {find.slot for find in said}
    sized = "size" in slots and tokens[places.stop].text not in NONE_LEFT
    if sized or context.question or context.step in CHOOSING:
        return False
    if any(token.text in INSTEAD or token.text.startswith(TO_GO_BACK) for token in tokens):
        return False  # "nirudishie kikapu, mkoba sitaki" undoes
    return alone and any(_is_ordered(find, context) for find in said)


def _is_ordered(find: Find, context: TurnContext) -> bool:
    """Whether a line is called so, or is of this kind."""
    if find.slot == "name":
        words = str(find.value).split()
        return any(all(word in line.name.lower() for word in words) for line in context.cart)
    kinds = ("category", "colour", "size")
    return find.slot in kinds and any(getattr(x, find.slot) == find.value for x in context.cart)


def _ends_phrase(tokens: tuple[Token, ...], at: int) -> bool:
    last = at + _of_the_order(tokens, at)
    while not tokens[last].pause and _softens(tokens, last + 1):
        last += 1
    if tokens[last].pause or last + 1 == len(tokens) or tokens[last + 1].text in JOINTS:
        return True
    return _is_refusal(tokens[at]) and _puts_next(tokens, last + 1)


def _of_the_order(tokens: tuple[Token, ...], at: int) -> int:
    """The number of words in "of the order" right behind "out"."""
    texts = [token.text for token in tokens[at : at + 4]]
    return 3 if texts[:3] == ["out", "of", "the"] and texts[3:] and texts[3] in OF_THE_ORDER else 0


def _puts_next(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether another piece is asked for right away: "hijab ya pink hapana weka maroon"."""
    return not tokens[at].tags.isdisjoint(("~put", "~give", "~add"))


def _verb_begins(tokens: tuple[Token, ...], at: int) -> int:
    """The place of the first of the words that say the verb is decided: "nimeamua kuacha"."""
    first = at + 1 - max(_spared(tokens, at), 1)
    while first > 1 and tokens[first - 1].text in DECIDING and not tokens[first - 1].pause:
        first -= 1
    return first


def _softens(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in SOFTENERS


def _start_of_piece(tokens: tuple[Token, ...], at: int) -> int:
    """The place of the first word behind the last pause, joint or verb."""
    for here in range(at - 1, 0, -1):
        before = tokens[here - 1]
        if before.pause or before.text in JOINTS or before.verb is not None:
            return here
    return 0


def _start_of_all(tokens: tuple[Token, ...], start: int, finds: Sequence[Find]) -> int:
    """The place of the first of the pieces joined before: "tote na kilemba toa"."""
    named = {at for find in finds for at in range(find.start, find.end)}
    own = start
    while start > 1 and tokens[start - 1].text in AND and not tokens[start - 1].pause:
        first = _start_of_piece(tokens, start - 1)
        bare = all(at in named or tokens[at].text in ARTICLES for at in range(first, start - 1))
        if not bare or first == start - 1:
            break
        start = first
    begins = start == 0 or bool(tokens[start - 1].pause)
    return start if begins else own  # of "nibaki na belt na hoodie itoke" the belt stays


def _moved(tokens: tuple[Token, ...], start: int, at: int, command: Token) -> tuple[Token, ...]:
    verb, before = tokens[at], tokens[start : _verb_begins(tokens, at)]
    end = tokens[at + _of_the_order(tokens, at)]
    pause = end.pause or (COMMA if _is_refusal(verb) else 0)
    last = replace(before[-1], pause=pause, asked=verb.asked)
    behind = tokens[at + 1 + _of_the_order(tokens, at) :]
    return (*tokens[:start], command, *before[:-1], last, *behind)
