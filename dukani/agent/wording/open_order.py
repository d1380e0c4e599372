"""Words around an order that is not settled: still open, offered, left out, passed on."""

from __future__ import annotations

from dukani.agent.facts import (
    ChangeRequested,
    EditsKept,
    LeftOut,
    NoteTaken,
    OfferNearest,
    OrderReopened,
    PlacedOrderChanged,
    RequestPassedOn,
    StillOpen,
    Voice,
)
from dukani.agent.wording.markup import bold, clean, join, lines, price
from dukani.agent.wording.names import colour_name
from dukani.agent.wording.pieces import piece
from dukani.agent.wording.registry import words


@words(StillOpen, "en")
def still_open_en(fact: StillOpen, _voice: Voice) -> str:
    return f"You also wanted the {piece(fact.name, fact.colour, fact.size, 'en')}."


@words(StillOpen, "sw")
def still_open_sw(fact: StillOpen, _voice: Voice) -> str:
    return f"Ulitaka pia {piece(fact.name, fact.colour, fact.size, 'sw')}."


@words(LeftOut, "en")
def left_out_en(fact: LeftOut, _voice: Voice) -> str:
    return f"I've left out the {bold(fact.name)} for now; if you still want it, just tell me."


@words(LeftOut, "sw")
def left_out_sw(fact: LeftOut, _voice: Voice) -> str:
    return f"Nimeiacha {bold(fact.name)} kwanza; kama bado unaitaka, niambie tu."


@words(OfferNearest, "en")
def offer_nearest_en(fact: OfferNearest, voice: Voice) -> str:
    wanted, nearest = colour_name(fact.wanted, "en"), bold(colour_name(fact.nearest, "en"))
    offered = piece(fact.name, fact.nearest, fact.size, "en")
    return lines(
        f"The nearest to {wanted} is {nearest}: {offered} – {price(fact.price_minor, voice)}.",
        "Shall I take that one for you? Reply *yes*, or tell me another colour.",
    )


@words(OfferNearest, "sw")
def offer_nearest_sw(fact: OfferNearest, voice: Voice) -> str:
    wanted, nearest = colour_name(fact.wanted, "sw"), bold(colour_name(fact.nearest, "sw"))
    offered = piece(fact.name, fact.nearest, fact.size, "sw")
    return lines(
        f"Iliyo karibu na {wanted} ni {nearest}: {offered} – {price(fact.price_minor, voice)}.",
        "Nikuwekee hiyo? Jibu *ndiyo*, au niambie rangi nyingine.",
    )


@words(EditsKept, "en")
def edits_kept_en(fact: EditsKept, voice: Voice) -> str:
    return join(
        f"I've noted your change. The M-Pesa prompt for {price(fact.total_minor, voice)} "
        f"(order {bold(fact.order_number)}) is still open and stays as it is.",
        "If you pay it, I'll pass your change on to the shop; "
        "if not, I'll show you the new total first.",
    )


@words(EditsKept, "sw")
def edits_kept_sw(fact: EditsKept, voice: Voice) -> str:
    return join(
        f"Nimeandika badiliko lako. Ombi la M-Pesa la {price(fact.total_minor, voice)} "
        f"(oda {bold(fact.order_number)}) bado liko wazi na halijabadilika.",
        "Ukililipa, nitaliambia duka kuhusu badiliko lako; "
        "usipolipa, nitakuonyesha jumla mpya kwanza.",
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
    return f"Order {order} will now be delivered to:\n{fact.text}"


@words(PlacedOrderChanged, "sw")
def placed_order_changed_sw(fact: PlacedOrderChanged, voice: Voice) -> str:
    order = bold(fact.order_number)
    if fact.too_late:
        told = f"Nimemwambia mhudumu wa {bold(voice.boutique)}"
        return f"Oda {order} tayari iko njiani. {told}:\n{fact.text}"
    if fact.what == "note":
        return f"Nimeongeza ujumbe wako kwenye oda {order}:\n{fact.text}"
    return f"Oda {order} sasa itapelekwa hapa:\n{fact.text}"


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
        return f"I'm sorry about that. I've told {shop}; someone will write to you here to help."
    until = f" until {clean(fact.until)}" if fact.until else ""
    asked = {
        "hold": f"whether they can keep it for you{until}",
        "gift_wrap": "about gift wrapping",
        "pay_on_delivery": "whether you can pay on delivery",
        "other": "about that",
    }[fact.about]
    return f"I've asked {shop} {asked}; they will write to you here."


@words(RequestPassedOn, "sw")
def request_passed_on_sw(fact: RequestPassedOn, voice: Voice) -> str:
    shop = bold(voice.boutique)
    if fact.about == "complaint":
        return f"Pole sana kwa hilo. Nimemwambia mhudumu wa {shop}; atakuandikia hapa akusaidie."
    until = f" hadi {clean(fact.until)}" if fact.until else ""
    asked = {
        "hold": f"kama wanaweza kukuwekea{until}",
        "gift_wrap": "kuhusu kufunga kama zawadi",
        "pay_on_delivery": "kama unaweza kulipa ukipokea",
        "other": "kuhusu hilo",
    }[fact.about]
    return f"Nimemuuliza mhudumu wa {shop} {asked}; atakuandikia hapa."
