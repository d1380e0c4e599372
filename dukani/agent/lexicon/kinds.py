"""Maps words to kinds of pieces, finer than categories: "buibui" is an abaya, "sidiria" a bra."""

from __future__ import annotations

from dukani.agent.lexicon.tables import read_table

_TABLE = read_table("kinds.toml")

# word → its kind
KINDS: dict[str, str] = {
    word.replace("_", " "): kind
    for table in _TABLE.values()
    for kind, words in table.items()
    for word in words.split()
}

# kinds that belong to no category of the lexicon → their words
LONE: dict[str, tuple[str, ...]] = {
    kind: tuple(word.replace("_", " ") for word in words.split())
    for kind, words in _TABLE["lone"].items()
}


def kind_of(words: str) -> str | None:
    """The kind a word or phrase names, or None: "viatu vya visigino" → heels."""
    said = words.lower()
    if said in KINDS:
        return KINDS[said]
    told = (KINDS[part] for part in said.split() if part in KINDS)
    return next(told, None)
