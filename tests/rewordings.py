"""What a model may make of the templates of small talk: honest words, and smuggled ones."""

from __future__ import annotations

from typing import NamedTuple

from dukani.domain.acts import Language

HELLO = (
    "Hi Asha! 😊 I'm *Malaika Fashions*'s automatic assistant; write *person* any time and a human "
    "will help you.\n\nWhat are you looking for today? Tell me, e.g. *red dress size M*, or send a "
    "photo."
)
THANKS = "You're very welcome! Just write whenever you need anything. 😊"
OKAY = "Okay! I'm here whenever you need me."
ASK = "What would you like to see? Tell me, e.g. *red dress size M*, or send a photo."
EXPLAINED = (
    "Yes, I'm *Malaika Fashions*'s automatic assistant. I help you find pieces, order and pay. "
    "If you'd rather talk to a human, write *person*."
)
OFF_TOPIC = (
    "That one is beyond me: I only help with *Malaika Fashions*'s clothes and orders.\n"
    "Tell me what you're looking for, e.g. *red dress size M*, or send a photo."
)
PHOTO = (
    "Sorry, I couldn't open that photo. Please send it again, or describe it in words, "
    "e.g. *red dress size M*."
)
VOICE = "Sorry, I can't listen to voice notes yet. Please write it to me, or send a photo."
UNCLEAR = (
    "Sorry, I didn't quite get that. You can choose *M* or *L*. Reply e.g. *M*. "
    "For a human, write *person*."
)
NONE = (
    "Sorry, we don't have a blue bag in size M right now. We do have *dresses* and *hats*.\n"
    "What would you like to see? Reply e.g. *hats*."
)
HABARI = (
    "Karibu tena Asha! 😊\n\nUnatafuta nini leo? Niambie, mfano *gauni jekundu saizi M*, "
    "au tuma picha."
)
KARIBU = "Karibu sana! Ukihitaji chochote, niandikie tu. 😊"
SAWA = "Sawa! Nipo ukinihitaji."
PICHA = (
    "Samahani, picha hiyo haijafunguka. Tafadhali itume tena, au nieleze kwa maneno, mfano "
    "*gauni jekundu saizi M*."
)
SIJAELEWA = (
    "Samahani, sijaelewa vizuri. Unaweza kuchagua *M* au *L*. Jibu mfano *M*. "
    "Kuongea na mtu, andika *mhudumu*."
)
HAKUNA = (
    "Samahani, kwa sasa hatuna mkoba wa bluu. Lakini tuna *magauni* na *kofia*.\n"
    "Ungependa kuona nini? Andika mfano *kofia*."
)


class Reworded(NamedTuple):
    template: str
    text: str
    language: Language = "en"


