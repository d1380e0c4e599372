"""A shop's own templates: drafted, filled in for a customer, and shown before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from psycopg.errors import UniqueViolation

from dukani.core.clients.templates import Template, TemplateButton, Variable
from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.languages import Worded, known
from dukani.core.money import format_money
from dukani.core.store import boutiques, message_templates, own_templates
from dukani.core.store.boutiques import Boutique
from dukani.core.store.message_templates import (
    RegisteredTemplate,
    TemplateCategory,
    TemplateLanguage,
)
from dukani.core.store.own_templates import Buyer
from dukani.core.template_form import TemplateForm, filled
from dukani.domain.template_checks import TemplateProblem, problems
from dukani.domain.templates import TEMPLATES, one_line


@dataclass(frozen=True, slots=True)
class Draft:
    name: str
    language: TemplateLanguage
    category: TemplateCategory
    form: TemplateForm


@dataclass(frozen=True, slots=True)
class Preview:
    """A template as a customer would read it, and what keeps it from review."""

    body: str
    values: dict[str, str]
    customer_id: str | None  # none: nobody has bought yet, and the values are the examples
    customer_name: str | None
    problems: list[TemplateProblem]


async def create(conn: Connection, draft: Draft, *, boutique_id: str) -> RegisteredTemplate:
    """Raises InvalidValue for a name that is taken, or a picture that is not the shop's."""
    await _check(conn, draft, boutique_id=boutique_id)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the member is of it"
    draft = await _named_apart(conn, draft, boutique)
    try:
        async with conn.transaction():
            template_id = await own_templates.add(
                conn, provider=boutique.whatsapp_provider, **_stored(draft)
            )
    except UniqueViolation as error:
        raise _taken(draft) from error
    return await the_template(conn, boutique_id=boutique_id, template_id=template_id)


async def rewrite(
    conn: Connection, draft: Draft, *, boutique_id: str, template_id: str
) -> RegisteredTemplate:
    """Raises InvalidValue as `create`, Conflict when it is no draft any more."""
    await _check(conn, draft, boutique_id=boutique_id)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the member is of it"
    draft = await _named_apart(conn, draft, boutique)
    try:
        async with conn.transaction():
            done = await own_templates.rewrite(conn, template_id=template_id, **_stored(draft))
    except UniqueViolation as error:
        raise _taken(draft) from error
    if not done:
        raise _no_draft()
    return await the_template(conn, boutique_id=boutique_id, template_id=template_id)


async def the_draft(conn: Connection, *, boutique_id: str, template_id: str) -> RegisteredTemplate:
    """A draft, or what was rejected, which nobody else writes until the transaction ends.

    Raises NotFound, and Conflict when it is no draft any more.
    """
    locked = await own_templates.lock(conn, template_id=template_id)
    found = await the_template(conn, boutique_id=boutique_id, template_id=template_id)
    if not locked:
        raise _no_draft()
    return found


def _no_draft() -> Conflict:
    return Conflict("It is in review or approved: copy it, and change the copy.")


async def the_template(
    conn: Connection, *, boutique_id: str, template_id: str
) -> RegisteredTemplate:
    found = await message_templates.get(conn, boutique_id=boutique_id, template_id=template_id)
    if found is None:
        raise NotFound("There is no such template here.")
    return found


async def preview(
    conn: Connection, draft: Draft, *, boutique_id: str, customer_id: str | None = None
) -> Preview:
    """As a customer would read it: `customer_id`, or the one who bought last."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the member is of it"
    buyer = await own_templates.buyer(conn, customer_id=customer_id)
    if buyer is None and customer_id is not None:
        raise NotFound("There is no such customer here.")
    known = known_values(buyer, boutique_name=boutique.name, language=draft.language)
    values = {name: known.get(name) or draft.form.examples.get(name, "")
              for name in draft.form.variables}  # fmt: skip
    return Preview(
        body=filled(draft.form.body, values),
        values=values,
        customer_id=buyer.customer_id if buyer else None,
        customer_name=buyer.name if buyer else None,
        problems=problems(draft.name, draft.category, draft.form),
    )


_SOMEBODY = Worded(en="friend", sw="rafiki")  # of a customer without a name


def known_values(buyer: Buyer | None, *, boutique_name: str, language: str) -> dict[str, str]:
    """What we know ourselves of a template's variables; the price is that of the last purchase."""
    if buyer is None:
        return {"boutique_name": boutique_name}
    first_name = (buyer.name or "").split(" ")[0]
    values = {
        "customer_name": first_name or _SOMEBODY[known(language)],
        "boutique_name": boutique_name,
    }
    if buyer.last_total_minor is not None:
        values["price"] = format_money(buyer.last_total_minor, buyer.currency)
    return values


def fill(
    found: RegisteredTemplate,
    form: TemplateForm,
    values: Mapping[str, str],
    *,
    suffix: str | None = None,
) -> tuple[Template, str]:
    """The template for a customer, as its provider's client sends it, and its text for the chat.

    `suffix` ends each link that has a variable. The header's picture is given at queueing
    (`queue_template(picture=…)`). Twilio numbers what Meta names.
    """
    sent = {name: one_line(values[name]) for name in form.variables}
    names = form.variables
    if not form.is_named and found.provider == "meta":
        names = tuple(sorted(names, key=int))
    is_named = form.is_named and found.provider == "meta"
    template = Template(
        name=found.name,
        language=found.locale,
        body=tuple(Variable(sent[name], name if is_named else None) for name in names),
        buttons=tuple(TemplateButton(place, "url", suffix or "") for place in form.suffix_buttons),
        content_sid=found.content_sid,
        media_base=found.media_base,
    )
    parts = [filled(form.body, sent), form.footer]
    return template, "\n".join(part for part in parts if part)


async def _check(conn: Connection, draft: Draft, *, boutique_id: str) -> None:
    if draft.name in TEMPLATES:
        raise InvalidValue(
            field="name", value=draft.name, remedy="One of the built-in templates has this name."
        )
    picture = draft.form.header_picture
    if picture is None or picture.startswith(f"{boutique_id}/templates/"):
        return
    if not await own_templates.owns_picture(conn, path=picture):
        raise InvalidValue(field="header_picture", remedy="Take a picture of the shop's own.")


async def _named_apart(conn: Connection, draft: Draft, boutique: Boutique) -> Draft:
    """On the platform's number the shop is part of the name.

    The templates of all shops there are of one WhatsApp account, which has each name once.
    """
    shop = f"_{boutique.slug.replace('-', '_')}"
    if not await own_templates.are_of_a_shared_account(conn) or draft.name.endswith(shop):
        return draft
    return replace(draft, name=draft.name + shop)


def _stored(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "language": draft.language,
        "category": draft.category,
        "form": draft.form.model_dump(mode="json"),
    }


def _taken(draft: Draft) -> InvalidValue:
    return InvalidValue(
        field="name",
        value=draft.name,
        remedy="You have a template of this name in this language: take another name.",
    )
