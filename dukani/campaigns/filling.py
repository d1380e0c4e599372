"""Fills a campaign's template in for one recipient, from the values frozen at the start. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dukani.core.clients.templates import Template, TemplateButton, Variable
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.campaigns import CampaignMessage
from dukani.domain.templates import one_line
from dukani.tools.own_templates import fill

SLUG = "slug"  # of the values: the end of the link's address
PICTURE = "picture"  # the path of the header's picture in the media store
_HERS = frozenset((SLUG, PICTURE))  # no words, and nobody's to set but ours


@dataclass(frozen=True, slots=True)
class Filled:
    """The template as it is posted, and its words for our own chat."""

    template: Template
    text: str = field(repr=False)
    picture: str | None


@dataclass(frozen=True, slots=True)
class Lacks:
    """The template has a variable that nothing is known for."""

    variable: str


def chosen(
    approved: Sequence[RegisteredTemplate], message: CampaignMessage, language: str, *, shop: str
) -> RegisteredTemplate | None:
    """The template in the recipient's language, else in the shop's, else in any it is approved in.

    A campaign in one language has that one only.
    """
    if message.language != "customer":
        return next((one for one in approved if one.language == message.language), None)
    wished = (language, shop)
    return min(
        approved,
        key=lambda one: wished.index(one.language) if one.language in wished else len(wished),
        default=None,
    )


def filled(
    found: RegisteredTemplate, message: CampaignMessage, frozen: Mapping[str, Any]
) -> Filled | Lacks:
    """The template for one recipient; the message's own variables go before the frozen ones."""
    values = {name: str(value) for name, value in frozen.items() if value is not None}
    values |= {name: told for name, told in message.variables.items() if name not in _HERS}
    slug, picture = values.get(SLUG), values.get(PICTURE)
    if found.form is not None:
        form = TemplateForm.model_validate(found.form)
        lacking = [name for name in form.variables if not values.get(name, "").strip()]
        lacking += [SLUG] if form.suffix_buttons and not slug else []
        if lacking:
            return Lacks(lacking[0])
        # Without a picture of her own she gets the example that WhatsApp has approved.
        shown = picture or form.header_picture if form.header == "image" else None
        return Filled(*fill(found, form, values, suffix=slug), shown)
    # Registered elsewhere: of its parts we know nothing but what was frozen for it.
    words = {name: one_line(value) for name, value in values.items() if name not in _HERS}
    template = Template(
        name=found.name,
        language=found.locale,
        body=tuple(Variable(value, name) for name, value in words.items()),
        buttons=(TemplateButton(0, "url", slug),) if slug else (),
        content_sid=found.content_sid,
    )
    return Filled(template, " · ".join(words.values()) or found.name, picture)
