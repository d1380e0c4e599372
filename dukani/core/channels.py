"""Channels that reach a customer, and providers that carry messages; they vary independently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

# The app the customer reads in. Rules such as WhatsApp's 24-hour window belong to the channel.
Channel = Literal["whatsapp", "sms"]
# The company whose API carries the message. Accounts, limits and error codes belong to it. Twilio
# carries both channels, under accounts of their own.
WhatsAppProvider = Literal["twilio", "meta"]
SmsProvider = Literal["twilio_sms", "africastalking"]
MessagingProvider = Literal["twilio", "meta", "twilio_sms", "africastalking"]
WHATSAPP_PROVIDERS: Final[tuple[WhatsAppProvider, ...]] = get_args(WhatsAppProvider)
# As people know them.
PROVIDER_NAMES: Final[Mapping[MessagingProvider, str]] = {
    "twilio": "Twilio",
    "meta": "Meta",
    "twilio_sms": "Twilio",
    "africastalking": "Africa's Talking",
}
