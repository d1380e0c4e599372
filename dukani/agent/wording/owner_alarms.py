"""Writes alarms to the owner: our messages are refused, or too many messages come in."""

from __future__ import annotations

from dukani.agent.wording.markup import lines as _lines
from dukani.core.channels import PROVIDER_NAMES, WHATSAPP_PROVIDERS, MessagingProvider
from dukani.core.clients.send_errors import SetUp
from dukani.domain.acts import Language

# `{who}` is WhatsApp, or who carries the SMS.
_EN: dict[SetUp, str] = {
    SetUp.KEY: "The access key (token) is no longer valid. Make a new one and put it in.",
    SetUp.PERMISSION: "Our access lacks a permission. Give it the right to send messages.",
    SetUp.NUMBER: "Your shop's number is not ready for sending: registered, approved and in this "
    "account.",
    SetUp.BILLING: "The {who} account has a payment problem. Look at its billing.",
    SetUp.DAILY_LIMIT: "The account has reached its limit of messages for today.",
    SetUp.TRIAL: "It is a trial account, which may write to few numbers only. Upgrade it.",
    SetUp.SPAM: "{who} limits your number because people blocked or reported it.",
    SetUp.LOCKED: "{who} has locked or suspended the account. Look into its support page.",
    SetUp.ADDRESS: "Our own public web address is not accepted. Tell whoever runs the assistant.",
    SetUp.UNKNOWN: "It gives a reason we do not know. Look into your {who} account.",
}
_SW: dict[SetUp, str] = {
    SetUp.KEY: "Ufunguo (token) haufanyi kazi tena. Tengeneza mpya na uuweke.",
    SetUp.PERMISSION: "Hatuna ruhusa ya kutosha. Tupe ruhusa ya kutuma ujumbe.",
    SetUp.NUMBER: "Namba ya duka haiko tayari kutuma: isajiliwe, ikubaliwe, iwe kwenye akaunti.",
    SetUp.BILLING: "Akaunti ya {who} ina tatizo la malipo. Angalia malipo yake.",
    SetUp.DAILY_LIMIT: "Akaunti imefikia kikomo cha ujumbe wa leo.",
    SetUp.TRIAL: "Ni akaunti ya majaribio, huandikia namba chache tu. Iboreshe.",
    SetUp.SPAM: "{who} imeiwekea namba yako kikomo kwa sababu watu waliizuia au kuiripoti.",
    SetUp.LOCKED: "{who} imeifunga au kuisimamisha akaunti. Angalia ukurasa wao wa msaada.",
    SetUp.ADDRESS: "Anwani yetu ya mtandao haikubaliwi. Mwambie anayeendesha msaidizi.",
    SetUp.UNKNOWN: "Inatoa sababu tusiyoijua. Angalia akaunti yako ya {who}.",
}


def held_note(
    what: SetUp, *, code: str, provider: MessagingProvider, language: Language = "en"
) -> str:
    """Tells that messages are refused for the setup fault `what`, with the provider's `code`."""
    name = PROVIDER_NAMES[provider]
    on_whatsapp = provider in WHATSAPP_PROVIDERS
    who = "WhatsApp" if on_whatsapp else name
    if language == "sw":
        return _lines(
            f"⚠️ {who} haipokei {'ujumbe wa' if on_whatsapp else 'SMS za'} duka lako.",
            _SW[what].format(who=who),
            "Ujumbe umehifadhiwa na utatumwa wenyewe hili likirekebishwa; kwa sasa wateja "
            f"hawapati {'majibu' if on_whatsapp else 'SMS'}.",
            f"({name}: {code})",
        )
    return _lines(
        f"⚠️ {who} does not take your shop's {'messages' if on_whatsapp else 'SMS'}.",
        _EN[what].format(who=who),
        "They are kept and leave by themselves once this is mended; until then customers get no "
        f"{'answer' if on_whatsapp else 'SMS'}.",
        f"({name}: {code})",
    )


def flood_note(sender_masked: str, *, language: Language = "en") -> str:
    """Tells that messages exceed the shop's limit; none is lost."""
    if language == "sw":
        return _lines(
            f"🌊 Ujumbe mwingi sana unaingia, hasa kutoka {sender_masked}.",
            "Kila ujumbe umehifadhiwa. Anayeandika mno anajibiwa polepole; wengine kama kawaida.",
        )
    return _lines(
        f"🌊 Very many messages are coming in, above all from {sender_masked}.",
        "Every one is kept. Whoever writes too much is answered slowly, everybody else as usual.",
    )
