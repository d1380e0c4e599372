"""Writes notes to the owner about her plan: most of it is used, or all."""

from __future__ import annotations

from dukani.core.store.plans import Over
from dukani.domain.acts import Language


def plan_note(*, used: int, included: int, over: Over, language: Language) -> str:
    if language == "sw":
        return _sw(used, included, over)
    return _en(used, included, over)


def _en(used: int, included: int, over: Over) -> str:
    if used < included:
        return (
            f"📈 Your assistant has had {used} of the {included} conversations of your plan this "
            f"month. {_AFTER_EN[over]} Write to us for a larger plan."
        )
    if over == "bill":
        return (
            f"📈 All {included} conversations of your plan are used this month. Your assistant "
            "goes on; further ones are on your bill."
        )
    return (
        f"📈 All {included} conversations of your plan are used this month. From now on please "
        "answer new customers yourself. Whoever has something in the cart is still served by your "
        "assistant. Write to us for a larger plan."
    )


_AFTER_EN = {
    "bill": "Further ones will be on your bill.",
    "stop": "After them you answer new customers yourself.",
}


def _sw(used: int, included: int, over: Over) -> str:
    if used < included:
        return (
            f"📈 Msaidizi wako amefanya mazungumzo {used} kati ya {included} ya mpango wako mwezi "
            f"huu. {_AFTER_SW[over]} Tuandikie upate mpango mkubwa zaidi."
        )
    if over == "bill":
        return (
            f"📈 Mazungumzo yote {included} ya mpango wako yametumika mwezi huu. Msaidizi wako "
            "anaendelea; yanayozidi yataongezwa kwenye bili yako."
        )
    return (
        f"📈 Mazungumzo yote {included} ya mpango wako yametumika mwezi huu. Kuanzia sasa "
        "tafadhali wajibu wateja wapya wewe mwenyewe. Mwenye kitu kikapuni bado anahudumiwa na "
        "msaidizi wako. Tuandikie upate mpango mkubwa zaidi."
    )


_AFTER_SW = {
    "bill": "Yatakayozidi yataongezwa kwenye bili yako.",
    "stop": "Baada ya hapo utawajibu wateja wapya mwenyewe.",
}
