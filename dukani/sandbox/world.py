"""The sandbox's state: chats, files, prompts and SMS, with live events to open pages."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dukani.sandbox.accounts import Accounts, SandboxAccount
from dukani.sandbox.answer_times import AnswerTimes
from dukani.sandbox.faults import Faults
from dukani.sandbox.hub import Hub
from dukani.sandbox.journal import Journal
from dukani.sandbox.models import ChatMessage, Push, Sms, Status, StoredMedia, TillPayment

WINDOW_S = 24 * 3600
# Limits that leave a demo enough to scroll back, and keep a load test from filling the memory.
MESSAGES_PER_CHAT = 200
FILES = 300
SMS_PER_PHONE = 50
ENDED_PUSHES = 5000
MAILS = 50

ORDER: tuple[Status, ...] = ("sending", "sent", "delivered", "read")


class Chat:
    """One contact's chat with one boutique."""

    def __init__(self) -> None:
        self.messages: dict[str, ChatMessage] = {}
        self.profile_name = ""
        self.last_inbound_at = 0.0
        self.outbound = asyncio.Lock()  # messages appear in the order they were sent
        self.inbound = asyncio.Lock()


class World:
    """The state of everything outside Dukani."""

    def __init__(
        self,
        accounts: Accounts,
        journal_path: Path | None = None,
        answer_times: AnswerTimes | None = None,
    ) -> None:
        self.accounts = accounts
        self.faults = Faults()
        self._answer_times = answer_times or AnswerTimes()
        self.hub = Hub()
        self.pushes: dict[str, Push] = {}
        self.till_payments: dict[str, TillPayment] = {}  # by receipt
        self.mails: deque[Any] = deque(maxlen=MAILS)  # as `mail.SentMail`
        self.browsers: dict[str, Any] = {}  # by endpoint token, as `push.Browser`
        self.gemini_answers: dict[str, Any] = {}  # what Gemini makes of these messages
        self.gemini_asked = 0
        self.sms_stopped: set[tuple[str, str]] = set()  # sender and phone: Twilio sends no more
        self.handles: set[str] = set()  # of example pictures uploaded to Meta
        self.templates: dict[str, Any] = {}  # by id, as `template_book.SandboxTemplate`
        self.catalogue_items: dict[
            str, Any
        ] = {}  # by catalogue/id, as `catalogue_book.SandboxItem`
        self.spoken: dict[str, str] = {}  # by a recording's SHA-256: what Gemini hears in it
        self._chats: dict[tuple[str, str], Chat] = {}
        self._files: dict[str, StoredMedia] = {}
        self._sms: dict[str, list[Sms]] = {}
        self._journal = Journal(journal_path)

    def open(self) -> None:
        """Load the state of an earlier run, and start storing changes."""
        for _, body in self._journal.read("account"):
            self.accounts.register(SandboxAccount.model_validate_json(body))
        earlier = [ChatMessage.model_validate_json(b) for _, b in self._journal.read("message")]
        for message in sorted(earlier, key=lambda message: message.at):
            self._place(message)
        for key, body in self._journal.read("profile"):
            account, _, contact = key.partition("\n")
            self.chat(account, contact).profile_name = body.decode()
        for file_id, body in self._journal.read("file"):
            content_type, _, content = body.partition(b"\n")
            self._files[file_id] = StoredMedia(
                id=file_id, content_type=content_type.decode(), content=content
            )
        for push_id, body in self._journal.read("push"):
            self.pushes[push_id] = Push.model_validate_json(body)
        for receipt, body in self._journal.read("till"):
            self.till_payments[receipt] = TillPayment.model_validate_json(body)
        for _, body in self._journal.read("sms"):
            sms = Sms.model_validate_json(body)
            self._sms.setdefault(sms.phone, []).append(sms)
        self._journal.open()

    def close(self) -> None:
        """End the live streams and store the last changes."""
        self.hub.close()
        self._journal.close()

    async def wait_to_answer(self, service: str) -> None:
        """Take as long as the service does, and as a fault says besides."""
        fault_s: float = getattr(self.faults, service).answer_delay_s
        await asyncio.sleep(fault_s + self._answer_times.draw(service))

    def register(self, account: SandboxAccount) -> None:
        """Add an account, over restarts too."""
        self.accounts.register(account)
        self._journal.put("account", account.key, account.model_dump_json().encode())

    # chats

    def chat(self, account: str, contact: str) -> Chat:
        """The chat of a contact; a new one when there is none."""
        return self._chats.setdefault((account, contact), Chat())

    def chats_of(self, account: str) -> list[tuple[str, Chat]]:
        """A boutique's chats, latest first."""
        mine = [(key[1], chat) for key, chat in self._chats.items() if key[0] == account]
        live = [(contact, chat) for contact, chat in mine if chat.messages]
        return sorted(live, key=lambda entry: _latest(entry[1]), reverse=True)

    def name_contact(self, account: str, contact: str, name: str) -> None:
        """Set the profile name that a contact shows."""
        chat = self.chat(account, contact)
        if name and name != chat.profile_name:
            chat.profile_name = name
            self._journal.put("profile", f"{account}\n{contact}", name.encode())

    def add(self, message: ChatMessage) -> None:
        """Append a message to its chat."""
        self._place(message)
        self._save(message)
        self._tell(message, "message")

    def advance(self, message: ChatMessage, status: Status, error: str | None = None) -> bool:
        """Move a message's status forward; false when it was there already."""
        if message.status == "failed" or (
            status != "failed" and ORDER.index(status) <= ORDER.index(message.status)
        ):
            return False
        message.status = status
        message.error = error
        self._save(message)
        self._tell(message, "status")
        return True

    def find(self, account: str, message_id: str) -> ChatMessage | None:
        """A message of a boutique by its id."""
        for key, chat in self._chats.items():
            if key[0] == account and message_id in chat.messages:
                return chat.messages[message_id]
        return None

    def window_open(self, account: SandboxAccount, contact: str) -> bool:
        """Whether the contact wrote within 24 hours, so that the boutique may write freely."""
        if account.owner_says_hello and contact == account.owner_phone:
            return True
        return time.time() - self.chat(account.key, contact).last_inbound_at < WINDOW_S

    def keep_template(self, template_id: str, template: Any) -> None:
        """Store a message template's state; none: it is deleted."""
        if template is None:
            self.templates.pop(template_id, None)
        else:
            self.templates[template_id] = template
        body = None if template is None else template.model_dump_json().encode()
        self._journal.put("template", template_id, body)

    def kept_templates(self) -> list[bytes]:
        """The templates of an earlier run."""
        return [body for _, body in self._journal.read("template")]

    def keep_catalogue_item(self, key: str, item: Any) -> None:
        """Store an item of a catalogue at Meta; none: it is deleted."""
        if item is None:
            self.catalogue_items.pop(key, None)
        else:
            self.catalogue_items[key] = item
        self._journal.put("catalogue_item", key, item and item.model_dump_json().encode())

    def kept_catalogue_items(self) -> list[bytes]:
        """Those of an earlier run."""
        return [body for _, body in self._journal.read("catalogue_item")]

    def keep_catalogue_batch(self, handle: str, batch: Any) -> None:
        """Store a batch that a catalogue accepted; none: it has ended."""
        self._journal.put("catalogue_batch", handle, batch and batch.model_dump_json().encode())

    def kept_catalogue_batches(self) -> list[bytes]:
        """Those that an earlier run did not end."""
        return [body for _, body in self._journal.read("catalogue_batch")]

    def typing(self, account: str, contact: str) -> None:
        """Show the boutique as typing."""
        self.hub.publish({f"chat:{account}:{contact}"}, {"type": "typing"})

    # files

    def store_file(self, content: bytes, content_type: str) -> StoredMedia:
        """Store a file of a chat; beyond the limit the oldest file is deleted."""
        file_id = str(uuid.uuid4().int)[:15]  # Meta's media ids are digits
        stored = StoredMedia(id=file_id, content_type=content_type, content=content)
        self._files[file_id] = stored
        self._journal.put("file", file_id, content_type.encode() + b"\n" + content)
        while len(self._files) > FILES:
            self._forget("file", self._files)
        return stored

    def file(self, file_id: str) -> StoredMedia | None:
        """A stored file."""
        return self._files.get(file_id)

    # money

    def save_push(self, push: Push) -> None:
        """Store a prompt's state and show it on the phone."""
        self.pushes[push.checkout_request_id] = push
        self._journal.put("push", push.checkout_request_id, push.model_dump_json().encode())
        topics = {f"phone:+{push.phone}", "prompts"}
        self.hub.publish(topics, {"type": "prompt", "prompt": public_push(push)})
        if len(self.pushes) > ENDED_PUSHES:
            ended = next((key for key, old in self.pushes.items() if not old.waiting), None)
            if ended is not None:
                del self.pushes[ended]
                self._journal.put("push", ended, None)

    def save_till_payment(self, payment: TillPayment) -> None:
        self.till_payments[payment.receipt] = payment
        self._journal.put("till", payment.receipt, payment.model_dump_json().encode())

    def pushes_on(self, phone: str) -> list[Push]:
        """The prompts open on a phone (E.164)."""
        digits = phone.removeprefix("+")
        return [push for push in self.pushes.values() if push.waiting and push.phone == digits]

    def add_sms(self, phone: str, text: str, sender: str = "M-PESA") -> None:
        """Show a text message on a phone (E.164)."""
        self.show_sms(Sms(id=uuid.uuid4().hex, phone=phone, text=text, sender=sender))

    def show_sms(self, sms: Sms) -> None:
        texts = self._sms.setdefault(sms.phone, [])
        texts.append(sms)
        self.save_sms(sms)
        if len(texts) > SMS_PER_PHONE:
            self._journal.put("sms", texts.pop(0).id, None)
        self.hub.publish({f"phone:{sms.phone}"}, {"type": "sms", "sms": public_sms(sms)})

    def save_sms(self, sms: Sms) -> None:
        """Keep how far an SMS has come."""
        self._journal.put("sms", sms.id, sms.model_dump_json().encode())

    def sms_of(self, account: str) -> list[Sms]:
        """The text messages to and from a shop, newest first."""
        found = [sms for texts in self._sms.values() for sms in texts if sms.account == account]
        return sorted(found, key=lambda sms: sms.at, reverse=True)

    def sms_on(self, phone: str) -> list[Sms]:
        """The text messages on a phone, oldest first."""
        return sorted(self._sms.get(phone, []), key=lambda sms: sms.at)

    # keeping

    def _place(self, message: ChatMessage) -> None:
        chat = self.chat(message.account, message.contact)
        chat.messages[message.id] = message
        if message.author == "shopper":
            chat.last_inbound_at = max(chat.last_inbound_at, message.at)
        while len(chat.messages) > MESSAGES_PER_CHAT:
            self._forget("message", chat.messages)

    def _forget(self, kind: str, kept: dict[str, ChatMessage] | dict[str, StoredMedia]) -> None:
        oldest = next(iter(kept))
        del kept[oldest]
        self._journal.put(kind, oldest, None)

    def _save(self, message: ChatMessage) -> None:
        self._journal.put("message", message.id, message.model_dump_json().encode())

    def _tell(self, message: ChatMessage, event: str) -> None:
        topics = {f"chat:{message.account}:{message.contact}", f"account:{message.account}"}
        self.hub.publish(topics, {"type": event, "message": public_message(message)})


def public_message(message: ChatMessage) -> dict[str, object]:
    """A message in the phone page's format."""
    return message.model_dump(exclude={"callback"})


def public_sms(sms: Sms) -> dict[str, object]:
    """A text message in the phone page's format."""
    return sms.model_dump(exclude={"callback"})


def public_push(push: Push) -> dict[str, object]:
    """A prompt in the phone page's format: without its callback address."""
    return push.model_dump(exclude={"callback_url"})


def public_messages(messages: Iterable[ChatMessage]) -> list[dict[str, object]]:
    """Messages in the phone page's format."""
    return [public_message(message) for message in messages]


def _latest(chat: Chat) -> float:
    return next(reversed(chat.messages.values())).at
