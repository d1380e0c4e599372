"""Tells a person only mentioned from a wearer: "for my sister's wedding", "niletee kwa dada yangu".

So too of oneself: "too big for me" and "keep it for me" tell of no piece that it is one's own.
"""

from __future__ import annotations

import re

from dukani.agent.local_reader.talk.wearers_found import WearerSaid, any_of
from dukani.domain.context import TurnContext

# "Ya kwangu ibaki 37", "mine should be red": one's own piece of several, told apart by its values.
_CHANGED = any_of(r"\s+(?:ibaki|zibaki|iwe|iwekwe|should|stays?|to be)\b")
# "Mine is 14, in peach", of the piece in view: her size; not "mine is 14, hers 16"
_OWN_SIZE = any_of(
    r"(?:'?s| is) (?:an? |size )?(?:\d{1,2}|x{0,4}[sl]|m)\b(?!.*\b(?:his|hers?|theirs|my|one)\b).*"
)
_ADDING = any_of(r"\s*(?:and|na|also|plus|pia|then|alafu|halafu)\b")
# What a relation is only mentioned in: a place to go, somebody to call, an occasion.
_DELIVERS = any_of(
    r"\b(?:deliver|send|bring|take|drop|call|phone|ring|peleka|pelekea|leta|letea|niletee"
    r"|mpelekee|mpe|mletee|piga|pigia|mpigie|ask|ulizia|kaa|naishi|niko)\b[^,.;]{0,14}$"
)
_OCCASION = any_of(
    r"^\s*(?:'?s|s')?\s*(?:wedding|birthday|graduation|baby shower|shower|ruracio|harusi|party|"
    r"bday|burial|funeral|dowry|engagement|house|place|shop|office|number|phone)\b"
)
_OF_AN_OCCASION = any_of(
    r"\b(?:harusi|wedding|birthday|bday|sherehe|graduation|ruracio|nyumba|nyumbani|namba|simu|duka|"
    r"mahali|ofisi|jina|rafiki|party)\s*$"
)


def only_mentioned(text: str, one: WearerSaid, context: TurnContext) -> bool:
    """Whether the person is not the wearer: "for my sister's wedding", "niletee kwa dada yangu"."""
    before, after = text[: one.start], text[one.end :]
    if one.act.relation is None:
        return _is_no_line(text, one, context)
    said = (one.act.evidence or "").lower()
    if before.rstrip().lower().endswith("damu"):
        return True  # "damu ya mzee" is maroon
    if _OCCASION.match(after) or _OF_AN_OCCASION.search(before):
        return True
    to_a_place = said.startswith(("kwa ", "for ")) or " kwa " in f" {said}"
    if to_a_place and _DELIVERS.search(before):
        return not said.startswith("for ")
    return (
        context.step == "awaiting_delivery_address"
        and said.startswith("kwa ")
        and "," in said + after
    )


def _is_no_line(text: str, one: WearerSaid, context: TurnContext) -> bool:
    """Whether "for me" is no wearer: "too big for me", "keep it for me", "0712… is not mine"."""
    said = (one.act.evidence or "").lower()
    if _CHANGED.match(text[one.end :]):
        return True
    if said == "mine" and _OWN_SIZE.fullmatch(text[one.end :]) and not context.cart:
        return True
    if re.search(r"\b(?:not|sio|si|siyo)\s*$", text[: one.start], re.IGNORECASE):
        return True
    bare = said in ("for me", "mine", "for me now", "for me this time")
    begins = not text[: one.start].strip() or _ADDING.match(text)
    if bare and not begins:
        return True
    helps = re.search(
        r"\b(?:keep|hold|reserve|check|do|send|pack|wrap|find|get|cancel|change|add|put|weka|pay)\b"
        r"[^,.;]{0,40}$",
        text[: one.start],
        re.IGNORECASE,
    )
    return said.startswith("for me") and bool(helps) and not context.cart and "this" not in said
