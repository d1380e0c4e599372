"""The boutiques' accounts at the sandbox's providers: numbers and credentials.

Two are built in for the demo; every value is made up and is valid in this sandbox only. Tests,
evaluations and the bench register their own accounts through `POST /accounts`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from dukani.core.channels import SmsProvider, WhatsAppProvider

# One app at Meta serves every boutique, so these two are settings, not account fields.
META_APP_SECRET = "sandbox-meta-app-secret-not-real"
META_VERIFY_TOKEN = "sandbox-meta-verify-token-not-real"


class MpesaBusiness(BaseModel):
    """A paybill or till at the sandbox's Safaricom, or at M-Pesa in another country."""

    model_config = ConfigDict(frozen=True)

    shortcode: str
    consumer_key: str
    consumer_secret: str
    passkey: str
    till: str | None = None
    currency: str = Field("KES", description="What it is paid in, for the limit of a prompt.")


class PayLinkProject(BaseModel):
    """A project at the sandbox's PayLink."""

    model_config = ConfigDict(frozen=True)

    api_key: str
    project: str
    tracing: str


class SmsLine(BaseModel):
    """A sender of SMS at the sandbox's Twilio or Africa's Talking."""

    model_config = ConfigDict(frozen=True)

    provider: SmsProvider
    sender: str = Field(description="E.164, a short code or a name.")
    account_sid: str = ""
    auth_token: str = ""
    username: str = ""
    api_key: str = ""
    callback_token: str = Field("", description="In the address that Africa's Talking calls.")


