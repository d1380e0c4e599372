"""Says sleeves in the language of the shop's names: "mikono mirefu" of a Long Sleeve Shirt.

Word by word, the sleeves of "mikono mirefu" (long) would be those of a Shati la Mikono Mifupi.
So too a name for short: "timbs" of Timberland Boots.
"""

from __future__ import annotations

from dukani.agent.lexicon.tables import read_table
from dukani.agent.local_reader.parsing.vocabulary import names_sold
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.shop_words import in_shop_words

SLEEVES = [tuple(ways) for table in read_table("sleeves.toml").values() for ways in table.values()]


def with_sleeves_as_named(text: str, context: TurnContext) -> str:
    """The text with sleeves and short names as the shop has them, if no name has those said."""
    names = names_sold(context)
    told: dict[str, str] = {}
    for ways in SLEEVES:
        means = next((one for one in ways if _in_names(one, names)), None)
        told |= {said: means for said in ways if means and not _in_names(said, names)}
    return in_shop_words(text, tuple(told.items()))


def _in_names(words: str, names: tuple[str, ...]) -> bool:
    return any(spells(words, name) for name in names)
