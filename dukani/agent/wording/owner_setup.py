"""Writes a note to the owner: M-Pesa refuses the shop's setup, and the setting to check."""

from __future__ import annotations

from dukani.agent.wording.markup import lines, quoted
from dukani.core.clients.mpesa_outcomes import Setting
from dukani.core.languages import Worded
from dukani.domain.acts import Language

_WHAT_EN: dict[Setting, str] = {
    Setting.CONSUMER_KEY: "Check the consumer key and secret: they must be those of your live "
    "Daraja app.",
    Setting.PASSKEY: "Check the passkey: it must be the one Safaricom sent for this shortcode.",
    Setting.SHORTCODE: "Check the shortcode: M-Pesa does not know it, or its account is closed.",
    Setting.TILL: "Check the till number and whether it is a till or a paybill: M-Pesa says this "
    "number may not take such payments.",
    Setting.PRODUCT: "Your Daraja app lacks M-Pesa Express (Lipa na M-Pesa): add it on the Daraja "
    "portal.",
    Setting.SHOP_LIMIT: "Your till or paybill is full: withdraw money from it.",
    Setting.CALLBACK: "M-Pesa refuses the address we report to: tell whoever runs this service.",
    Setting.PAYLINK: "Check the PayLink key and project: PayLink turns our request away.",
    Setting.OTHER: "Check your M-Pesa settings with Safaricom (apisupport@safaricom.co.ke).",
}
_WHAT_SW: dict[Setting, str] = {
    Setting.CONSUMER_KEY: "Angalia consumer key na secret: lazima ziwe za app yako halisi ya "
    "Daraja.",
    Setting.PASSKEY: "Angalia passkey: lazima iwe ile Safaricom walituma kwa shortcode hii.",
    Setting.SHORTCODE: "Angalia shortcode: M-Pesa haiijui, au akaunti yake imefungwa.",
    Setting.TILL: "Angalia namba ya till, na kama ni till au paybill: M-Pesa inasema namba hii "
    "hairuhusiwi kupokea malipo haya.",
    Setting.PRODUCT: "App yako ya Daraja haina M-Pesa Express (Lipa na M-Pesa): iongeze kwenye "
    "tovuti ya Daraja.",
    Setting.SHOP_LIMIT: "Till au paybill yako imejaa: toa pesa kutoka humo.",
    Setting.CALLBACK: "M-Pesa inakataa anwani yetu ya majibu: mwambie anayeendesha huduma hii.",
    Setting.PAYLINK: "Angalia key na project ya PayLink: PayLink inakataa ombi letu.",
    Setting.OTHER: "Angalia mipangilio yako ya M-Pesa na Safaricom (apisupport@safaricom.co.ke).",
}
_HEAD = Worded(
    en="⚠️ M-Pesa refuses our payment requests, so customers can't be prompted.",
    sw="⚠️ M-Pesa inakataa maombi yetu ya malipo, kwa hivyo wateja hawapati ombi.",
)


def setup_note(setting: Setting, *, code: str | None, said: str, language: Language = "en") -> str:
    """Tells which setting is wrong, with M-Pesa's own words."""
    sw = language == "sw"
    told = f"{code}: {said}" if code and code != "refused" else said
    heard = quoted(told, limit=200)
    return lines(
        _HEAD[language],
        (_WHAT_SW if sw else _WHAT_EN)[setting],
        f"{'M-Pesa imesema' if sw else 'M-Pesa said'}: {heard}" if heard else "",
    )
