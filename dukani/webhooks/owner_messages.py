"""Records what the owner writes to her own shop; a job handles it.

Only a message from the owner's phone to the owner's own boutique is hers: everyone else's, whatever
it says, is a customer's.
"""

from __future__ import annotations

from dukani.core.jobs import defer_owner_messages
from dukani.core.store import owner_inbox
from dukani.core.store.boutiques import Boutique
from dukani.core.store.inbox import Arrival
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.inbound import InboundMessage


def is_the_owners(boutique: Boutique, item: InboundMessage) -> bool:
    """Whether the boutique's owner wrote it to the boutique, as herself."""
    owner = boutique.owner_phone
    return not item.by_staff and owner is not None and item.phone == owner


async def record_owner_message(webhooks: Webhooks, boutique: Boutique, arrival: Arrival) -> None:
    """Store the message once and defer its job, in one transaction."""
    assert boutique.owner_phone is not None  # it came from that phone
    async with webhooks.services.database.tenant_connection(boutique.id) as conn:
        if await owner_inbox.record(conn, owner_phone=boutique.owner_phone, arrival=arrival):
            await defer_owner_messages(conn, boutique_id=boutique.id)
