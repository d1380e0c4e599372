"""Decides between the rules' acts of a clause and those of the model's intent.

The kinds of the rules' acts are features of the model, so it has learned when the rules are right.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.words import known
from dukani.agent.local_reader.intents.fitting import fits, kinds_of
from dukani.agent.local_reader.intents.meant import acts_meant
from dukani.agent.local_reader.intents.model import Intent, intent_of
from dukani.agent.local_reader.intents.stakes import share_needed
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.fetching import fetches
from dukani.agent.local_reader.talk.payments import sent_to_a_person
from dukani.agent.local_reader.talk.places import is_labelled_note
from dukani.domain import acts as a

KEPT = 0.3  # total probability of fitting intents from which the rules' acts stand


def settled(clause: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The final acts of the clause."""
    if not clause.tokens or _is_fixed(clause, acts) or _is_noise(clause):
        return list(acts)
    kinds = kinds_of(act for act in acts if not _says_little(clause, act))
    intent = intent_of(clause, kinds_of(acts))
    if stands(intent, kinds, clause):
        return list(acts)
    meant = acts_meant(clause, intent.label) or list(acts)
    return list(acts) if _pieces(meant) < _pieces(acts) > 1 else meant


def _pieces(acts: Sequence[a.Act]) -> int:
    """How many pieces are wanted or looked for: of "a bag, two scarves and a hat" none is lost."""
    return sum(isinstance(act, a.Search | a.Add) for act in acts)


def stands(intent: Intent, kinds: Sequence[str], clause: Message) -> bool:
    """Whether the rules' acts, of these kinds, stand against the intent."""
    if fitting_share(intent, kinds) >= KEPT:
        return True
    return intent.share < share_needed(intent.label, kinds, clause)


def fitting_share(intent: Intent, kinds: Sequence[str]) -> float:
    """The total probability of the intents that acts of these kinds fit."""
    return sum(share for label, share in intent.shares.items() if fits(label, kinds))


def _says_little(clause: Message, act: a.Act) -> bool:
    """Whether the act rests on a mere demonstrative ("hizo", "zote"), so the model may overrule."""
    if isinstance(act, a.Add | a.Set):
        said = clause.slots.finds or clause.slots.budget
        return act.values.says_nothing and not said
    named = clause.has("another_phone") or sent_to_a_person(clause)
    return act == a.SetPayer() and not named


def _is_fixed(clause: Message, acts: Sequence[a.Act]) -> bool:
    """Whether the rules' acts are final: consent, a payer's phone, pickup, what a place is for."""
    if is_labelled_note(clause.raw):
        return any(isinstance(act, a.SetNote) for act in acts)
    if any(isinstance(act, a.SetAddress) for act in acts) and fetches(clause):
        return True
    if list(acts) == [a.Repeat()] and clause.context.step == "awaiting_delivery_address":
        return True
    return any(
        isinstance(act, a.OptOut | a.OptIn | a.StopPromotions | a.WantPromotions)
        or (isinstance(act, a.SetPayer) and act.phone)
        for act in acts
    )


def _is_noise(clause: Message) -> bool:
    """Whether no word of the clause is known: "asdkjh qwe"."""
    return not any(known(token.text) or token.entry for token in clause.tokens)
