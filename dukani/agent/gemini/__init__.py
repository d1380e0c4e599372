"""Gemini as a mind: it reads, sees, hears and words, each with one structured call.

| to find | look at |
|---|---|
| the one call, its faults, the circuit breaker | `model.py` |
| what Gemini writes of a turn, and how it becomes acts | `written.py` |
| reading a message, looking at a photo, hearing a voice note | `reader.py`, `eye.py`, `ear.py` |
| wording small talk anew | `reworder.py`; what it may not change: `agent/grounding.py` |
| the prompts, each a file with a version | `prompts/`, read by `prompt.py` |

Every fault raises `MindFailed`; this machine's own reader takes over then. A mind only describes:
which piece is meant, what it costs and whether it is there is decided by code.
"""
