"""Writes notes to the owner about her campaigns: stopped, missed, or given up."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.domain.acts import Language

# By the reason that is stored with the campaign.
_EN: Mapping[str, str] = {
    "spam": "WhatsApp limits your number, because people blocked or reported it. Wait some days, "
    "and write to fewer people.",
    "template": "WhatsApp has paused its message template. Choose another one, or resume when it "
    "is approved again.",
    "template_unapproved": "Its message template is not approved. Resume when it is.",
    "blocked": "WhatsApp has blocked or locked the account. Look into its support page.",
    "set_up": "Your number at WhatsApp is not set up. Look into Settings, Channel.",
    "held": "Too many of those you wrote to said stop or reported it, so you are held off the "
    "number that you share with other shops. Write to us, or connect a number of your own.",
    "recategorised": "WhatsApp charges its message template as something dearer now, and your "
    "wallet has too few message tokens for the rest. Buy more, then resume, or choose another one.",
    "no_tokens": "Your wallet has too few message tokens for the rest. Buy more, then resume.",
    "parameters": "WhatsApp does not take the message as it is filled in.",
    "missed": "The service was down at its hour. Open it and choose: send it now, or skip it.",
    "passed_over": "The service was down at its hour. It goes on at its next one.",
    "not_enough_tokens": "Your wallet has too few message tokens for its recipients. Nothing was "
    "sent, and it is a draft again.",
}
_SW: Mapping[str, str] = {
    "spam": "WhatsApp imeiwekea namba yako kikomo, kwa sababu watu waliizuia au kuiripoti. Subiri "
    "siku chache, kisha uandikie watu wachache.",
    "template": "WhatsApp imesimamisha kiolezo chake cha ujumbe. Chagua kingine, au endelea "
    "kikikubaliwa tena.",
    "template_unapproved": "Kiolezo chake cha ujumbe hakijakubaliwa. Endelea kikikubaliwa.",
    "blocked": "WhatsApp imeifunga au kuizuia akaunti. Angalia ukurasa wao wa msaada.",
    "set_up": "Namba yako ya WhatsApp haijawekwa sawa. Angalia Mipangilio, Njia.",
    "held": "Wengi mno kati ya uliowaandikia walisema acha au waliripoti, kwa hiyo umezuiwa "
    "kutumia namba mnayoshiriki na maduka mengine. Tuandikie, au unganisha namba yako mwenyewe.",
    "recategorised": "WhatsApp sasa inakitoza kiolezo chake bei ya juu zaidi, na pochi yako haina "
    "tokeni za kutosha kwa waliobaki. Nunua zaidi, kisha endelea, au chagua kingine.",
    "no_tokens": "Pochi yako haina tokeni za kutosha kwa waliobaki. Nunua zaidi, kisha endelea.",
    "parameters": "WhatsApp haipokei ujumbe jinsi ulivyojazwa.",
    "missed": "Huduma haikuwepo saa yake ilipofika. Ifungue uchague: itumwe sasa, au iachwe.",
    "passed_over": "Huduma haikuwepo saa yake ilipofika. Itaendelea saa yake ijayo.",
    "not_enough_tokens": "Pochi yako haina tokeni za kutosha kwa wapokeaji wake. Hakuna "
    "kilichotumwa, na imekuwa rasimu tena.",
}

REASONS = tuple(_EN)


def campaign_note(name: str, reason: str, *, code: str | None, language: Language) -> str:
    """Tells that the campaign `name` does not go on, why, and what to do."""
    told = f" ({code})" if code else ""
    if language == "sw":
        return f"⚠️ Kampeni *{name}* imesimama.\n{_SW[reason]}{told}"
    return f"⚠️ The campaign *{name}* has stopped.\n{_EN[reason]}{told}"


def unknown_code_note(name: str, code: str, *, language: Language) -> str:
    """Tells that WhatsApp refused messages of the campaign with a code that nobody knows."""
    if language == "sw":
        return (
            f"ℹ️ WhatsApp ilikataa ujumbe wa kampeni *{name}* kwa sababu tusiyoijua ({code}). "
            "Wengine wanaendelea kutumiwa."
        )
    return (
        f"ℹ️ WhatsApp refused messages of the campaign *{name}* for a reason we do not know "
        f"({code}). The others are still being sent."
    )
