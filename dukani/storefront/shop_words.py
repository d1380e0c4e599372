"""The words of the shop's window, in English and Swahili."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.languages import Worded
from dukani.domain.acts import Language

# What a visitor agrees to; kept word for word with her consent.
OFFERS: Mapping[Language, str] = Worded(
    en="Send me this shop's offers on WhatsApp. I can write stop promotions at any time.",
    sw="Nitumieni ofa za duka hili WhatsApp. Naweza kuandika acha matangazo wakati wowote.",
)

SHOP_WORDS: Mapping[Language, Mapping[str, str]] = Worded(
    en={
        "about": "Look, choose, pay by M-Pesa or on WhatsApp",
        "find": "What are you looking for?",
        "search": "Search",
        "all": "Everything",
        "filters": "Kind, size, price",
        "kind": "Kind",
        "size": "Size",
        "colour": "Colour",
        "most": "At most",
        "show": "Show",
        "none": "Nothing fits. Ask us on WhatsApp: we may have it.",
        "more": "More pieces",
        "back": "Back to the shop",
        "cart": "Cart",
        "sold_out": "Sold out",
        "sizes": "Sizes",
        "choose": "Colour and size",
        "left": "{count} left",
        "add": "Put in the cart",
        "added": "It is in your cart.",
        "ask": "Ask on WhatsApp",
        "wants": "Hello! I would like the {piece}.",
        "hello": "Hello! I am looking at your shop.",
        "similar": "Like this one",
        "your_cart": "Your cart",
        "empty": "Your cart is empty.",
        "remove": "Take out",
        "gone": "Some pieces were sold meanwhile and are not in it any more.",
        "on_chat": "Continue on WhatsApp",
        "or": "or",
        "code": "Cart {code}",
        "too_often": "We have asked for money often enough for now. Continue on WhatsApp.",
        "prompt_out": "This phone was asked a moment ago: look at it, or try again in ten minutes.",
        "language": "Kiswahili",
    },
    sw={
        "about": "Tazama, chagua, lipa kwa M-Pesa au WhatsApp",
        "find": "Unatafuta nini?",
        "search": "Tafuta",
        "all": "Zote",
        "filters": "Aina, saizi, bei",
        "kind": "Aina",
        "size": "Saizi",
        "colour": "Rangi",
        "most": "Isizidi",
        "show": "Onyesha",
        "none": "Hakuna kinachofaa. Tuulize WhatsApp: huenda tunacho.",
        "more": "Zaidi",
        "back": "Rudi dukani",
        "cart": "Kikapu",
        "sold_out": "Imeisha",
        "sizes": "Saizi",
        "choose": "Rangi na saizi",
        "left": "zimebaki {count}",
        "add": "Weka kikapuni",
        "added": "Imewekwa kikapuni.",
        "ask": "Uliza WhatsApp",
        "wants": "Habari! Ningependa {piece}.",
        "hello": "Habari! Naangalia duka lenu.",
        "similar": "Zinazofanana",
        "your_cart": "Kikapu chako",
        "empty": "Kikapu chako hakina kitu.",
        "remove": "Ondoa",
        "gone": "Bidhaa nyingine zimeuzwa, hazimo tena.",
        "on_chat": "Endelea WhatsApp",
        "or": "au",
        "code": "Kikapu {code}",
        "too_often": "Tumeomba pesa vya kutosha kwa sasa. Endelea WhatsApp.",
        "prompt_out": "Simu hii imeombwa sasa hivi: iangalie, au jaribu tena baada ya dakika kumi.",
        "language": "English",
    },
)
