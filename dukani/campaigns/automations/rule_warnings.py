"""What does not stop a rule from being written, and would stop a message of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.languages import LANGUAGES, Language
from dukani.core.store import message_templates
from dukani.domain.automations import RuleDefinition

WarningCode = Literal["no_template", "template_not_approved", "says_one_language"]


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """`field`: where in the definition; `value`: the template, or the language that is missing."""

    code: WarningCode
    field: str
    value: str | None


async def warnings_of(
    conn: Connection, written: RuleDefinition, *, provider: WhatsAppProvider
) -> list[RuleWarning]:
    """By the steps' order."""
    names = {one.message.template for one in written.steps} - {None}
    approved = {
        name
        for name in names
        if name and await message_templates.approved(conn, provider=provider, name=name)
    }
    found: list[RuleWarning] = []
    for number, step in enumerate(written.steps):
        place = f"steps.{number}.message"
        found += _of_language(place, missing=set(LANGUAGES) - step.message.text.keys())
        if written.channels != "sms":
            found += _of_template(f"{place}.template", step.message.template, approved=approved)
    return found


def _of_language(place: str, *, missing: Set[Language]) -> list[RuleWarning]:
    return [RuleWarning("says_one_language", f"{place}.text", one) for one in sorted(missing)]


def _of_template(field: str, name: str | None, *, approved: set[str]) -> list[RuleWarning]:
    if name is None:  # then nothing goes by WhatsApp to a customer who is silent for a day
        return [RuleWarning("no_template", field, None)]
    return [] if name in approved else [RuleWarning("template_not_approved", field, name)]