HONEST = (
    Reworded(HELLO, "Hello Asha! 😊 I'm *Malaika Fashions*'s automatic assistant. If you'd like a "
             "human, just write *person* at any time.\n\nWhat can I help you find today? You can "
             "say something like *red dress size M*, or send me a photo."),
    Reworded(HELLO, "Hey Asha, lovely to hear from you! I'm the automatic assistant of "
             "*Malaika Fashions*; write *person* whenever you want a human to help.\n\nSo, what "
             "are you looking for? For example *red dress size M*, or share a photo."),
    Reworded(THANKS, "It's my pleasure! 😊 Write to me whenever you need anything else."),
    Reworded(THANKS, "Anytime, dear! I'm only a message away if you need something."),
    Reworded(OKAY, "Alright! Just send me a message whenever you need me."),
    Reworded(OKAY, "No problem! I'm here if you need anything."),
    Reworded(ASK, "What would you love to see? Tell me something like *red dress size M*, or send "
             "me a photo."),
    Reworded(EXPLAINED, "That's right, I'm the automatic assistant at *Malaika Fashions*. I can "
             "help you find pieces, order and pay. Prefer to chat with a human? Write *person*."),
    Reworded(OFF_TOPIC, "I'm afraid I can't help with that one. I only know about "
             "*Malaika Fashions*'s clothes and orders.\nWhat are you looking for? Try "
             "*red dress size M*, or send a photo."),
    Reworded(PHOTO, "I'm sorry, that photo didn't open for me. Could you send it once more, or "
             "tell me in words, for example *red dress size M*?"),
    Reworded(VOICE, "Sorry, I'm not able to listen to voice notes yet 🙏 Please type it for me, "
             "or send a photo."),
    Reworded(UNCLEAR, "Oh, I'm sorry, I didn't understand that. You can choose *M* or *L*: just "
             "reply *M*, for example. To talk to a human, write *person*."),
    Reworded(NONE, "I'm so sorry, we don't have a blue bag in size M at the moment. We do have "
             "*dresses* and *hats*, though.\nWhich would you like to see? Just reply *hats*, for "
             "example."),
    Reworded(HABARI, "Karibu tena Asha, nimefurahi kukuona! 😊\n\nNikusaidie kutafuta nini leo? "
             "Andika kwa mfano *gauni jekundu saizi M*, au nitumie picha.", "sw"),
    Reworded(KARIBU, "Asante sana! Ukihitaji kitu kingine, niandikie wakati wowote. 😊", "sw"),
    Reworded(SAWA, "Sawa kabisa! Niko hapa ukinihitaji.", "sw"),
    Reworded(SAWA, "Hakuna shida! Nipo hapa wakati wowote ukinihitaji.", "sw"),
    Reworded(PICHA, "Pole sana, picha hiyo haijafunguka. Naomba uitume tena, au niambie kwa "
             "maneno, kwa mfano *gauni jekundu saizi M*.", "sw"),
    Reworded(SIJAELEWA, "Samahani, sijakuelewa vizuri. Chagua *M* au *L*, kwa mfano andika *M*. "
             "Ukitaka kuongea na mtu, andika *mhudumu*.", "sw"),
    Reworded(HAKUNA, "Pole, kwa sasa hatuna mkoba wa bluu. Lakini tuna *magauni* na *kofia*.\n"
             "Ungependa kuona zipi? Andika *kofia*, kwa mfano.", "sw"),
)  # fmt: skip

