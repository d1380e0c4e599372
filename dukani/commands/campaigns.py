"""`dukani campaigns …`."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.table import Table

from dukani.campaigns.preview import preview
from dukani.campaigns.previewed import Preview, SampleCustomer, SamplePiece
from dukani.campaigns.written import written_in
from dukani.commands.frame import console, read_settings, with_services
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.money import format_money
from dukani.core.services import Services
from dukani.core.store import boutiques, campaigns
from dukani.core.store.boutiques import Boutique
from dukani.core.store.campaigns import Campaign
from dukani.running import with_demo_key

_WHY = {
    "opted_out": "said stop",
    "not_opted_in": "never said yes to promotions",
    "suppressed": "cannot be reached, or was taken out",
    "us_number": "has a number of North America, where WhatsApp takes no promotions",
    "cooldown": "got one less than five days ago",
    "frequency_cap": "got two in the last seven days",
    "no_profile": "bought nothing yet",
    "price_gate": "no piece is in reach of what she pays",
    "low_score": "no piece suits her well enough",
    "holdout": "kept apart, to compare with",
}
_KINDS = {"match": "suits her", "trending": "sells well", "new": "is new"}


def show_preview(campaign_id: str) -> None:
    async def work(services: Services) -> None:
        boutique, campaign = await found_campaign(services, campaign_id)
        found = await preview(
            services.database,
            written_in(campaign),
            boutique_id=boutique.id,
            campaign_id=campaign.id,
        )
        _print(boutique, campaign, found)

    with_services(with_demo_key(read_settings(quiet=True)), work)


async def found_campaign(services: Services, campaign_id: str) -> tuple[Boutique, Campaign]:
    """Raises InvalidValue, or NotFound."""
    try:
        wanted = str(UUID(campaign_id))
    except ValueError:
        raise InvalidValue(field="ID", value=campaign_id, remedy="give a campaign's id.") from None
    async with services.database.system_connection() as conn:
        boutique_id = await campaigns.boutique_of(conn, campaign_id=wanted)
    if boutique_id is None:
        raise NotFound(f"There is no campaign {wanted}.")
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        campaign = await campaigns.get(conn, campaign_id=wanted)
    assert boutique is not None and campaign is not None  # seen a moment ago
    return boutique, campaign


def _print(boutique: Boutique, campaign: Campaign, found: Preview) -> None:
    _say(f"{campaign.name}, of {boutique.name}: {found.recipients:,} of {found.audience:,} get it.")
    _say(_time(found, ZoneInfo(boutique.timezone)))
    cost = "" if found.cost_minor is None else f", {format_money(found.cost_minor, found.currency)}"
    _say(f"It takes {found.tokens:,} message tokens{cost}.")
    if found.fewer_pieces or found.fewer_matches:
        _say(
            f"{found.fewer_pieces:,} of them get fewer than six pieces,"
            f" {found.fewer_matches:,} fewer than three that suit them."
        )
    left_out = Table("Gets nothing", "Customers")
    for reason, customers in found.left_out.items():
        if customers:
            left_out.add_row(_WHY[reason], f"{customers:,}")
    if left_out.row_count:
        console.print(left_out)
    if found.sample:
        console.print(_sample(found))


def _time(found: Preview, zone: ZoneInfo) -> str:
    if found.starts_at is None:
        return "Its rule names no hour to come: it never begins."
    if found.finish is None:
        return f"It would begin on {_at(found.starts_at, zone)}."
    ends, lasts = _at(found.finish.ends_at, zone), _lasting(found.finish.lasts)
    return f"It begins on {_at(found.finish.starts_at, zone)} and ends on {ends}: {lasts}."


def _at(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %Y, %H:%M}"


def _lasting(time: timedelta) -> str:
    minutes = max(1, round(time / timedelta(minutes=1)))
    days, hours = minutes / 1440, minutes / 60
    if days >= 2:
        return f"{days:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{minutes} minutes"


def _sample(found: Preview) -> Table:
    table = Table("Customer", "Piece", "Price", "Why", "Score", "Share", title="Some of them")
    for customer in found.sample:
        for number, piece in enumerate(customer.pieces, 1):
            table.add_row(*_line(customer, number, piece, found.currency))
        table.add_section()
    return table


def _line(
    customer: SampleCustomer, number: int, piece: SamplePiece, currency: str
) -> tuple[str, ...]:
    factors = ", ".join(f"{one.name} {one.share:.0%}" for one in piece.factors)
    size = "" if piece.in_her_size else "; not in her size"
    return (
        (customer.name or "?") if number == 1 else "",
        f"{number} {piece.name}",
        format_money(piece.price_minor, currency),
        f"{_KINDS[piece.kind]}{size}: {factors}",
        f"{piece.score:.2f}",
        f"{piece.score / piece.most:.0%}" if piece.most else "",
    )


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
