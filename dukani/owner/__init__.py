"""The owner's desk: what she asks of her shop in her own chat with it, and what is done.

    message ─ reading ─→ command ─ answering ─→ a file for each command ─→ an answer
                                        │
                             a change is asked for first: confirming

Rules alone read her words; money and stock are never moved on a model's reading.
"""
