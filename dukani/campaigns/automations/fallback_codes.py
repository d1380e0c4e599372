"""Codes of a WhatsApp message that did not arrive and in whose place an SMS may go. Pure.

The database's trigger reads the same codes (`private.automation_fallback_codes`); a test holds the
two together.

Not here: WhatsApp's limits on marketing (131049, 63049, 130472, 63032), since an SMS would only go
around them; her own stop or block (131050, 63033, opted_out, no_consent); and faults of the shop or
the provider, which another channel does not mend.
"""

from __future__ import annotations

from collections.abc import Mapping

from dukani.tools.sending_rules import OUTSIDE_WINDOW

NO_WHATSAPP = "no_whatsapp"  # she has no name on WhatsApp that we know
CHANNEL_PAUSED = "channel_paused"  # the owner has stopped WhatsApp for what rules send

FALLBACK_CODES: Mapping[str, str] = {
    "131026": "Meta could not deliver it: not on WhatsApp, or too old an app",
    "131047": "Meta: outside the 24 hours, and it was no template",
    "63003": "Twilio: WhatsApp does not know the number",
    "63016": "Twilio: outside the 24 hours, and it was no template",
    "63024": "Twilio: no number that WhatsApp can send to",
    OUTSIDE_WINDOW: "ours: outside the 24 hours, and there is no approved template",
    NO_WHATSAPP: "ours",
    CHANNEL_PAUSED: "ours",
}
