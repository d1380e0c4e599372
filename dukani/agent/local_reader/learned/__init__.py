"""Reads a message a second time, by a small network that has seen messages and what came of them.

    text, context ─ features.py ─→ places ─ network.py ─→ symbols ─ operations.py ─→ operations
    the rules' acts ─ of_acts.py ─→ operations;  do both lead to the same lines (effect.py)?
                                                                           second_reading.py
    operations ─ as_acts.py ─→ edits, where the network is surer

Fitted by `scripts/fit_effects.py` on the scenes in `scripts/effects/scenes`.
"""
