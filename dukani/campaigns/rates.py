"""Which rate a message is sent at: by its template's category and where the number is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import phonenumbers

from dukani.core.store.message_rates import REST, Category, MessageRate
from dukani.core.store.message_templates import RegisteredTemplate


def category_of(template: RegisteredTemplate | None, *, at: datetime) -> Category:
    """The category a message of this template is charged as at `at`.

    An announced change counts from its hour on, told or not. A template nobody knows is charged
    as marketing, the dearest.
    """
    if template is None:
        return "marketing"
    category = template.category
    if template.next_category is not None and (template.category_changes_at or at) <= at:
        category = template.next_category
    return "marketing" if category == "marketing" else "utility"


def region_of(phone: str | None) -> str:
    """The region of a number in E.164 (ISO 3166); REST where it says none, or there is no number.

    Providers charge by the country code of the number, not by where its owner is.
    """
    if phone is None:
        return REST
    try:
        code = phonenumbers.parse(phone).country_code
    except phonenumbers.NumberParseException:
        return REST
    region = phonenumbers.region_code_for_country_code(code or 0)
    return region if len(region) == 2 and region != "ZZ" else REST


class Rates:
    """The rates of one day. Raises KeyError for a category that has none."""

    def __init__(self, rates: Iterable[MessageRate]) -> None:
        self._rates = {(rate.category, rate.region): rate for rate in rates}

    def of(self, category: Category, phone: str | None) -> MessageRate:
        """The rate of a message to this number."""
        found = self._rates.get((category, region_of(phone)))
        return found or self._rates[category, REST]
