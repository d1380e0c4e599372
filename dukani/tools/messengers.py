"""Makes the messenger (a provider's client) of a boutique's number from its credentials."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from dukani.core.channels import MessagingProvider
from dukani.core.clients import meta, twilio
from dukani.core.clients.africastalking import AfricasTalkingAccount, AfricasTalkingMessenger
from dukani.core.clients.messenger import Messenger
from dukani.core.clients.meta import MetaAccount, MetaMessenger, Offers
from dukani.core.clients.transport import Hosts
from dukani.core.clients.twilio import TwilioAccount, TwilioMessenger
from dukani.core.clients.twilio_sms import TwilioSmsMessenger
from dukani.core.errors import ConfigurationError
from dukani.core.services import Services
from dukani.core.settings import AfricasTalking as AfricasTalkingSettings
from dukani.core.settings import Meta as MetaSettings
from dukani.core.settings import Settings
from dukani.core.settings import Twilio as TwilioSettings
from dukani.core.store.credentials import Credentials

# Providers that list the messages they took from us; Meta repeats its status callbacks instead.
CAN_BE_ASKED = frozenset(("twilio", "twilio_sms"))
# Those that neither list them nor tell our own id in a status.
TELLS_NOTHING = frozenset(("africastalking",))


def messenger_of(
    services: Services, keys: Credentials, *, marketing_endpoint: bool = False
) -> Messenger:
    """The messenger; raises ConfigurationError with the name of a missing credential.

    `marketing_endpoint`: the number's offers go by an endpoint of their own.
    """
    make = _MAKERS.get(keys.provider)
    if make is None:
        raise ConfigurationError(f"{keys.provider} carries no messages")
    try:
        return make(services, keys, marketing_endpoint)
    except KeyError as missing:
        raise ConfigurationError(f"the {keys.provider} credentials lack {missing}") from missing


def marketing_interval(settings: Settings, provider: MessagingProvider) -> timedelta:
    """The time between two marketing messages of one number, slow enough to let replies pass."""
    return timedelta(seconds=1 / _settings_of(settings, provider).marketing_per_second)


def _settings_of(
    settings: Settings, provider: MessagingProvider
) -> TwilioSettings | MetaSettings | AfricasTalkingSettings:
    match provider:
        case "twilio" | "twilio_sms":
            return settings.twilio
        case "meta":
            return settings.meta
        case "africastalking":
            return settings.africastalking


def hosts_of_adverts(services: Services, provider: MessagingProvider) -> Hosts:
    """Hosts an advertisement's picture may be fetched from: Meta's, and the provider's own."""
    home = _settings_of(services.settings, provider).base_url
    domains = twilio.MEDIA_DOMAINS if provider == "twilio" else ()
    return Hosts(home, (*meta.MEDIA_DOMAINS, *domains))


def _twilio(services: Services, keys: Credentials, _: bool) -> Messenger:
    settings = services.settings
    account = TwilioAccount(
        account_sid=keys.secrets["account_sid"],
        auth_token=keys.secrets["auth_token"],
        number=keys.account,
    )
    return TwilioMessenger(
        services.http,
        settings.twilio.base_url,
        account,
        f"{settings.web.public_url.rstrip('/')}/webhook/whatsapp/status",
        timeout_s=settings.twilio.timeout_s,
    )


def _meta(services: Services, keys: Credentials, marketing_endpoint: bool) -> Messenger:
    settings = services.settings.meta
    account = MetaAccount(
        phone_number_id=keys.account,
        access_token=keys.secrets["access_token"],
        waba_id=keys.secrets.get("waba_id"),
    )
    return MetaMessenger(
        services.http,
        settings.base_url,
        account,
        version=settings.version,
        timeout_s=settings.timeout_s,
        offers=Offers(settings.product_policy, settings.message_activity_sharing)
        if marketing_endpoint
        else None,
    )


def _twilio_sms(services: Services, keys: Credentials, _: bool) -> Messenger:
    settings = services.settings
    account = TwilioAccount(
        account_sid=keys.secrets["account_sid"],
        auth_token=keys.secrets["auth_token"],
        number=keys.account,
    )
    return TwilioSmsMessenger(
        services.http,
        settings.twilio.base_url,
        account,
        f"{settings.web.public_url.rstrip('/')}/webhook/sms/twilio/status",
        timeout_s=settings.twilio.timeout_s,
    )


def _africastalking(services: Services, keys: Credentials, _: bool) -> Messenger:
    settings = services.settings.africastalking
    account = AfricasTalkingAccount(
        username=keys.secrets["username"],
        api_key=keys.secrets["api_key"],
        sender=keys.account,
    )
    return AfricasTalkingMessenger(
        services.http, settings.base_url, account, timeout_s=settings.timeout_s
    )


_MAKERS: dict[str, Callable[[Services, Credentials, bool], Messenger]] = {
    "twilio": _twilio,
    "meta": _meta,
    "twilio_sms": _twilio_sms,
    "africastalking": _africastalking,
}
