"""What the customers of the demo's month write, as people write on WhatsApp."""

from __future__ import annotations

from dukani.domain.acts import Language, Topic

LOOKING: dict[Language, tuple[str, ...]] = {
    "en": (
        "Hi, do you have a {kind} in {colour}?",
        "Hello 😊 I'm looking for a {kind}, size {size}",
        "Good evening. {kind} in {colour} please",
        "Niaje, do you have {kind} size {size}?",
    ),
    "sw": (
        "Habari, mna {kind} ya {colour}?",
        "Mambo! Natafuta {kind} saizi {size}",
        "Hujambo, naomba kuona {kind}",
        "Sasa, {kind} ya {colour} iko?",
    ),
}
CHOOSING: dict[Language, tuple[str, ...]] = {
    "en": ("The first one, size {size}", "1, size {size} please", "I'll take number 1 in {size}"),
    "sw": ("Ya kwanza, saizi {size}", "Nachukua namba 1, {size}", "1 saizi {size} tafadhali"),
}
DONE: dict[Language, tuple[str, ...]] = {
    "en": ("That's all", "That is all, thanks", "checkout please"),
    "sw": ("Ni hiyo tu", "Basi, hiyo tu", "Nataka kulipa"),
}
YES: dict[Language, tuple[str, ...]] = {
    "en": ("Yes", "yes please", "YES"),
    "sw": ("Ndiyo", "Ndio, sawa", "ndiyo"),
}
LATER: dict[Language, tuple[str, ...]] = {
    "en": ("Sorry, not today. Please cancel it", "Let me wait for payday, cancel please"),
    "sw": ("Samahani, futa tu. Nitarudi mwisho wa mwezi", "Ghairi kwa sasa, asante"),
}
THANKS: dict[Language, tuple[str, ...]] = {
    "en": ("It fits perfectly, thank you! 🥰", "Received, thank you", "Love it 😍 asante sana"),
    "sw": ("Imefika, asante sana 🙏🏾", "Imenikaa vizuri sana, asante!", "Nimeipata, asante 😍"),
}
WANTS_A_PERSON: dict[Language, tuple[str, ...]] = {
    "en": (
        "Can I talk to someone? I need three of these for a wedding party on Saturday",
        "I'd like to speak to a person about altering the sleeves please",
    ),
    "sw": (
        "Naomba kuongea na mtu, nahitaji nguo za send-off za watu watano",
        "Naweza kuongea na mhudumu? Nataka kujua kama mnaweza kupunguza mikono",
    ),
}
ANSWERED: dict[Language, tuple[str, str, str]] = {
    "en": (
        "Hello, this is the shop. Yes, our tailor can do that in two days; it is 300 more.",
        "Perfect, I will pass by on Thursday",
        "You are welcome, we open at nine.",
    ),
    "sw": (
        "Hujambo, ni dukani. Ndiyo, fundi wetu anaweza kwa siku mbili; ni 300 zaidi.",
        "Sawa kabisa, nitapitia Alhamisi",
        "Karibu sana, tunafungua saa tatu.",
    ),
}
CHANGES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Can I still change it to the next size up?",
        "Please deliver to my office instead, ABC Place on Waiyaki Way",
    ),
    "sw": (
        "Naweza kubadilisha saizi, niwekee kubwa kidogo?",
        "Naomba mniletee kazini badala ya nyumbani, ABC Place Waiyaki Way",
    ),
}
STOP: dict[Language, str] = {"en": "STOP", "sw": "ACHA"}
LIKE_THIS: dict[Language, str] = {"en": "Do you have one like this?", "sw": "Mna kama hii?"}
OPTS_IN: dict[Language, str] = {
    "en": "Yes, send me new arrivals",
    "sw": "Ndiyo, nitumieni nguo mpya zikifika",
}
# What a customer ticks in the shop's window.
AGREES_TO_SMS: dict[Language, str] = {
    "en": "You may also write to me by SMS",
    "sw": "Mnaweza pia kuniandikia kwa SMS",
}
ASKED: tuple[tuple[Topic, dict[Language, str]], ...] = (
    ("hours", {"en": "What time do you close today?", "sw": "Mnafunga saa ngapi leo?"}),
    ("location", {"en": "Where is the shop?", "sw": "Duka liko wapi?"}),
    (
        "returns",
        {"en": "Can I return it if it is small?", "sw": "Naweza kurudisha isiponitosha?"},
    ),
    ("delivery", {"en": "How much is delivery?", "sw": "Delivery ni pesa ngapi?"}),
)
