"""Fills the shop's own template in: what reaches her outside of WhatsApp's 24 hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.campaigns.automations.cards import WhatsAppCard
from dukani.campaigns.automations.clauses import Lacks, Place
from dukani.campaigns.automations.message_values import Values
from dukani.campaigns.automations.wording import Wording
from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.store import message_templates
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.acts import Language
from dukani.domain.automations import Content, Variable
from dukani.tools.own_templates import fill

# What the variables of a template are called, and which of ours they are.
NAMES: Mapping[str, Variable] = {
    "customer_name": "name", "name": "name", "boutique_name": "shop", "shop": "shop",
    "product": "product", "product_name": "product", "piece": "product", "price": "price",
    "discount": "discount", "total": "total", "amount": "total",
}  # fmt: skip
_MIDDLE = Place(alone=False, starts=False, before="")


async def approved_template(
    conn: Connection, content: Content, *, provider: WhatsAppProvider, language: Language
) -> RegisteredTemplate | None:
    """The message's template as it may be sent now: in her language, else in another."""
    if content.template is None:
        return None
    found = await message_templates.approved(conn, provider=provider, name=content.template)
    return chosen(found, language)


def chosen(approved: Sequence[RegisteredTemplate], language: Language) -> RegisteredTemplate | None:
    return min(approved, key=lambda one: one.language != language, default=None)


def template_message(
    content: Content, values: Values, found: RegisteredTemplate | None, *, code: str
) -> WhatsAppCard | Lacks:
    """Lacks `template` for one whose text we do not have, or the first variable without a value.

    Its links end in the send's code.
    """
    if found is None or found.form is None:
        return Lacks("template")
    form = TemplateForm.model_validate(found.form)
    wording = Wording(content, values, found.language)
    filled: dict[str, str] = {}
    for name in form.variables:
        value = wording.word(NAMES[name], _MIDDLE) if name in NAMES else None
        if value is None:
            return Lacks(name)
        filled[name] = value
    template, text = fill(found, form, filled, suffix=code)
    # Without a picture of hers she gets the example that WhatsApp has approved.
    picture = (values.image or form.header_picture) if form.header == "image" else None
    return WhatsAppCard(text, picture, template=template)
