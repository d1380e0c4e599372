"""How a customer is reached, and who carries it: two things, as a boutique may change either."""

from __future__ import annotations

from typing import Literal

# Where she reads it. What may be said there, and when, hangs on this: WhatsApp's 24 hours.
Channel = Literal["whatsapp", "sms"]
# Whose API carries it: its account, its limits, its codes.
MessagingProvider = Literal["twilio", "meta"]
