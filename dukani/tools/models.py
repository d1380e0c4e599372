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


def has_models(name: str) -> bool:
    """Whether the name only says a kind that other pieces are of, too: "sneakers"."""
    return len(name.split()) == 1 and kind_of(name) in _MODELS
