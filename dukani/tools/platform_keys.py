"""The platform keeps a boutique's keys at its providers: sets, tests and switches them off.

They are asked at the provider before they are kept, as when the owner gives them, and never shown
again. A test is a read at the provider by our own clients, with the keys that are kept; its result
stays beside them.
"""

from __future__ import annotations

from typing import get_args

from dukani.core.channels import MessagingProvider, SmsProvider, WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound, ProviderError
from dukani.core.jobs import defer_delivery
from dukani.core.services import Services
from dukani.core.store import credentials, provider_accounts, unsent
from dukani.core.store.credentials import Credentials, Provider
from dukani.tools import channel_setup, sms_setup
from dukani.tools.channel_setup import Connecting
from dukani.tools.payments import set_up
from dukani.tools.payments.set_up import MpesaLine

UNREACHED = "unreached"  # the provider did not answer: nothing is known, and nothing is kept


async def change_channel(
    services: Services, connecting: Connecting, keys: Credentials, *, boutique_id: str
) -> str | None:
    """Ask, keep and use; then messages that were held for the old keys leave. What is wrong still.

    Raises InvalidValue, ProviderUnavailable, NumberTaken.
    """
    state = await channel_setup.change(services, connecting, keys)
    async with connecting() as conn:
        await _let_held_ones_leave(conn, boutique_id=boutique_id)
    return state.problem


async def test(
    services: Services, connecting: Connecting, *, boutique_id: str, provider: Provider
) -> str | None:
    """Ask the provider about the keys in use; the problem, None where all is well.

    Raises NotFound where there are no such keys in use.
    """
    async with connecting() as conn:
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=provider, box=services.secrets
        )
    if keys is None:
        raise NotFound("The shop has no such keys in use.")
    problem = await _asked(services, keys)
    if problem != UNREACHED:
        async with connecting() as conn:
            await provider_accounts.note_check(conn, provider=provider, problem=problem)
            if problem is None and provider in get_args(MessagingProvider):
                await _let_held_ones_leave(conn, boutique_id=boutique_id)
    return problem


async def _asked(services: Services, keys: Credentials) -> str | None:
    try:
        if keys.provider in get_args(WhatsAppProvider):
            return (await channel_setup.ask(services, keys)).problem
        if keys.provider in get_args(SmsProvider):
            return (await sms_setup.ask(services, keys)).problem
        await set_up.ask(services, _line_of(keys))
    except InvalidValue as refused:
        return f"refused_{refused.field}"
    except KeyError:
        return "incomplete"
    except ProviderError:
        return UNREACHED
    return None


def _line_of(keys: Credentials) -> MpesaLine:
    """Raises KeyError when a secret is missing."""
    through_paylink = keys.provider == "paylink"
    return MpesaLine(
        shortcode=keys.account,
        consumer_key=keys.secrets["consumer_key"],
        consumer_secret=keys.secrets["consumer_secret"],
        passkey=keys.secrets["passkey"],
        till=keys.secrets.get("till"),
        paylink_key=keys.secrets["api_key"] if through_paylink else None,
        paylink_project=keys.secrets["project"] if through_paylink else None,
    )


async def switch_off(conn: Connection, *, provider: Provider) -> None:
    """Use the keys no more; they stay sealed, and another `put` uses new ones. Raises NotFound."""
    if not await provider_accounts.switch_off(conn, provider=provider):
        raise NotFound("The shop has no such keys in use.")


async def _let_held_ones_leave(conn: Connection, *, boutique_id: str) -> None:
    for partition in await unsent.held_partitions(conn, boutique_id=boutique_id):
        await defer_delivery(conn, partition)
