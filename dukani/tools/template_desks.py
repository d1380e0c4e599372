"""Makes the desk of a boutique's templates, at its provider, from its credentials."""

from __future__ import annotations

from dukani.core.channels import WhatsAppProvider
from dukani.core.clients.meta import MetaAccount
from dukani.core.clients.meta_templates import MetaTemplates
from dukani.core.clients.template_desk import TemplateDesk
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.clients.twilio_templates import TwilioTemplates
from dukani.core.errors import ConfigurationError, NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials
from dukani.core.store.boutiques import Boutique
from dukani.core.store.credentials import Credentials


async def open_desk(services: Services, boutique_id: str) -> tuple[Boutique, TemplateDesk]:
    """The boutique, and its desk. Raises NotFound without a number, ConfigurationError."""
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None, "the caller has just found it"
        provider: WhatsAppProvider = boutique.whatsapp_provider
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=provider, box=services.secrets
        )
    if keys is None:
        raise NotFound("The shop has no WhatsApp number yet: give it in the settings first.")
    return boutique, desk_of(services, keys)


def desk_of(services: Services, keys: Credentials) -> TemplateDesk:
    """Raises ConfigurationError with the name of a missing credential."""
    settings = services.settings
    try:
        if keys.provider == "twilio":
            account = TwilioAccount(
                keys.secrets["account_sid"], keys.secrets["auth_token"], keys.account
            )
            return TwilioTemplates(
                services.http,
                settings.twilio.content_url,
                account,
                timeout_s=settings.twilio.timeout_s,
            )
        return MetaTemplates(
            services.http,
            settings.meta.base_url,
            MetaAccount(keys.account, keys.secrets["access_token"], keys.secrets.get("waba_id")),
            version=settings.meta.version,
            app_id=settings.meta.app_id,
            timeout_s=settings.meta.timeout_s,
        )
    except KeyError as missing:
        raise ConfigurationError(f"the {keys.provider} credentials lack {missing}") from missing
