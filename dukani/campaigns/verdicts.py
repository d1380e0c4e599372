"""Why a customer gets nothing of a campaign: one reason for each, the first that is true. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from dukani.campaigns.countries import takes_no_marketing
from dukani.campaigns.frequency import COOLDOWN, PER_WEEK
from dukani.campaigns.offer import Taste
from dukani.core.store.audience import Contact
from dukani.domain.campaigns import Exclusion

EXCLUSIONS: tuple[Exclusion, ...] = get_args(Exclusion)


def before_taste(contact: Contact, *, at: datetime) -> Exclusion | None:
    """What speaks against any campaign that begins at `at`.

    `contact` counts the marketing of the week before that.
    """
    if contact.stopped or contact.agreed is False:
        return "opted_out"
    if not contact.agreed:
        return "not_opted_in"
    if contact.suppressed:
        return "suppressed"
    if takes_no_marketing(contact.identity):
        return "us_number"
    if contact.last_contact is not None and contact.last_contact > at - COOLDOWN:
        return "cooldown"
    if contact.contacts >= PER_WEEK:
        return "frequency_cap"
    return None


def by_taste(taste: Taste | None, *, held_out: bool) -> Exclusion | None:
    """What speaks against this one. `taste` None: she bought nothing yet."""
    if taste is None:
        return "no_profile"
    if not taste.in_reach:
        return "price_gate"
    if not taste.matches:
        return "low_score"
    return "holdout" if held_out else None
