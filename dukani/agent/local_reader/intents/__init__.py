"""What a clause is for, by a small model where no rule knows its words.

The rules know phrases; people find others. A linear model over words, their neighbours and their
beginnings and ends (`features.py`) tells apart the things shoppers do (`labels.py`), with pieces,
colours, sizes and numbers masked, so that it is the same for every shop. It was fitted by
`scripts/fit_intents.py` on the clauses beside that script, written by hand for it.
"""
