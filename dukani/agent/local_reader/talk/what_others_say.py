"""Leaves out what somebody else says before a wish: "dada anasema itafanana, so iwe navy"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import ANOTHER, OTHER, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.remarks import HENCE
from dukani.agent.local_reader.talk.wishing import WISHING

SAYS = word_set("remarks", "says")
PRAISE = re.compile(  # "nzuri", "inapendeza", "smarter"; "nichukue": she tells to take it
    r"\w{0,2}zuri|poa|safi|sawa|fiti|fire|moto|kali|bora|bomba|classy|elegant|smart|smarter|nice"
    r"|nicer|nicest|better|best|good|great|lovely|lovelier|cute|cuter|pretty|prettier|beautiful"
    r"|perfect|gorgeous|suits|fits|matches|favourite|favorite|likes|loves|prefers|amazing"
    r"|\w*(?:pendez|ngara|penda|pendelea)\w*|\w*(?:nifaa|nikaa|nitoa)|nichukue|ninunue|nibebe"
)
BLAME = frozenset((
    "not", "isnt", "doesnt", "aint", "wont", "too", "no", "si", "sio", "siyo", "mbaya", 
    "ghali", "juu", "hapendi", "hajapenda", "hakupenda", "haipendezi", "haijapendeza",
    "haitanifaa", "hainifai", "haifai", "less", "never", "dont", "hakuna",
))  # fmt: skip


def without_what_others_say(message: Message) -> Message:
    """The message behind "so", where before it somebody else says something.

    "Dada anasema gold itafanana na ya bibi harusi kwa hiyo badilisha gauni liwe navy".
    """
    tokens = message.tokens
    for at in range(1, len(tokens) - 1):
        texts = [token.text for token in tokens[at : at + 2]]
        end = at + 2 if texts in (["kwa", "hiyo"], ["kwa", "hivyo"]) else at + 1
        if end == at + 1 and texts[0] not in HENCE:
            continue
        says = next((i for i in range(at) if tokens[i].text in SAYS), None)
        before = range(says) if says is not None else ()
        wished = any(not tokens[i].tags.isdisjoint(WISHING) for i in range(at))
        heads = [find.start for find in message.slots.finds if find.slot in ("category", "name")]
        told = any(find.start in before for find in message.slots.finds)
        told = told or (any(start < at for start in heads) and not any(s >= end for s in heads))
        told = told or _points_back(message, says, at, end)
        wishes = any(not t.tags.isdisjoint(WISHING) or t.text in SET_TO for t in tokens[end:])
        if says is not None and wishes and not wished and not told:
            return message.clause(end, len(tokens))
    return message


def _points_back(message: Message, says: int | None, at: int, end: int) -> bool:
    """Whether what another says names the piece: "mama anasema ya pili ni nzuri so nachukua hiyo".

    Nothing behind "so" does, and the piece is praised: what is too short is not taken.
    """
    said = [find for find in message.slots.finds if not find.denied]
    named = says is not None and any(f.slot == "option" and says < f.start < at for f in said)
    opinion = [token.text for token in message.tokens[says:at]]
    praised = any(PRAISE.fullmatch(word) for word in opinion) and BLAME.isdisjoint(opinion)
    other = any(token.text in OTHER | ANOTHER for token in message.tokens[end:])
    return named and praised and not other and not any(find.start >= end for find in said)
