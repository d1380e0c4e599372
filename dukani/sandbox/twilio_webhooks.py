"""Posts Twilio's webhooks to Dukani: contacts' messages, and delivery statuses."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from dukani.core.clients.twilio import MAX_BODY
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.delivery import deliver, read_all
from dukani.sandbox.models import ChatMessage, Status, StoredMedia
from dukani.sandbox.twilio_signature import twilio_signature
from dukani.sandbox.world import World

API = "2010-04-01"
MESSAGES = {
    "20003": "Authenticate",
    "20429": "Too Many Requests",
    "21211": "Invalid 'To' Phone Number",
    "21606": "The 'From' phone number provided is not a valid message-capable Twilio phone number",
    "21610": "Attempt to send to unsubscribed recipient",
    "21602": "Message body is required.",
    "21609": "The 'StatusCallback' URL is not a valid URL.",
    "21617": f"The concatenated message body exceeds the {MAX_BODY} character limit",
    "21656": "The ContentVariables Parameter is invalid.",
    "63007": "Twilio could not find a Channel with the specified From address",
    "63016": "Failed to send freeform message because you are outside the allowed window.",
    "63019": "Media failed to download",
}


class TwilioSide:
    """Twilio's side of the conversations with boutiques on Twilio."""

    def __init__(self, world: World, courier: Courier, *, base_url: str, target_url: str) -> None:
        self._world = world
        self._courier = courier
        self._base_url = base_url
        self._target_url = target_url

    async def receive(self, account: SandboxAccount, message: ChatMessage) -> bool:
        """Post a contact's message to the boutique's webhook; whether it was accepted."""
        return await self._post(
            account, self.webhook_of(account), self.inbound_form(account, message)
        )

    def webhook_of(self, account: SandboxAccount) -> str:
        """Where messages to this number are posted."""
        return f"{self.target_of(account)}/webhook/whatsapp"

    def target_of(self, account: SandboxAccount) -> str:
        """The address of the Dukani that this account is of."""
        return account.target_url or self._target_url

    async def read(self, account: SandboxAccount, contact: str) -> None:
        """Report the delivered messages as read: the contact opened the chat."""

        async def report(message: ChatMessage, status: Status) -> None:
            await self._report(account, message, status)

        await read_all(self._world, account.key, contact, report)

    async def carry(
        self, account: SandboxAccount, message: ChatMessage, media_url: str | None
    ) -> None:
        """Show an accepted message on the phone, and post its statuses."""

        async def report(message: ChatMessage, status: Status) -> None:
            await self._report(account, message, status)

        await deliver(
            self._world,
            self._courier,
            self._world.faults.twilio,
            message,
            media_url=media_url,
            unfetchable_code="63019",
            report=report,
        )

    def inbound_form(self, account: SandboxAccount, message: ChatMessage) -> dict[str, str]:
        """The fields Twilio posts for a message of a contact."""
        is_phone = message.contact.startswith("+")
        name = "WaId" if is_phone else "ExternalUserId"  # a contact with a username shows no phone
        form = {
            "SmsMessageSid": message.id,
            "NumMedia": "0",
            "ProfileName": self._world.chat(account.key, message.contact).profile_name,
            "MessageType": message.kind,
            "SmsSid": message.id,
            name: message.contact.removeprefix("+"),
            "SmsStatus": "received",
            "Body": message.text,
            "To": f"whatsapp:{account.number}",
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": message.id,
            "AccountSid": account.account_sid,
            "From": f"whatsapp:{message.contact}",
            "ApiVersion": API,
        }
        return form | self._extras(account, message)

    def _files(self, message: ChatMessage) -> list[StoredMedia]:
        """The message's files; Twilio delivers a contact card as a file."""
        ids = [message.media, *message.more_media]
        files = [file for id_ in ids if id_ and (file := self._world.file(id_)) is not None]
        if message.kind == "contacts":
            files.append(self._world.store_file(_vcard(message).encode(), "text/vcard"))
        return files

    def _extras(self, account: SandboxAccount, message: ChatMessage) -> dict[str, str]:
        extras: dict[str, str] = {}
        for number, stored in enumerate(self._files(message)):
            path = f"Accounts/{account.account_sid}/Messages/{message.id}/Media/{stored.id}"
            extras["NumMedia"] = str(number + 1)
            extras[f"MediaUrl{number}"] = f"{self._base_url}/{API}/{path}"
            extras[f"MediaContentType{number}"] = stored.content_type
        if message.advert:
            extras |= {
                "ReferralHeadline": message.advert.headline,
                "ReferralBody": message.advert.body,
                "ReferralSourceId": "120000000000001",
                "ReferralSourceType": "ad",
                "ReferralSourceUrl": message.advert.source_url,
            }
        if message.kind == "location":
            extras |= {"Latitude": str(message.latitude), "Longitude": str(message.longitude)}
            extras |= {"Body": "", "Address": message.text} if message.text else {}
        if message.kind in ("tap", "pressed", "button"):
            extras |= {"ButtonText": message.text, "ButtonPayload": message.row_id or message.text}
        if message.reply_to:
            extras["OriginalRepliedMessageSid"] = message.reply_to
            extras["OriginalRepliedMessageSender"] = f"whatsapp:{account.number}"
        return extras

    async def _report(self, account: SandboxAccount, message: ChatMessage, status: Status) -> None:
        if not message.callback:
            return
        form = {
            "ChannelPrefix": "whatsapp",
            "ApiVersion": API,
            "MessageStatus": status,
            "SmsSid": message.id,
            "SmsStatus": status,
            "ChannelInstallSid": "XE00000000000000000000000000000000",
            "To": f"whatsapp:{message.contact}",
            "From": f"whatsapp:{account.number}",
            "MessageSid": message.id,
            "AccountSid": account.account_sid,
            "ChannelToAddress": message.contact,
        }
        if status == "read":
            form["EventType"] = "READ"
        if status == "failed" and message.error:
            form |= {"ErrorCode": message.error, "ErrorMessage": MESSAGES.get(message.error, "")}
        await self._post(account, message.callback, form)

    async def _post(self, account: SandboxAccount, url: str, form: dict[str, str]) -> bool:
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            "x-twilio-signature": twilio_signature(account.auth_token, url, form),
            "i-twilio-idempotency-token": str(uuid.uuid4()),
            "user-agent": "TwilioProxy/1.1",
        }
        return await self._courier.post("twilio", url, urlencode(form).encode(), headers)


def _vcard(message: ChatMessage) -> str:
    """A shared contact as WhatsApp writes the file (vCard 3.0)."""
    name = message.text.replace("\n", " ")
    phones = [
        f"TEL;type=CELL;waid={number.removeprefix('+')}:{number}"
        if number.startswith("+")
        else f"TEL;type=CELL:{number}"
        for number in message.phones
    ]
    card = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}", *phones, "END:VCARD", ""]
    return "\r\n".join(card)
