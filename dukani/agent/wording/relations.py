"""Names the people a customer buys for: "your sister Amina", "dada yako Amina"."""

from __future__ import annotations

from dukani.agent.facts import Line, Voice, WearerNoted
from dukani.agent.wording.markup import MAX_NAME, clean, join
from dukani.agent.wording.registry import words
from dukani.core.store.wearers import Relation
from dukani.domain.acts import Language

_SW: dict[Relation, str] = {
    "mother": "mama", "father": "baba", "sister": "dada", "brother": "kaka",
    "daughter": "binti", "son": "mtoto wa kiume", "child": "mtoto", "husband": "mume",
    "wife": "mke", "boyfriend": "mpenzi", "girlfriend": "mpenzi", "grandmother": "bibi",
    "grandfather": "babu", "aunt": "shangazi", "uncle": "mjomba", "cousin": "binamu",
    "niece": "mpwa", "nephew": "mpwa", "friend": "rafiki", "someone": "mtu mwingine",
}  # fmt: skip
_WAKO = frozenset({"mume", "mke", "mtoto", "mtoto wa kiume"})


def person(relation: Relation, name: str | None, language: Language) -> str:
    """The person as the customer is told of her: "your sister Amina"."""
    called = clean(name or "", limit=MAX_NAME)
    if relation == "someone":
        return called or ("mtu mwingine" if language == "sw" else "someone else")
    if language == "sw":
        word = _SW[relation]
        return join(word, "wako" if word in _WAKO else "yako", called)
    return join("your", relation, called)


def for_whom(line: Line, language: Language, *, to_owner: bool = False) -> str:
    """For whom a line is, where that is not the customer alone; else ""."""
    worn_by = line.worn_by
    if worn_by is None:
        return ""
    if to_owner:
        relation = _SW[worn_by.relation] if language == "sw" else worn_by.relation
        gift = "zawadi" if language == "sw" else "a gift"
        who = gift if worn_by.relation == "someone" else relation
        who = join(who, clean(worn_by.name or "", limit=MAX_NAME))
        return f"ya {who}" if language == "sw" else f"for {who}"
    who = person(worn_by.relation, worn_by.name, language)
    return f"ya {who}" if language == "sw" else f"for {who}"


@words(WearerNoted, "en")
def wearer_noted_en(fact: WearerNoted, _voice: Voice) -> str:
    who = "you" if fact.relation is None else person(fact.relation, fact.name, "en")
    return f"Okay, for {who}. Tell me which piece it shall be, e.g. *red dress*."


@words(WearerNoted, "sw")
def wearer_noted_sw(fact: WearerNoted, _voice: Voice) -> str:
    whose = "yako" if fact.relation is None else f"ya {person(fact.relation, fact.name, 'sw')}"
    return f"Sawa, {whose}. Niambie ungependa ipi, mfano *gauni jekundu*."
