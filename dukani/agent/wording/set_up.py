"""What the owner reads on her own phone while she sets up the shop."""

from __future__ import annotations

from dukani.domain.acts import Language


def trial_message(boutique: str, *, language: Language) -> str:
    if language == "sw":
        return f"Hili ni jaribio kutoka {boutique}: ukisoma hili, WhatsApp ya duka inafanya kazi."
    return f"This is a test from {boutique}: if you read this, the shop's WhatsApp works."
