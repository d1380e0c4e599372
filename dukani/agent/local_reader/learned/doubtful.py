"""What a message in doubt may mean: what the rules read, and the network's best other guesses."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.as_acts import edits_of
from dukani.agent.local_reader.learned.effect import UNSAID, Lines, effect_of
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.opinion import Opinion
from dukani.agent.local_reader.learned.sureness import is_sound
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

MOST = 3  # are asked about
LEAST = 0.1  # the share of guesses below which one is not worth asking about


def readings_of(
    opinions: Sequence[Opinion], first: Read, context: TurnContext
) -> tuple[a.Edits, ...]:
    """The edits of each reading, the likeliest first and the rules' last; none if there is one.

    Only what changes the order, each in another way: "linen dress nimeacha, bado ni mbili?" may
    take out the dress, or make it two.
    """
    present = effect_of((), context)
    by_rules = effect_of(first.operations(), context)
    told: list[Lines] = [present, by_rules]
    readings: list[a.Edits] = []
    for one in opinions:
        if one.probability < LEAST or len(readings) == MOST - 1:
            break
        settled = not one.asks_which and not any(UNSAID in line for line in one.lines)
        if one.lines in told or not settled or not is_sound(one.meant, context):
            continue
        if edits := tuple(edits_of(one.meant, context)):
            told.append(one.lines)
            readings.append(edits)
    edits = tuple(act for act in first.acts if isinstance(act, a.EDITS))
    return (*readings, edits) if readings and edits else ()
