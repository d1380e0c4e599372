"""Tells the models of a kind that their names do not say: a Converse is a sneaker."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.kinds import kind_of

_MODELS: dict[str, tuple[str, ...]] = {
    "sneakers": (
        "converse", "chuck", "samba", "sambas", "gazelle", "campus", "superstar", "jordan",
        "jordans", "airforce", "airmax", "dunk", "dunks", "vans", "puma", "balance", "reebok",
        "yeezy", "fila", "skechers", "asics", "cortez", "vapormax",
    ),
    "heels": ("stiletto", "stilettos", "pumps", "court", "wedge", "wedges", "kisigino"),
    "boots": ("gumboots", "gumboot"),
    "sandals": ("slides", "slippers", "malapa", "ndala", "makubadhi", "birkenstock"),
    "handbag": ("tote", "bucket", "sling", "shoulder", "crossbody", "satchel"),
}  # fmt: skip


def with_models(words: Sequence[str]) -> tuple[str, ...]:
    """The words, and the names of what is of the kind that one of them says."""
    kinds = dict.fromkeys(kind_of(word) for word in words)
    models = (model for kind in kinds for model in _MODELS.get(kind or "", ()))
    return (*words, *models)


# What a use is of: a "nguo ya baridi" is a jacket, whatever its name.
_WARM = (
    "hoodie", "jacket", "sweater", "sweta", "jumper", "pullover", "fleece", "puffer", "parka",
    "coat", "koti", "jaketi", "cardigan", "tracksuit", "jogger", "poncho", "shawl", "beanie",
    "marvin", "thermal", "wool", "knit", "sweatshirt",
)  # fmt: skip
_WORN_IN = dict.fromkeys(("baridi", "winter", "warm"), _WARM)


def with_what_is_worn(words: Sequence[str], *, kind: str | None = None) -> tuple[str, ...]:
    """The words, and the names of what is worn in the use that one of them says.

    Of shoes "kamba" are laces.
    """
    laces = ("lace",) if kind == "shoes" and "kamba" in words else ()
    return (*words, *laces, *(name for word in words for name in _WORN_IN.get(word.lower(), ())))


def has_models(name: str) -> bool:
    """Whether the name only says a kind that other pieces are of, too: "sneakers"."""
    return len(name.split()) == 1 and kind_of(name) in _MODELS
