"""Loads the word sets of the edit rules from `lexicon/wordsets.toml`, table [edits]."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set


def _edits(name: str) -> frozenset[str]:
    return word_set("edits", name)


JOINERS = _edits("joiners")
ALTERNATIVES = _edits("alternatives")
THEN = _edits("then")
KEEP = _edits("keep")
DROP = _edits("drop")
SET_TO = _edits("set_to")
SET_TO_BEFORE = _edits("set_to_before")
ONLY = _edits("only")
INSTEAD = _edits("instead")
EXCEPT = _edits("except")
ALL = _edits("all")
BOTH = _edits("both")
TWO = _edits("two")
OTHER = _edits("other")
MORE = _edits("more")
FEWER = _edits("fewer")
ANOTHER = _edits("another")
EACH = _edits("each")
GOING_ON = _edits("going_on")
PIVOTS = _edits("pivots")
FOR_PURPOSE = _edits("for_purpose")
IT = _edits("it")
