"""Writes the reply to a message that was not understood, with help for the step."""

from __future__ import annotations

from dukani.agent.facts import PersonOffered, Unclear, Voice
from dukani.agent.wording.cart import LOOK_EN, LOOK_SW
from dukani.agent.wording.markup import bold, bold_listed, join
from dukani.agent.wording.names import choice_name
from dukani.agent.wording.registry import words
from dukani.domain.steps import SILENT, Step

HELP_EN: dict[Step, str] = {
    "start": LOOK_EN,
    "image_analyzed": "Tell me what the photo shows, e.g. *dress*.",
    "products_found": "Reply with the number of the one you like, e.g. *2*, or write *more*.",
    "size_recommended": "Tell me the size or colour you'd like, e.g. *M*.",
    "cart_updated": "Write *checkout* to order, *cart* to see your cart, or what else you'd like.",
    "awaiting_delivery_address": "Write where to deliver, e.g. *Kilimani, Rose Apartments B4*.",
    "awaiting_confirmation": "Reply *YES* to pay, or tell me what to change, e.g. *size L*.",
    "payment_initiated": "Enter your M-Pesa PIN on your phone. No prompt? Reply *send again*.",
    "payment_failed": "Reply *send again* for a new M-Pesa prompt, or *cancel*.",
    "order_completed": "Write *where is my order*, or tell me what else you're looking for.",
    "human_handoff": "Someone at the shop will write to you here.",
    "opted_out": "To hear from us again, write *START*.",
}
HELP_SW: dict[Step, str] = {
    "start": LOOK_SW,
    "image_analyzed": "Niambie picha inaonyesha nini, mfano *gauni*.",
    "products_found": "Andika namba ya uliyoipenda, mfano *2*, au andika *zingine*.",
    "size_recommended": "Niambie saizi au rangi unayotaka, mfano *M*.",
    "cart_updated": "Andika *lipa* kuagiza, *kikapu* kuona kikapu, au niambie cha kuongeza.",
    "awaiting_delivery_address": "Andika tukuletee wapi, mfano *Kilimani, Rose Apartments B4*.",
    "awaiting_confirmation": "Jibu *NDIYO* kulipa, au niambie cha kubadilisha, mfano *saizi L*.",
    "payment_initiated": "Weka PIN ya M-Pesa kwenye simu. Ombi halijafika? Jibu *tuma tena*.",
    "payment_failed": "Jibu *tuma tena* upate ombi jipya la M-Pesa, au *ghairi*.",
    "order_completed": "Andika *oda yangu iko wapi*, au niambie unachotafuta.",
    "human_handoff": "Mhudumu wa duka atakuandikia hapa.",
    "opted_out": "Ukitaka tukuandikie tena, andika *ANZA*.",
}


@words(Unclear, "en")
def unclear_en(fact: Unclear, _voice: Voice) -> str:
    names = [choice_name(choice, "en") for choice in fact.choices]
    help_ = HELP_EN[fact.step]
    if not fact.again:
        return join("I didn't catch that. Please say it in other words.", help_)
    if names:
        help_ = f"You can choose {bold_listed(names, last='or')}. Reply e.g. {bold(names[0])}."
    person = "" if fact.step in SILENT else "For a human, write *person*."
    return join("Sorry, I didn't quite get that.", help_, person)


@words(Unclear, "sw")
def unclear_sw(fact: Unclear, _voice: Voice) -> str:
    names = [choice_name(choice, "sw") for choice in fact.choices]
    help_ = HELP_SW[fact.step]
    if not fact.again:
        return join("Sijakupata vizuri. Tafadhali niambie kwa maneno mengine.", help_)
    if names:
        help_ = f"Unaweza kuchagua {bold_listed(names, last='au')}. Jibu mfano {bold(names[0])}."
    person = "" if fact.step in SILENT else "Kuongea na mtu, andika *mhudumu*."
    return join("Samahani, sijaelewa vizuri.", help_, person)


@words(PersonOffered, "en")
def person_offered_en(_fact: PersonOffered, _voice: Voice) -> str:
    return "Did I miss what you meant? Tell me in other words, or write *person* for a human."


@words(PersonOffered, "sw")
def person_offered_sw(_fact: PersonOffered, _voice: Voice) -> str:
    return "Kama sijakuelewa, niambie kwa maneno mengine, au andika *mhudumu* kuongea na mtu."
