"""Makes the client of a boutique's catalogue at Meta, from its credentials."""

from __future__ import annotations

from dukani.core.clients.meta import MetaAccount
from dukani.core.clients.meta_catalogue import MetaCatalogue
from dukani.core.database import Connection
from dukani.core.errors import CallerError, ConfigurationError
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, own_templates
from dukani.core.store.boutiques import Boutique


class NotOnMeta(CallerError):
    """This shop's WhatsApp number is not at Meta, and only Meta has catalogues."""

    http_status = 409


async def open_desk(
    services: Services, conn: Connection, *, boutique_id: str
) -> tuple[Boutique, MetaCatalogue]:
    """The boutique, and its catalogues. Raises NotOnMeta, ConfigurationError."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None, "the caller has just found it"
    if boutique.whatsapp_provider != "meta":
        raise NotOnMeta
    if await own_templates.are_of_a_shared_account(conn):
        # The key of the platform's number manages whatever catalogues it may, other boutiques' too.
        raise NotOnMeta(
            "The shop sends from the platform's number: a catalogue needs a number of its own."
        )
    keys = await credentials.get(
        conn, boutique_id=boutique_id, provider="meta", box=services.secrets
    )
    if keys is None:
        raise NotOnMeta("The shop has no WhatsApp number yet: give it in the settings first.")
    token = keys.secrets.get("access_token")
    if token is None:
        raise ConfigurationError("the meta credentials lack 'access_token'")
    settings = services.settings.meta
    account = MetaAccount(keys.account, token, keys.secrets.get("waba_id"))
    return boutique, MetaCatalogue(
        services.http,
        settings.base_url,
        account,
        version=settings.version,
        timeout_s=settings.timeout_s,
    )
