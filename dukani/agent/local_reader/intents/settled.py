"""The rules' acts of a clause, or those of what it is for where the two do not fit.

The model is told what the rules made of the clause, so it has learned when they are right.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.intents.fitting import fits, kinds_of
from dukani.agent.local_reader.intents.meant import acts_meant
from dukani.agent.local_reader.intents.model import Intent, intent_of
from dukani.agent.local_reader.intents.stakes import share_needed
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

KEPT = 0.3  # the rules' acts stand where intents they fit have so much together


def settled(clause: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """What the clause asks for."""
    if not clause.tokens or _is_fixed(acts) or _is_noise(clause):
        return list(acts)
    kinds = kinds_of(act for act in acts if not _says_little(clause, act))
    intent = intent_of(clause, kinds_of(acts))
    if stands(intent, kinds, clause):
        return list(acts)
    return acts_meant(clause, intent.label) or list(acts)


def stands(intent: Intent, kinds: Sequence[str], clause: Message) -> bool:
    """Whether what the rules made of a clause stands, acts of these kinds."""
    if fitting_share(intent, kinds) >= KEPT:
        return True
    return intent.share < share_needed(intent.label, kinds, clause)


def fitting_share(intent: Intent, kinds: Sequence[str]) -> float:
    """The probability of all intents that these acts fit."""
    return sum(share for label, share in intent.shares.items() if fits(label, kinds))


def _says_little(clause: Message, act: a.Act) -> bool:
    """ "Hizo", "zote": pointing alone; "nalipia hizo" pays for them."""
    if isinstance(act, a.Add | a.Set):
        said = clause.slots.finds or clause.slots.budget
        return act.values.says_nothing and not said
    return act == a.SetPayer()


def _is_fixed(acts: Sequence[a.Act]) -> bool:
    """Consent is never read from likeness, and a number that was given is not lost."""
    return any(
        isinstance(act, a.OptOut | a.OptIn | a.StopPromotions | a.WantPromotions)
        or (isinstance(act, a.SetPayer) and act.phone)
        for act in acts
    )


def _is_noise(clause: Message) -> bool:
    """ "asdkjh qwe": not one word of it is known."""
    return not any(known(token.text) or token.entry for token in clause.tokens)
