"""M-Pesa's receipts: ten letters and digits, and never letters alone, which could be a word."""

from __future__ import annotations

import string
from random import Random

_SIGNS = string.ascii_uppercase + string.digits


def new_receipt(first: str, chance: Random) -> str:
    """`first`: the letter of the year."""
    signs = chance.choices(_SIGNS, k=8) + chance.choices(string.digits, k=1)
    return first + "".join(signs)
