"""The words of a note for the packer or the rider, without how it is asked for."""

from __future__ import annotations

import re

from dukani.domain import acts as a

# "no, just …", "can you note that …", "please add to the address: …"
ASKED_FOR = re.compile(
    r"^(?:(?:no|hapana|ok(?:ay)?|sawa|yes|ndio|also|and|pia|na|just|tu|only|but|lakini|please|pls"
    r"|tafadhali|naomba|thank you|thanks|asante|(?:can|could|will) you|kindly|mention"
    r"|(?:note|add|write|put|andika|ongeza|weka)(?: (?:that|this|down|kwamba|kuwa|hii))?"
    r"(?: (?:to|on|in|kwa|kwenye) (?:the |my )?(?:address|anwani|order|oda|note))?)\b[\s,.:;-]+)++",
    re.IGNORECASE,
)

# "…, could you please put that?", "…, please"
BEHIND = re.compile(
    r"[\s,]+(?:please|pls|tafadhali|(?:can|could|will) you(?: please)?"
    r"(?: (?:put|write|add|note|do|mention)(?: that| it| this)?)?)[\s.!?]*$",
    re.IGNORECASE,
)


def noted(said: str) -> a.SetNote:
    """The note as the shop is to read it; what is all politeness stays as it was said."""
    plain = BEHIND.sub("", ASKED_FOR.sub("", said.strip())).strip(" ,;?")
    return a.SetNote(text=plain or said.strip())
