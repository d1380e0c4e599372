"""Writes the replies about edits of a placed order: kept, passed on, reopened, changed."""

from __future__ import annotations

from dukani.agent.facts import (
    ChangeRequested,
    EditsKept,
    FeeDiffers,
    NoteTaken,
    OrderReopened,
    PlacedOrderChanged,
    RequestPassedOn,
    Voice,
)
from dukani.agent.wording.markup import bold, clean, join, price
from dukani.agent.wording.promising import with_promise
from dukani.agent.wording.registry import words


@words(EditsKept, "en")
def edits_kept_en(fact: EditsKept, voice: Voice) -> str:
    return join(
        f"I've noted your change. The M-Pesa prompt for {price(fact.total_minor, voice)} "
        f"(order {bold(fact.order_number)}) is still open and stays as it is.",
        "To have your change, press cancel on that prompt: then I'll show you the new total. "
        "If you pay it, I'll pass your change on to the shop.",
    )


@words(EditsKept, "sw")
def edits_kept_sw(fact: EditsKept, voice: Voice) -> str:
    return join(
        f"Nimeandika badiliko lako. Ombi la M-Pesa la {price(fact.total_minor, voice)} "
        f"(oda {bold(fact.order_number)}) bado liko wazi na halijabadilika.",
        "Ukitaka badiliko lako, lighairi ombi hilo kwenye simu: kisha nitakuonyesha jumla mpya. "
        "Ukililipa, nitaliambia duka kuhusu badiliko lako.",
    )


@words(ChangeRequested, "en")
def change_requested_en(fact: ChangeRequested, voice: Voice) -> str:
    return (
        f"Order {bold(fact.order_number)} is already paid, so I can't change it myself. "
        f"I've passed your wish on to {bold(voice.boutique)}; they will write to you here."
    )


@words(ChangeRequested, "sw")
def change_requested_sw(fact: ChangeRequested, voice: Voice) -> str:
    return (
        f"Oda {bold(fact.order_number)} imeshalipiwa, kwa hivyo mimi siwezi kuibadilisha. "
        f"Nimemwambia mhudumu wa {bold(voice.boutique)}; atakuandikia hapa."
    )


@words(OrderReopened, "en")
def order_reopened_en(fact: OrderReopened, _voice: Voice) -> str:
    return f"Order {bold(fact.order_number)} wasn't paid, so I've opened it again for your change."


@words(OrderReopened, "sw")
def order_reopened_sw(fact: OrderReopened, _voice: Voice) -> str:
    return f"Oda {bold(fact.order_number)} haikulipiwa, kwa hivyo nimeifungua tena uibadilishe."


@words(PlacedOrderChanged, "en")
def placed_order_changed_en(fact: PlacedOrderChanged, voice: Voice) -> str:
    order = bold(fact.order_number)
    if fact.too_late:
        boutique = bold(voice.boutique)
        return (
            f"Order {order} is already on its way. I've passed this on to {boutique}:\n{fact.text}"
        )
    if fact.what == "note":
        return f"I've added your note to order {order}:\n{fact.text}"
    stays = f"\nThe total stays {price(fact.total_minor, voice)}." if fact.total_minor else ""
    return f"Order {order} will now be delivered to:\n{fact.text}{stays}"


@words(PlacedOrderChanged, "sw")
def placed_order_changed_sw(fact: PlacedOrderChanged, voice: Voice) -> str:
    order = bold(fact.order_number)
    if fact.too_late:
        told = f"Nimemwambia mhudumu wa {bold(voice.boutique)}"
        return f"Oda {order} tayari iko njiani. {told}:\n{fact.text}"
    if fact.what == "note":
        return f"Nimeongeza ujumbe wako kwenye oda {order}:\n{fact.text}"
    stays = f"\nJumla inabaki {price(fact.total_minor, voice)}." if fact.total_minor else ""
    return f"Oda {order} sasa itapelekwa hapa:\n{fact.text}{stays}"


@words(FeeDiffers, "en")
def fee_differs_en(fact: FeeDiffers, voice: Voice) -> str:
    shop, order = bold(voice.boutique), bold(fact.order_number)
    if fact.fee_minor is None:
        was = f" You paid {price(fact.paid_minor, voice)}." if fact.paid_minor else ""
        return f"{shop} will confirm what delivery of order {order} there costs.{was}"
    fee = f"Delivery of order {order} there is {price(fact.fee_minor, voice)}"
    paid = f", and you paid {price(fact.paid_minor, voice)}" if fact.paid_minor else ""
    return f"{fee}{paid}. {shop} will confirm the difference with you; nothing is charged now."


@words(FeeDiffers, "sw")
def fee_differs_sw(fact: FeeDiffers, voice: Voice) -> str:
    shop, order = bold(voice.boutique), bold(fact.order_number)
    if fact.fee_minor is None:
        was = f" Ulilipa {price(fact.paid_minor, voice)}." if fact.paid_minor else ""
        return f"{shop} watakuthibitishia bei ya kupeleka oda {order} hapo.{was}"
    fee = f"Kupeleka oda {order} hapo ni {price(fact.fee_minor, voice)}"
    paid = f", na ulilipa {price(fact.paid_minor, voice)}" if fact.paid_minor else ""
    return f"{fee}{paid}. {shop} watakuthibitishia tofauti; hakuna kinachotozwa sasa."


@words(NoteTaken, "en")
def note_taken_en(fact: NoteTaken, _voice: Voice) -> str:
    return f"Noted for your order:\n{fact.text}"


@words(NoteTaken, "sw")
def note_taken_sw(fact: NoteTaken, _voice: Voice) -> str:
    return f"Nimeandika kwenye oda yako:\n{fact.text}"


@words(RequestPassedOn, "en")
def request_passed_on_en(fact: RequestPassedOn, voice: Voice) -> str:
    shop = bold(voice.boutique)
    if fact.about == "complaint":
        return with_promise(f"I'm sorry about that. I've told {shop}", fact.opens, "en")
    until = f" until {clean(fact.until)}" if fact.until else ""
    asked = {
        "hold": f"whether they can keep it for you{until}",
        "gift_wrap": "about gift wrapping",
        "pay_on_delivery": "whether you can pay on delivery",
        "other": "about that",
    }[fact.about]
    return with_promise(f"I've asked {shop} {asked}", fact.opens, "en")


@words(RequestPassedOn, "sw")
def request_passed_on_sw(fact: RequestPassedOn, voice: Voice) -> str:
    shop = bold(voice.boutique)
    if fact.about == "complaint":
        told = f"Pole sana kwa hilo. Nimemwambia mhudumu wa {shop}"
        return with_promise(told, fact.opens, "sw")
    until = f" hadi {clean(fact.until)}" if fact.until else ""
    asked = {
        "hold": f"kama wanaweza kukuwekea{until}",
        "gift_wrap": "kuhusu kufunga kama zawadi",
        "pay_on_delivery": "kama unaweza kulipa ukipokea",
        "other": "kuhusu hilo",
    }[fact.about]
    return with_promise(f"Nimemuuliza mhudumu wa {shop} {asked}", fact.opens, "sw")
