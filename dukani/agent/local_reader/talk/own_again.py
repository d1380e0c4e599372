"""Takes a piece for the customer's own, after pieces for others: "na mom jeans zangu, size 28".

Without it the person spoken of before would be written to what she adds for herself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.local_reader.talk.relations import PERSON_WORDS
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

_OWN = re.compile(
    r"(?:^|[,.;!] ?|\b(?P<before>[a-z'-]+) )"
    r"(?P<own>(?:for )?myself|my own|mine|yangu|zangu|langu|changu|vyangu|kwangu)\b"
    r"(?! (?:size|saizi|namba|number|order|oda|cart|kikapu|simu|phone|address))",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:{PERSON_WORDS})", re.IGNORECASE)
_NO_PIECE = frozenset((
    "order", "oda", "cart", "kikapu", "size", "saizi", "namba", "number", "simu", "phone",
    "address", "nyumba", "nyumbani", "ofisi", "duka", "jina", "mwili", "kiuno", "miguu", "kifua",
    "urefu", "rafiki", "sio", "si", "siyo", "not", "kama", "like", "than", "kuliko",
))  # fmt: skip


def own_again(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, what is put in for the customer herself where it is said to be hers."""
    told = any(isinstance(act, a.SetWearer) for act in acts)
    adds = any(isinstance(act, a.Add) for act in acts)
    others = any(line.worn_by or line.shares for line in context.cart)
    own = next((found for found in _OWN.finditer(text) if _is_of_a_piece(found)), None)
    if told or not adds or not others or own is None:
        return list(acts)
    return [a.SetWearer(evidence=own["own"]), *acts]


def _is_of_a_piece(found: re.Match[str]) -> bool:
    """Whether no person ("dada yangu"), and nothing else of hers ("size yangu"), is meant."""
    before = (found["before"] or "").lower()
    return before not in _NO_PIECE and not _PERSON.fullmatch(before)
