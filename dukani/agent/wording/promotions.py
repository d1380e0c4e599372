"""Writes the replies about the opt-out from promotions and the opt-in; neither ends the chat."""

from __future__ import annotations

from dukani.agent.facts import PromotionsResumed, PromotionsStopped, Voice
from dukani.agent.wording.registry import words


@words(PromotionsStopped, "en")
def promotions_stopped_en(_fact: PromotionsStopped, _voice: Voice) -> str:
    return (
        "Done: we won't send you promotions any more. You can still chat and order here, and "
        "you'll get news of your orders. To get promotions again, write *start promotions*."
    )


@words(PromotionsStopped, "sw")
def promotions_stopped_sw(_fact: PromotionsStopped, _voice: Voice) -> str:
    return (
        "Sawa: hatutakutumia matangazo tena. Bado unaweza kuandika na kuagiza hapa, na utapata "
        "habari za oda zako. Ukiyataka tena, andika *anza matangazo*."
    )


@words(PromotionsResumed, "en")
def promotions_resumed_en(_fact: PromotionsResumed, _voice: Voice) -> str:
    return "Done: you'll get our promotions. To end them, write *stop promotions*."


@words(PromotionsResumed, "sw")
def promotions_resumed_sw(_fact: PromotionsResumed, _voice: Voice) -> str:
    return "Sawa: utapata matangazo yetu. Kuyasitisha, andika *acha matangazo*."
