"""Classifies the intent of a clause by a small model, for phrases no rule knows.

A linear model over words, word pairs and parts of words (`features.py`) tells apart the intents of
shoppers (`labels.py`). Pieces, colours, sizes and numbers are masked, so that one model serves
every shop. `scripts/fit_intents.py` fits the model on hand-written clauses beside that script.
"""
