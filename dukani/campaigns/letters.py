"""Writes each recipient's message: which template she gets, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dukani.campaigns.filling import Filled, Lacks, chosen, filled
from dukani.campaigns.rates import category_of
from dukani.core.database import Connection
from dukani.core.store import message_templates
from dukani.core.store.campaign_claims import Candidate
from dukani.core.store.campaign_runs import Run
from dukani.core.store.message_rates import Category
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.campaigns import CampaignMessage
from dukani.domain.pieces import Option


@dataclass(frozen=True, slots=True)
class Letter:
    """A recipient and her message."""

    to: Candidate
    filled: Filled
    category: Category  # as the provider has it now: it sets the price
    collage: bool = False  # its header's picture shows her pieces
    options: tuple[Option, ...] = ()  # the pieces that the picture numbers


async def approved_of(conn: Connection, run: Run) -> dict[str, list[RegisteredTemplate]]:
    """The approved templates of the campaign and of its arms, by name."""
    arms = [arm["key"] for arm in (run.experiment or {}).get("variants", ())]
    names = {message_of(run, arm).template for arm in (None, *arms)}
    return {
        name: await message_templates.approved(conn, provider=run.provider, name=name)
        for name in sorted(names)
    }


def letters(
    recipients: Sequence[Candidate], approved: Mapping[str, Sequence[RegisteredTemplate]], run: Run
) -> tuple[list[Letter], dict[str, str]]:
    """Each recipient's message; and why there is none, by the recipient's id."""
    written: list[Letter] = []
    without: dict[str, str] = {}
    for one in recipients:
        message = message_of(run, one.variant)
        found = chosen(approved[message.template], message, one.language, shop=run.language)
        made = filled(found, message, one.variables) if found else None
        if found is None or made is None:
            without[one.id] = "no_template"
        elif isinstance(made, Lacks):
            without[one.id] = f"lacks_{made.variable}"
        else:
            category = category_of(found, at=datetime.now(UTC))
            collage = bool(one.product_ids) and wants_collage(run, one.variant, found)
            written.append(Letter(one, made, category, collage))
    return written, without


def message_of(run: Run, variant: str | None) -> CampaignMessage:
    """The campaign's message, or that of the recipient's arm."""
    arms = (run.experiment or {}).get("variants", ())
    own = next((arm.get("message") for arm in arms if arm["key"] == variant), None)
    return CampaignMessage.model_validate(own or run.message)


def wants_collage(run: Run, variant: str | None, found: RegisteredTemplate) -> bool:
    """Whether the header of this template shows the recipient her pieces.

    It does not in an arm that tries it without.
    """
    if found.form is None or TemplateForm.model_validate(found.form).header != "image":
        return False
    arms = (run.experiment or {}).get("variants", ())
    return all(arm.get("collage", True) for arm in arms if arm["key"] == variant)