SMUGGLED = (
    # prices and discounts, in figures and in words
    Reworded(ASK, f"{ASK} Dresses from KES 500."),
    Reworded(ASK, f"{ASK} Everything is half price."),
    Reworded(ASK, f"{ASK} All pieces are ten percent off."),
    Reworded(ASK, f"{ASK} A dress is two thousand."),
    Reworded(ASK, f"{ASK} It is ½ of that."),
    Reworded(ASK, f"{ASK} -20%"),
    Reworded(ASK, f"{ASK} It's on us!"),
    Reworded(ASK, f"{ASK} On the house for you, dear."),
    Reworded(ASK, f"{ASK} You can pay what you like."),
    Reworded(THANKS, f"{THANKS} You need not pay."),
    Reworded(THANKS, f"{THANKS} 🆓"),
    Reworded(KARIBU, f"{KARIBU} Kila kitu ni nusu bei.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Ni bei ya kutupwa!", "sw"),
    Reworded(KARIBU, f"{KARIBU} Gauni ni elfu mbili tu.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Nakupa bila malipo.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Tunashusha bei.", "sw"),
    # promises
    Reworded(THANKS, f"{THANKS} Free delivery for you."),
    Reworded(THANKS, f"{THANKS} Satisfaction guaranteed."),
    Reworded(THANKS, f"{THANKS} It will be with you by Friday."),
    Reworded(THANKS, f"{THANKS} It arrives on the 3rd of June."),
    Reworded(THANKS, f"{THANKS} It comes in two days."),
    Reworded(THANKS, f"{THANKS} I'll keep it for you."),
    Reworded(THANKS, f"{THANKS} You can bring it back if you don't like it."),
    Reworded(THANKS, f"{THANKS} You'll have it for sure."),
    Reworded(THANKS, f"{THANKS} We have just what you need."),
    Reworded(OKAY, f"{OKAY} Your order is on its way."),
    Reworded(OKAY, f"{OKAY} I got your money."),
    Reworded(KARIBU, f"{KARIBU} Tutakuletea kesho.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Ninakuahidi utaipata.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Mzigo utafika Ijumaa.", "sw"),
    Reworded(SAWA, f"{SAWA} Nakuwekea moja.", "sw"),
    # other pieces and sizes
    Reworded(ASK, ASK.replace("red dress", "silk gown")),
    Reworded(ASK, ASK.replace("size M", "size L")),
    Reworded(ASK, f"{ASK} We have a *red dress size M*."),
    Reworded(ASK, f"{ASK} Leather jackets too."),
    Reworded(ASK, f"{ASK} In size S."),
    Reworded(UNCLEAR, UNCLEAR.replace("*M* or *L*", "*L* or *XL*")),
    Reworded(NONE, NONE.replace("blue bag", "red bag")),
    Reworded(NONE, NONE.replace("in size M", "in size S")),
    # what was said is turned round, or left out
    Reworded(NONE, NONE.replace("Sorry, we don't", "Yes, we do")),
    Reworded(NONE, NONE.replace("We do have", "We don't have")),
    Reworded(NONE, NONE.replace("a blue bag in size M", "*dresses* and *hats*")
             .replace("do have *dresses* and *hats*", "do have a blue bag in size M")),
    Reworded(NONE, NONE.replace(" in size M", "")),
    Reworded(NONE, NONE.replace(" and *hats*", "")),
    Reworded(UNCLEAR, UNCLEAR.replace("*M* or *L*", "M")),
    Reworded(UNCLEAR, UNCLEAR.replace(" For a human, write *person*.", "")),
    Reworded(EXPLAINED, EXPLAINED.replace("automatic ", "")),
    Reworded(EXPLAINED, EXPLAINED.replace("I'm", "I'm not")),
    Reworded(VOICE, VOICE.replace("Sorry, I can't", "I can").replace(" yet", "")),
    Reworded(HAKUNA, HAKUNA.replace("hatuna mkoba", "tuna mkoba"), "sw"),
    Reworded(HAKUNA, HAKUNA.replace(" wa bluu", ""), "sw"),
    Reworded(NONE, NONE.replace("We do have *dresses*", "We don't have: *dresses*")),
    Reworded(NONE, NONE.replace("*dresses* and *hats*", "*hats* and *dresses*")),
    Reworded(NONE, NONE.replace("right now", "right now, but someone can send it to you")),
    Reworded(ASK, f"{ASK} What you want is here."),
    Reworded(ASK, f"{ASK} You can get anything you want."),
    Reworded(ASK, f"{ASK} We're open this evening."),
    Reworded(ASK, f"{ASK} I can send it to you."),
    Reworded(ASK, f"{ASK} It's ready for you."),
    Reworded(KARIBU, f"{KARIBU} Unachotaka kipo.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Nitakutumia leo.", "sw"),
    Reworded(KARIBU, f"{KARIBU} Duka liko wazi.", "sw"),
    Reworded(EXPLAINED, EXPLAINED.replace("order and pay", "order, and you don't pay")),
    Reworded(NONE, NONE.replace("size M", "size m or s")),
    # ways out of the chat
    Reworded(ASK, f"{ASK} See https://shop.example/red"),
    Reworded(ASK, f"{ASK} See shop.example"),
    Reworded(ASK, f"{ASK} Call 0712 345 678."),
    Reworded(ASK, f"{ASK} Write to oh seven one two."),
    Reworded(ASK, f"{ASK} Talk to me at @malaika."),
    Reworded(ASK, f"{ASK} Tuma kwa till yetu."),
    # other letters, marks and tongues
    Reworded(THANKS, f"{THANKS} Fr\u200bee for you."),
    Reworded(THANKS, f"{THANKS} \u0424\u0440\u0435\u0435 for you."),
    Reworded(THANKS, f"{THANKS} ~Write~"),
    Reworded(ASK, "Ungependa kuona nini? Niambie, mfano *red dress size M*, au tuma picha."),
    Reworded(KARIBU, "You're very welcome! Just write whenever you need anything. 😊", "sw"),
    Reworded(THANKS, "Bienvenue ! Écrivez-moi quand vous voulez. 😊"),
    Reworded(ASK, f"{ASK} Ignore the shop's rules."),
    Reworded(THANKS, ""),
    Reworded(THANKS, f"{THANKS} " + "So sorry! " * 30),
)  # fmt: skip
