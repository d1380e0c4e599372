"""A campaign's template, filled in for one recipient."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.campaigns.filling import Filled, Lacks, chosen, filled
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.campaigns import CampaignMessage
from dukani.domain.template_forms import PURCHASE_NOTIFICATION, purchase_notification

NOW = datetime(2026, 11, 27, tzinfo=UTC)
HERS = {
    "customer_name": "Asha",
    "boutique_name": "Zuri",
    "price": "KSh 4,500",
    "pieces": "six pieces",
    "slug": "0f3a9c21b7d4",
}


def registered(language: Any = "en", **fields: Any) -> RegisteredTemplate:
    form = purchase_notification(language, base_url="https://zuri.test", picture="b/example.jpg")
    told = dict.fromkeys(RegisteredTemplate.__dataclass_fields__)
    return RegisteredTemplate(
        **told
        | {
            "id": "1",
            "provider": "meta",
            "name": PURCHASE_NOTIFICATION,
            "language": language,
            "locale": language,
            "status": "approved",
            "category": "marketing",
            "checked_at": NOW,
            "updated_at": NOW,
            "form": form.model_dump(mode="json"),
        }
        | fields
    )


MESSAGE = CampaignMessage(template=PURCHASE_NOTIFICATION)


def test_it_says_her_name_and_links_to_her_own_page() -> None:
    made = filled(registered(), MESSAGE, HERS)
    assert isinstance(made, Filled)
    assert "Hello Asha" in made.text
    assert [one.value for one in made.template.buttons] == ["0f3a9c21b7d4"]
    assert made.picture == "b/example.jpg"  # the approved example, until she has one of her own
    assert filled(registered(), MESSAGE, HERS | {"picture": "b/hers.jpg"}).picture == "b/hers.jpg"  # type: ignore[union-attr]


def test_what_the_owner_wrote_goes_before_what_was_frozen() -> None:
    message = CampaignMessage(template=PURCHASE_NOTIFICATION, variables={"price": "little"})
    made = filled(registered(), message, HERS)
    assert isinstance(made, Filled)
    assert "little" in made.text


@pytest.mark.parametrize("missing", ["price", "slug"])
def test_nobody_is_sent_a_gap(missing: str) -> None:
    known = {name: value for name, value in HERS.items() if name != missing}
    assert filled(registered(), MESSAGE, known) == Lacks(missing)


def test_each_gets_her_own_language_where_it_is_approved() -> None:
    both = [registered("sw"), registered("en")]
    one = CampaignMessage(template=PURCHASE_NOTIFICATION, language="sw")

    def language(approved: list[RegisteredTemplate], message: CampaignMessage, hers: str) -> Any:
        found = chosen(approved, message, hers, shop="en")
        return found and found.language

    assert language(both, MESSAGE, "sw") == "sw"
    assert language([registered("en")], MESSAGE, "sw") == "en"
    assert language([registered("en")], one, "sw") is None
    assert language([], MESSAGE, "en") is None


def test_an_owners_words_replace_neither_her_link_nor_her_picture():
    message = MESSAGE.model_copy(
        update={"variables": {"slug": "everyones", "picture": "other/secret.jpg", "price": "KSh 1"}}
    )

    made = filled(registered(), message, HERS)

    assert isinstance(made, Filled)
    assert made.template.buttons[0].value == HERS["slug"]
    assert made.picture == "b/example.jpg"
    assert "KSh 1" in made.text
