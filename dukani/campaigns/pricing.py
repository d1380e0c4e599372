"""What a campaign's messages cost in tokens: in its preview, when they are held, and when taken.

Each message is priced by the template its recipient would get, in her language and her arm, and by
where her number is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dukani.campaigns.filling import chosen
from dukani.campaigns.rates import Rates, category_of
from dukani.campaigns.written import written_in
from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.store import boutiques, campaign_starts, message_rates, message_templates
from dukani.core.store.campaigns import Campaign
from dukani.core.store.message_rates import Category
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.acts import Language
from dukani.domain.campaigns import CampaignMessage, WrittenCampaign


@dataclass(frozen=True, slots=True)
class Pricing:
    """The prices of one moment; `templates`: those a campaign may send, by name."""

    rates: Rates
    templates: Mapping[str, Sequence[RegisteredTemplate]]
    shop: Language
    at: datetime

    def category(self, message: CampaignMessage, language: str) -> Category:
        """What a recipient of this language is charged as.

        Before the template is approved in any language, by what it was submitted as.
        """
        known = self.templates.get(message.template, ())
        approved = [one for one in known if one.status == "approved"]
        for some in (approved, known):
            if (found := chosen(some, message, language, shop=self.shop)) is not None:
                return category_of(found, at=self.at)
        return category_of(None, at=self.at)

    def tokens(self, message: CampaignMessage, language: str, phone: str | None) -> int:
        """What one message costs; of `phone` the beginning is enough."""
        return self.rates.of(self.category(message, language), phone).tokens


async def pricing_of(
    conn: Connection,
    messages: Sequence[CampaignMessage],
    *,
    provider: WhatsAppProvider,
    shop: Language,
) -> Pricing:
    """The prices of now."""
    now = datetime.now(UTC)
    names = {message.template for message in messages}
    return Pricing(
        rates=Rates(await message_rates.on(conn, day=now.date())),
        templates={
            name: await message_templates.named(conn, provider=provider, name=name)
            for name in sorted(names)
        },
        shop=shop,
        at=now,
    )


def messages_of(written: WrittenCampaign) -> dict[str | None, CampaignMessage]:
    """What each arm's recipients get, by the arm's key; None: those of no arm."""
    arms = written.experiment.variants if written.experiment else ()
    return {None: written.message} | {arm.key: arm.message or written.message for arm in arms}


@dataclass(frozen=True, slots=True)
class ToPay:
    """What those who are still to be sent to take together; `least`: one message, the cheapest."""

    tokens: int
    least: int


async def tokens_to_come(
    conn: Connection, campaign: Campaign, *, boutique_id: str, occurrence_id: str
) -> int:
    """The tokens of all recipients who are still to be sent to and have taken none before."""
    due = await to_pay(conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence_id)
    return due.tokens


async def to_pay(
    conn: Connection, campaign: Campaign, *, boutique_id: str, occurrence_id: str
) -> ToPay:
    """As `tokens_to_come`, and the price of the cheapest message of those."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the caller works in it"
    messages = messages_of(written_in(campaign))
    pricing = await pricing_of(
        conn,
        list(messages.values()),
        provider=boutique.whatsapp_provider,
        shop=boutique.language,
    )
    groups = await campaign_starts.to_come(conn, occurrence_id=occurrence_id)
    prices = [
        (
            some.recipients,
            pricing.tokens(
                messages.get(some.variant) or messages[None], some.language, some.sample
            ),
        )
        for some in groups
    ]
    return ToPay(
        tokens=sum(recipients * price for recipients, price in prices),
        least=min((price for _, price in prices), default=0),
    )
