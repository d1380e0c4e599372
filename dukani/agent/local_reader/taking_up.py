"""Recognises a yes and a no to "your cart waits for you", by whole messages. Deterministic."""

from __future__ import annotations

import re
from typing import Literal

from dukani.agent.lexicon.tables import read_table

_WORDS = read_table("taking_up.toml")
_YES, _BESIDE_YES, _LATER, _BESIDE_LATER = (
    frozenset(_WORDS[name].split()) for name in ("yes", "yes_beside", "later", "later_beside")
)
_NOT_NOW = frozenset(_WORDS["not_now"].strip().split("|"))
_WORD = re.compile(r"[^\W\d_]+")


def takes_up(text: str) -> Literal["yes", "later"] | None:
    """ "nataka", "I still want it", "endelea": yes; "later", "sio sasa, kesho": later.

    Any other word makes it a message like others: "I want it in red". Plain words of agreement are
    the reader's to tell, as they may answer a question.
    """
    said = _WORD.findall(text.lower().replace("'", "").replace("\u2019", ""))
    words = set(said)
    if words & _YES and words <= _YES | _BESIDE_YES:
        return "yes"
    if " ".join(said) in _NOT_NOW or (words & _LATER and words <= _LATER | _BESIDE_LATER):
        return "later"
    return None
