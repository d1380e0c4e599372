"""The templates that we write for a shop: that of a campaign, and those of `templates.py`."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.languages import Worded
from dukani.core.template_form import SUFFIX, FormButton, TemplateForm
from dukani.domain.acts import Language
from dukani.domain.templates import MessageTemplate

_PURCHASE: Mapping[Language, TemplateForm] = Worded(
    en=TemplateForm(
        header="image",
        body="Hello {{customer_name}}, thank you for shopping at {{boutique_name}}. Your last "
        "purchase was {{price}}, and we chose {{pieces}} to go with it. Tap below to see.",
        footer="Reply STOP to get no more offers",
        buttons=(FormButton(kind="url", text="See your pieces"),
                 FormButton(kind="quick_reply", text="STOP")),
        examples={"customer_name": "Asha", "boutique_name": "Zuri Boutique", "price": "KSh 4,500",
                  "pieces": "six pieces"},
    ),
    sw=TemplateForm(
        header="image",
        body="Habari {{customer_name}}, asante kwa kununua {{boutique_name}}. Mara ya mwisho "
        "ulinunua kwa {{price}}, na tumekuchagulia {{pieces}} ili kuendana nayo. "
        "Bonyeza hapa chini uone.",
        footer="Jibu ACHA usitumiwe ofa tena",
        buttons=(FormButton(kind="url", text="Zione nguo zako"),
                 FormButton(kind="quick_reply", text="ACHA")),
        examples={"customer_name": "Asha", "boutique_name": "Zuri Boutique", "price": "KSh 4,500",
                  "pieces": "nguo sita"},
    ),
)  # fmt: skip
# Of the category marketing: it offers something, whatever its name says.
PURCHASE_NOTIFICATION = "customer_purchase_notification"


def purchase_notification(language: Language, *, base_url: str, picture: str) -> TemplateForm:
    """The template of a campaign: her pieces, by the link `{base_url}/s/…`."""
    form = _PURCHASE[language]
    link, *others = form.buttons
    there = link.model_copy(
        update={"url": f"{base_url.rstrip('/')}/s/{SUFFIX}", "example": "0f3a9c21b7d4"}
    )
    return form.model_copy(update={"buttons": (there, *others), "header_picture": picture})


# What reviewers see in place of a parameter.
_EXAMPLES: Mapping[str, str] = {
    "number": "DK-1042",
    "shop": "Zuri Boutique",
    "pieces": "1 × Amani, blue, M",
    "left": "1 × Neema, red, L",
    "amount": "KSh 4,500",
    "day": "12 November 2026",
    "how": "M-Pesa",
    "name": "Asha",
    "answer": "The blue one is back in your size.",
    "note": "Order DK-1042 is paid: KSh 4,500.",
}


def standard_form(template: MessageTemplate, language: Language) -> TemplateForm:
    """One of the templates that the code has, as it is submitted."""
    names = enumerate(template.parameters, start=1)
    return TemplateForm(
        body=template.as_registered(language),
        examples={str(n): _EXAMPLES[name] for n, name in names},
    )
