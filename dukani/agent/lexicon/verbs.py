"""Analyses Swahili verbs (morphology): the lemma, whether it is negated, whether it is perfect.

Swahili packs subject, tense and object in front of the verb: `nitumie`, `umenitumia`,
`haijatumwa` are all forms of -tum-. Sheng does the same with English verbs: `mnadeliver`,
`nisendie`. So the lexicon lists stems and this module reads prefixes and endings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.wordsets import word_set

TABLE = read_table("verbs.toml")
NEGATION = r"(?P<neg>si|(?:u|ni|m|tu|i|zi|wa|a)si|ha(?:i|u|tu|m|wa|zi|ki|vi|li|ya|ku|pa)?)?"
SUBJECT = r"(?:ni|u|a|tu|m|mu|wa|i|zi|ki|vi|li|ya|n|ku|pa)?"
TENSE = r"(?P<tense>na|mesha|me|li|ta|ja|ki|ka|nge|nata|taku|naku|meku|liku)?"
OBJECT = r"(?:ni|ku|m|mw|tu|wa|i|zi|ki|vi|li|ya|u|ji)?"
EXTENSION = r"(?:ish|esh|iz|ez|ik|ek|li|le|an|i|e)?w?"
VOWEL = r"(?:a|e|i|o|eni|ini|aje|eje|anga|aga)"


@dataclass(frozen=True, slots=True)
class Verb:
    lemma: str
    denied: bool = False
    done: bool = False  # the -me- tense: "nimelipa", I have paid
    swahili: bool = False


def _whole_words() -> dict[str, Verb]:
    verbs: dict[str, Verb] = {}
    for lemma, forms in TABLE.items():
        english = set(forms.get("loan", ()))
        for word in (*forms.get("word", ()), *english):
            verbs.setdefault(word, Verb(lemma, swahili=_looks_swahili(word, english)))
    return verbs


def _looks_swahili(word: str, english: set[str]) -> bool:
    """Whether a word ends in a vowel, as Swahili words do, and is no listed English word."""
    if word in english or not word.endswith(("a", "e", "i", "u")):
        return False
    return word not in ENGLISH_IN_VOWEL


ENGLISH_IN_VOWEL = word_set("verbs", "english_in_vowel")
WHOLE = _whole_words()
# Everyday words that parse as Swahili verbs but are none
NO_VERBS = frozenset(
    word for lines in read_table("common.toml").values() for line in lines for word in line.split()
)


def _stem_pattern(kind: str, ending: str) -> re.Pattern[str]:
    stems = {stem: lemma for lemma, forms in TABLE.items() for stem in forms.get(kind, ())}
    choices = "|".join(sorted(stems, key=len, reverse=True))
    return re.compile(f"{NEGATION}{SUBJECT}{TENSE}{OBJECT}(?P<stem>{choices}){ending}")


LEMMA_OF_STEM = {
    stem: lemma
    for lemma, forms in TABLE.items()
    for kind in ("stem", "loan")
    for stem in forms.get(kind, ())
}
SWAHILI = _stem_pattern("stem", EXTENSION + VOWEL)
LOAN = _stem_pattern("loan", r"(?:i?an?g?|ie|iwa|wa|i|e|eni|iwe)?")


@lru_cache(maxsize=8192)
def read_verb(word: str) -> Verb | None:
    """The verb a word is a form of, or None."""
    word = word.replace("-", "")
    if word in WHOLE:
        return WHOLE[word]
    if word in NO_VERBS:
        return None
    if len(word) < 4:
        return None
    found = SWAHILI.fullmatch(word) or LOAN.fullmatch(word)
    if found is None:
        return None
    lemma = LEMMA_OF_STEM[found["stem"]]
    done = found["tense"] in ("me", "mesha", "meku")
    return Verb(lemma, denied=bool(found["neg"]), done=done, swahili=True)