class SandboxAccount(BaseModel):
    """One boutique's accounts at Twilio or Meta, for SMS and at M-Pesa."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    key: str = Field(min_length=1, description="Short name, unique: 'zuri'.")
    name: str = Field(description="What customers see: 'Zuri Boutique'.")
    number: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$", description="WhatsApp number, E.164.")
    # Journals of older sandboxes say "channel".
    provider: WhatsAppProvider = Field(validation_alias=AliasChoices("provider", "channel"))
    owner_name: str = "The owner"
    owner_phone: str | None = Field(None, description="E.164.")
    owner_says_hello: bool = Field(
        default=True,
        description="Every day, so that the owner is always within the 24 hours. If not, free "
        "words to her are refused like those to a customer.",
    )
    account_sid: str = ""
    auth_token: str = ""
    phone_number_id: str = ""
    waba_id: str = ""
    access_token: str = ""
    marketing_status: Literal["ONBOARDED", "ELIGIBLE", "INELIGIBLE"] = Field(
        default="ELIGIBLE", description="Of its account at Meta, for the endpoint of offers."
    )
    app_secret: str = META_APP_SECRET
    sms: SmsLine | None = None
    mpesa: MpesaBusiness | None = None
    paylink: PayLinkProject | None = None
    target_url: str | None = Field(
        default=None, description="Where its webhooks go. Not set: the sandbox's own target."
    )

    def with_new_token(self) -> SandboxAccount:
        """The account with another token at Twilio or Meta; the one it had is refused."""
        name = "auth_token" if self.provider == "twilio" else "access_token"
        return self.model_copy(update={name: f"sandbox-token-{secrets.token_hex(12)}"})

    @model_validator(mode="after")
    def _has_what_its_provider_needs(self) -> SandboxAccount:
        if self.provider == "twilio" and not (self.account_sid and self.auth_token):
            raise ValueError("a Twilio account needs account_sid and auth_token")
        if self.provider == "meta" and not (self.phone_number_id and self.access_token):
            raise ValueError("a Meta account needs phone_number_id and access_token")
        return self


ZURI = SandboxAccount(
    key="zuri",
    name="Zuri Boutique",
    number="+254700000101",
    provider="twilio",
    owner_name="Wanjiru Kamau",
    owner_phone="+254700000201",
    account_sid="AC00000000000000000000000000000101",
    auth_token="sandbox-twilio-token-zuri-not-real",
    sms=SmsLine(
        provider="twilio_sms",
        sender="+254700000111",
        account_sid="AC00000000000000000000000000000101",
        auth_token="sandbox-twilio-token-zuri-not-real",
    ),
    mpesa=MpesaBusiness(
        shortcode="600101",
        consumer_key="sandbox-consumer-key-zuri",
        consumer_secret="sandbox-consumer-secret-zuri",
        passkey="sandbox-passkey-zuri",
    ),
    paylink=PayLinkProject(
        api_key="sandbox-paylink-key-zuri", project="zuri", tracing="sandbox-trace-zuri"
    ),
)

PWANI = SandboxAccount(
    key="pwani",
    name="Pwani Styles",
    number="+254700000102",
    provider="meta",
    owner_name="Fatma Said",
    owner_phone="+254700000202",
    phone_number_id="100000000000002",
    waba_id="200000000000002",
    access_token="sandbox-meta-token-pwani-not-real",
    sms=SmsLine(
        provider="africastalking",
        sender="PWANI",
        username="pwani-styles",
        api_key="sandbox-africastalking-key-pwani-not-real",
        callback_token="sandbox-sms-callback-pwani-not-real",
    ),
    marketing_status="ONBOARDED",
    mpesa=MpesaBusiness(
        shortcode="600102",
        consumer_key="sandbox-consumer-key-pwani",
        consumer_secret="sandbox-consumer-secret-pwani",
        passkey="sandbox-passkey-pwani",
        till="500102",
    ),
)

# Whoever runs the installation: sells message tokens, has no chat and is on no phone page.
PLATFORM = SandboxAccount(
    key=".platform",  # no slug of a boutique
    name="Dukani",
    number="+254700000100",
    provider="twilio",
    account_sid="AC00000000000000000000000000000100",
    auth_token="sandbox-twilio-token-platform-not-real",
    mpesa=MpesaBusiness(
        shortcode="600100",
        consumer_key="sandbox-consumer-key-platform",
        consumer_secret="sandbox-consumer-secret-platform",
        passkey="sandbox-passkey-platform",
    ),
)

DEMO_ACCOUNTS: tuple[SandboxAccount, ...] = (ZURI, PWANI)


class Accounts:
    """All accounts of the sandbox, found by the ids and keys of each provider."""

    def __init__(self, accounts: Iterable[SandboxAccount] = DEMO_ACCOUNTS) -> None:
        self._by_key: dict[str, SandboxAccount] = {}
        for account in accounts:
            self.register(account)

    def __iter__(self) -> Iterator[SandboxAccount]:
        return iter(tuple(self._by_key.values()))

    def register(self, account: SandboxAccount) -> None:
        """Add an account, or replace the one of the same key."""
        self._by_key[account.key] = account

    def get(self, key: str) -> SandboxAccount | None:
        """The account of a key."""
        return PLATFORM if key == PLATFORM.key else self._by_key.get(key)

    def by_twilio(self, account_sid: str, number: str | None = None) -> SandboxAccount | None:
        """The account of a Twilio SID, and of a number where several accounts share the SID."""
        return self._first(
            lambda a: (
                a.provider == "twilio"
                and a.account_sid == account_sid
                and number in (None, a.number)
            )
        )

    def by_twilio_sms(self, account_sid: str, sender: str | None = None) -> SandboxAccount | None:
        """The account that sends SMS with a Twilio SID, as a sender where several share the SID."""
        return self._first(
            lambda a: (
                a.sms is not None
                and a.sms.provider == "twilio_sms"
                and a.sms.account_sid == account_sid
                and sender in (None, a.sms.sender)
            )
        )

    def by_africastalking(self, username: str, api_key: str) -> SandboxAccount | None:
        """The account of a user of Africa's Talking with this key."""
        return self._first(
            lambda a: (
                a.sms is not None
                and a.sms.provider == "africastalking"
                and (a.sms.username, a.sms.api_key) == (username, api_key)
            )
        )

    def by_sms_sender(self, sender: str) -> SandboxAccount | None:
        """The account whose SMS come from this sender."""
        return self._first(lambda a: a.sms is not None and a.sms.sender == sender)

    def by_phone_number_id(self, phone_number_id: str) -> SandboxAccount | None:
        """The account of a number at Meta."""
        return self._first(lambda a: a.provider == "meta" and a.phone_number_id == phone_number_id)

    def by_access_token(self, token: str) -> SandboxAccount | None:
        """The account of an access token at Meta."""
        return self._first(lambda a: a.provider == "meta" and a.access_token == token)

    def by_consumer_key(self, consumer_key: str) -> SandboxAccount | None:
        """The account of a consumer key at Daraja."""
        if PLATFORM.mpesa and consumer_key == PLATFORM.mpesa.consumer_key:
            return PLATFORM
        return self._first(lambda a: a.mpesa is not None and a.mpesa.consumer_key == consumer_key)

    def by_paylink_key(self, api_key: str) -> SandboxAccount | None:
        """The account of a PayLink API key."""
        return self._first(lambda a: a.paylink is not None and a.paylink.api_key == api_key)

    def _first(self, fits: Callable[[SandboxAccount], bool]) -> SandboxAccount | None:
        return next((account for account in self._by_key.values() if fits(account)), None)
