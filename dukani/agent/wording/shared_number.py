"""What a number that several shops write from says for itself."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.wording.markup import bold, clean
from dukani.domain.acts import Language


def which_shop(names: Sequence[str], *, language: Language) -> str:
    """Asks whom the customer writes to; each may be answered by its number or its name."""
    listed = "\n".join(f"{number}. {bold(name)}" for number, name in enumerate(names, 1))
    if language == "sw":
        return f"Habari! Unaandikia duka gani?\n{listed}\nJibu kwa namba yake."
    return f"Hello! Which shop are you writing to?\n{listed}\nReply with its number."


def stopped(names: Sequence[str], *, language: Language) -> str:
    """Tells from whom nothing more comes."""
    shops = _listed([clean(name) for name in names], "na" if language == "sw" else "and")
    if language == "sw":
        return (
            f"Hutapokea ujumbe tena kutoka {shops}. Ukitaka tena kutoka kwa mmoja wao, jibu ujumbe"
            " wake kwa neno ANZA."
        )
    return (
        f"You get no more messages from {shops}. To get them from one of these again, reply START"
        " to a message of theirs."
    )


def _listed(names: Sequence[str], last: str) -> str:
    *others, end = names
    return f"{', '.join(others)} {last} {end}" if others else end
