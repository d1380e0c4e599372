"""Knows a piece of the list that is taken in so many words, amid other talk.

"My wife says the last one is nicer, so let's go with that": the network is at times told more of
the talk than of the pick, and takes it for a remark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.learned.operations import Beside, Operation
from dukani.agent.local_reader.talk.what_others_say import PRAISE
from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Option

TAKING = ("~take", "~give", "~buy", "~choose")
LIKED = re.compile(r"(?:ni)?me(?:i|ki|li|zi|vi|u|ya)?penda")  # "nimependa hiyo ya pili"
# "nitakam nayo", "niondoke na hiyo": she leaves with it
COMING = re.compile(r"(?:ni|nita|nta|na)(?:kam|come|kuja|ja|enda|ondoka|toka|rudi)")
NAYO = re.compile(r"na(?:yo|zo|lo|cho|vyo|o)?")
DECIDED = re.compile(r"(?:ni)?mechagua|nimeamua|nimesettle|picked|chosen|settled|decided")
SMALL = frozenset((
    "i", "think", "the", "one", "ok", "okay", "so", "ya", "ile", "hiyo", "hio", "nadhani",
    "nafikiri", "naona", "basi", "then", "maybe", "labda", "please", "tafadhali", "hmm", "well",
))  # fmt: skip
HUMMING = re.compile(r"u+m+|h+m+|e+r+m*")
WILL = frozenset(("ill", "me", "lemme", "will", "us"))
THOSE = frozenset(("those", "these", "them"))
EMPHATIC = frozenset(("ndiyo", "ndio", "ndo"))
WEARING = frozenset(("nadunga", "nitadunga", "nadungia", "naidunga"))
GOING = frozenset((("go", "with"), ("go", "for"), ("going", "with"), ("going", "for")))
LIKED_SO = frozenset((
    "mpango", "mambo", "yenyewe", "chaguo", "noma", "kila", "tamu", "mine", "yangu",
))  # fmt: skip
# "ya kwanza ndio imenivutia"
ATTRACTS = re.compile(
    r"(?:i|li|zi|vi|ki|u|ya)me(?:ni|tu)(?:vutia|bamba|kamata|shika|ingia|pendeza|gusa|maliza|kaa)"
)
HAVING = frozenset((
    ("feeling", "the"), ("feeling", "that"),
    ("me", "get"), ("lemme", "get"), ("ill", "get"),
    ("have", "it"), ("have", "that"), ("have", "this"), ("have", "the"), ("will", "do"),
))  # fmt: skip
NOT_YET = word_set("hesitating", "thinking") | word_set("moods", "but") | frozenset(
    ("if", "kama", "not", "dont", "sio", "siyo", "think", "nifikirie", "look", "before", "kabla")
)  # fmt: skip

NONE_OR_LATER = frozenset((
    "nobody", "noone", "none", "never", "who", "whoever", "cant", "cannot", "wont", "wouldnt",
    "couldnt", "could", "siwezi", "siezi", "sitaweza", "hakuna", "nani", "bought", "took",
    "buys", "takes", "later", "baadaye", "badaye", "kesho", "tomorrow", "jana", "yesterday", "juzi",
    "ago", "zamani",
))  # fmt: skip
TAKES = r"\w*(?:nunu|chuku|beb)\w*"
ANOTHER_TIME = re.compile(  # "nilinunua", "ningechukua", "amenunua", "sichukui", "nimenunua"
    rf"(?:ni|u|a|tu|m|wa)(?:li|nge|ngali){TAKES}|(?:a|wa|u|m)(?:me|mesha){TAKES}"
    rf"|(?:si|ha|hatu|hawa|hu)(?:ta|nge|ja)?{TAKES}|(?:ni|tu)me(?:sha)?(?:i|ki|li|zi|vi)?nunua"
)


def takes_a_shown_one(
    text: str,
    tokens: Sequence[Token],
    meant: Sequence[Operation],
    acts: Sequence[a.Act],
    shown: Sequence[Option] = (),
) -> bool:
    """Whether the rules read one piece of the list, said to be taken, and the network no edit.

    It is told by its number, or by a name that is its own: "hiyo ya maua ni fire, nadunga hiyo".
    """
    pick = acts[0] if len(acts) == 1 else None
    if not isinstance(pick, a.Add) or not pick.values.says_nothing:
        return False
    if pick.target.option is None and not _names_one(pick.target.name, shown):
        return False
    if any(not isinstance(one, Beside) for one in meant) or _is_asked(text, tokens):
        return False
    words = " ".join(token.text for token in tokens).split()
    if _only_the_number(tokens):
        return True
    if not NOT_YET.isdisjoint(_without_looks(words)) or not _takes_now(words):
        return False
    took = any(not token.tags.isdisjoint(TAKING) for token in tokens)
    took = took or any(word in WEARING or LIKED.fullmatch(word) for word in words)
    took = (
        took
        or _will_have(words)
        or _is_the_one(tokens)
        or any(DECIDED.fullmatch(word) for word in words)
    )
    took = took or any(one and NAYO.fullmatch(nxt) for one, nxt in _coming(words))
    return took or any(pair in GOING | HAVING for pair in pairwise(words))


def _will_have(words: Sequence[str]) -> bool:
    """Whether "I'll have those" is said; "I have those" has them at home."""
    triples = zip(words, words[1:], words[2:], strict=False)
    return any(a in WILL and b == "have" and c in THOSE for a, b, c in triples)


def _coming(words: Sequence[str]) -> Sequence[tuple[bool, str]]:
    return [(COMING.fullmatch(one) is not None, nxt) for one, nxt in _pairs(words)]


def _is_the_one(tokens: Sequence[Token]) -> bool:
    """Whether "it is" and praise stand behind the number: "ya tatu ndo mpango"; no "ndio fupi"."""
    for number, is_so, praise in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if number.kind not in ("ordinal", "number") or is_so.text not in EMPHATIC:
            continue
        said = praise.text
        return bool(said in LIKED_SO or ATTRACTS.fullmatch(said) or PRAISE.fullmatch(said))
    return False


def _only_the_number(tokens: Sequence[Token]) -> bool:
    """Whether there is a number and small words besides: "ummm i think the middle one"."""
    small = [t for t in tokens if t.text in SMALL or HUMMING.fullmatch(t.text)]
    return len(tokens) - len(small) == 1


def _without_looks(words: Sequence[str]) -> list[str]:
    """The words without the "look" of what looks nice."""
    return [one for one, nxt in _pairs(words) if one != "look" or not PRAISE.fullmatch(nxt)]


def _takes_now(words: Sequence[str]) -> bool:
    """Whether nothing tells of another time or of taking none: "nilinunua ya pili mwaka jana"."""
    would = any(word == "would" and nxt not in ("like", "love") for word, nxt in _pairs(words))
    told = any(ANOTHER_TIME.fullmatch(word) for word in words)
    return NONE_OR_LATER.isdisjoint(words) and not would and not told


def _pairs(words: Sequence[str]) -> Sequence[tuple[str, str]]:
    return list(zip(words, [*words[1:], ""], strict=True))


def _names_one(name: str | None, shown: Sequence[Option]) -> bool:
    """Whether one of several pieces shown is called so."""
    return name is not None and len(shown) > 1 and sum(spells(name, o.name) for o in shown) == 1


def _is_asked(text: str, tokens: Sequence[Token]) -> bool:
    return "?" in text or any(token.asked for token in tokens)
