"""Settings from the environment (and `.env`), grouped by provider.

Names are `DUKANI_` + group + `__` + field, for example `DUKANI_META__APP_SECRET`.
A webhook whose secret is not set is closed, never open.
`.env.example` is written from this file by `dukani settings-example`, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]

Environment = Literal["development", "test", "production"]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"],
    BeforeValidator(lambda level: level.upper() if isinstance(level, str) else level),
]
# At most an hour: a larger number is a mistake.
Seconds = Annotated[float, Field(le=3600, allow_inf_nan=False)]


class Database(BaseModel):
    url: SecretStr | None = Field(
        None,
        description="PostgreSQL connection string; a direct or session one is fastest. Not set: "
        "an embedded server under the data folder.",
    )
    pool_size: int = Field(
        5,
        ge=1,
        le=1000,
        description="Connections each process keeps at most: a few for each core are fastest.",
    )
    transaction_pooler: bool = Field(
        False,
        description="True behind a transaction pooler (PgBouncer, Supabase's port 6543): nothing "
        "then lives in a session, and workers poll.",
    )


class Web(BaseModel):
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    public_url: str = Field(
        "http://127.0.0.1:8000",
        description="How the outside world reaches this service; signatures and media links use "
        "it, so it must be exact.",
    )
    trusted_proxies: list[str] = Field(
        default_factory=list,
        description="Addresses or ranges (CIDR) of the proxies before this service: only theirs "
        "is X-Forwarded-For believed. Empty: nobody's.",
    )
    allowed_origins: list[str] = Field(
        default_factory=list,
        description="Origins (https://app.example) of an owners' app that another host serves, for "
        "CORS. Empty: only this service's own.",
    )
    api_docs: bool = Field(
        False, description="Serve /docs and /openapi.json, for development; off in production."
    )


class Security(BaseModel):
    encryption_keys: list[SecretStr] = Field(
        default_factory=list,
        description="Fernet keys for the boutiques' provider secrets, newest first; older ones "
        "still decrypt. Make one with `dukani new-key`.",
    )
    media_key: SecretStr | None = Field(
        None, description="Signs links to media. Not set: derived from the first encryption key."
    )


class Auth(BaseModel):
    url: str | None = Field(
        None,
        description="Supabase Auth, as https://PROJECT.supabase.co/auth/v1. Not set: this "
        "service's own, with the embedded database, never in production.",
    )
    service_key: SecretStr | None = Field(
        None,
        description="Supabase's secret key, which invites people; opens /auth/v1/admin of our "
        "own. Not set: closed.",
    )
    anon_key: str | None = Field(
        None, description="Supabase's publishable key, which the dashboard shows there."
    )
    jwt_secret: SecretStr | None = Field(
        None,
        description="The legacy secret of an older Supabase project. Not set: only published "
        "keys sign.",
    )
    app_url: str | None = Field(
        None, description="Where the dashboard is; links in mails lead there. Not set: public_url."
    )
    signup: bool = Field(
        False, description="Let anybody make an account. Off: people come by an invitation."
    )
    access_token_s: int = Field(
        3600, ge=120, le=86_400, description="Seconds an access token of ours counts."
    )
    session_days: int = Field(
        60, ge=1, le=3650, description="Days after which a sign-in with us is asked for again."
    )


class Mail(BaseModel):
    base_url: str = Field(
        "https://api.resend.com", description="Where the mail service is; it speaks Resend's API."
    )
    api_key: SecretStr | None = Field(
        None, description="Its key. Not set: our own auth service sends no mails."
    )
    sender: str = Field("Dukani <hello@localhost>", description="Who the mails are from.")
    timeout_s: Seconds = Field(10.0, gt=0, description="Seconds one call may take.")


class Push(BaseModel):
    private_key: SecretStr | None = Field(
        None,
        description="Signs alerts to browsers (VAPID). Make one with `dukani push keys`, once: "
        "with another key every device must be added anew. Not set: no alerts by push.",
    )
    contact: str = Field(
        "mailto:hello@localhost",
        pattern=r"^(mailto:|https://).+",
        description="Where the browsers' push services reach us: mailto:… or https://….",
    )
    services: list[str] = Field(
        default_factory=lambda: [
            "fcm.googleapis.com",
            "push.services.mozilla.com",
            "push.apple.com",
            "notify.windows.com",
        ],
        description="Domains of the browsers' push services; a device at another is refused.",
    )
    own_service: str | None = Field(
        None, description="Address of one push service more, such as the sandbox's."
    )
    timeout_s: Seconds = Field(10.0, gt=0, description="Seconds one call may take.")


class Twilio(BaseModel):
    base_url: str = Field("https://api.twilio.com", description="Where Twilio's API is.")
    messaging_url: str = Field(
        "https://messaging.twilio.com", description="Where Twilio lists its WhatsApp senders."
    )
    content_url: str = Field(
        "https://content.twilio.com", description="Where Twilio keeps message templates."
    )
    marketing_per_second: float = Field(
        5.0, gt=0, description="Offers one number sends a second; Twilio takes about ten messages."
    )
    timeout_s: Seconds = Field(10.0, gt=0, description="Seconds one call may take.")


class AfricasTalking(BaseModel):
    base_url: str = Field(
        "https://api.africastalking.com", description="Where Africa's Talking's API is."
    )
    marketing_per_second: float = Field(
        5.0, gt=0, description="Offers one sender sends by SMS a second."
    )
    timeout_s: Seconds = Field(10.0, gt=0, description="Seconds one call may take.")


class Meta(BaseModel):
    base_url: str = Field("https://graph.facebook.com", description="Where the Graph API is.")
    version: str = Field("v23.0", description="Graph API version.")
    marketing_per_second: float = Field(
        40.0, gt=0, description="Offers one number sends a second; Meta takes eighty messages."
    )
    product_policy: Literal["CLOUD_API_FALLBACK", "STRICT"] = Field(
        "CLOUD_API_FALLBACK",
        description="Of offers sent by Meta's marketing endpoint: whether Meta may send by the "
        "other what the account is not onboarded for.",
    )
    message_activity_sharing: bool | None = Field(
        None,
        description="Whether Meta may use what readers of these offers do to improve them. Not "
        "set: as the account has it.",
    )
    app_secret: SecretStr | None = Field(
        None, description="Verifies X-Hub-Signature-256. Not set: /webhook/meta is closed."
    )
    app_id: str | None = Field(
        None,
        description="Our app, to which example pictures of message templates are uploaded. Not "
        "set: the app that the boutique's access token is of.",
    )
    verify_token: SecretStr | None = Field(
        None, description="Answers Meta's subscription handshake. Not set: it is refused."
    )
    timeout_s: Seconds = Field(10.0, gt=0, description="Seconds one call may take.")


# The providers of WhatsApp for whose number there are keys in `SharedNumber`.
SharedNumberProvider = Literal["twilio", "meta"]


class SharedNumber(BaseModel):
    """The platform's own number, for boutiques without one."""

    provider: SharedNumberProvider = Field("meta", description="Where the number is.")
    account: str | None = Field(
        None,
        description="The number at Twilio (+254…), or its phone number id at Meta. Not set: a "
        "boutique without a number of its own sends nothing.",
    )
    access_token: SecretStr | None = Field(None, description="Of the number at Meta.")
    waba_id: str | None = Field(None, description="The WhatsApp account of the number at Meta.")
    account_sid: str | None = Field(None, description="The account of the number at Twilio.")
    auth_token: SecretStr | None = Field(None, description="Of that account at Twilio.")
    boutique_per_second: float = Field(
        5.0, gt=0, description="Offers one boutique sends from it a second, of the number's own."
    )
    remembered_hours: float = Field(
        72.0,
        gt=0,
        description="Hours in which what a customer writes is to the boutique that she last "
        "exchanged a message with. Later, and with several, she is asked.",
    )


class PayLink(BaseModel):
    url: str | None = Field(
        None, description="PayLink's MCP endpoint; https. Not set: PayLink is off."
    )
    timeout_s: Seconds = Field(30.0, gt=0, description="Seconds one call may take.")


class Daraja(BaseModel):
    base_url: str = Field("https://api.safaricom.co.ke", description="Where Daraja is.")
    allowed_networks: list[str] = Field(
        default_factory=list,
        description="Address ranges (CIDR) callbacks may come from. Empty: any; the unguessable "
        "token in each path is the guard.",
    )
    timeout_s: Seconds = Field(30.0, gt=0, description="Seconds one call may take.")


class PlatformMpesa(BaseModel):
    shortcode: str | None = Field(
        None,
        description="The platform's own short code at Daraja, which boutiques pay for message "
        "tokens. Not set: none are sold.",
    )
    till: str | None = Field(None, description="Its till, where the short code is of one.")
    consumer_key: SecretStr | None = Field(None, description="Of its Daraja app.")
    consumer_secret: SecretStr | None = Field(None, description="Of its Daraja app.")
    passkey: SecretStr | None = Field(None, description="Of its M-Pesa Express.")
    paylink_key: SecretStr | None = Field(
        None, description="PayLink's key: prompts leave by PayLink. Not set: by Daraja directly."
    )
    paylink_project: str | None = Field(None, description="PayLink's project of that key.")


class Storage(BaseModel):
    supabase_url: str | None = Field(
        None, description="Supabase project address. Not set: media go to the data folder."
    )
    service_key: SecretStr | None = Field(None, description="Supabase service key.")
    bucket: str = Field("media", description="Bucket that holds every boutique's media.")


class Mind(BaseModel):
    reading_s: Seconds = Field(
        4.0, gt=0, description="Seconds a mind outside may take to read a message."
    )
    seeing_s: Seconds = Field(
        8.0, gt=0, description="Seconds a mind outside may take to look at a photo."
    )
    hearing_s: Seconds = Field(
        10.0, gt=0, description="Seconds a mind outside may take to hear a voice note."
    )
    wording_s: Seconds = Field(
        3.0, gt=0, description="Seconds a mind outside may take to word a reply anew."
    )


class ModelPrice(BaseModel):
    """In US dollars per million tokens."""

    input_usd: Decimal = Field(ge=0)
    output_usd: Decimal = Field(ge=0)


class Gemini(BaseModel):
    api_key: SecretStr | None = Field(
        None, description="Google's key. Not set: this machine's own reader and eye alone."
    )
    base_url: str = Field(
        "https://generativelanguage.googleapis.com", description="Where the Gemini API is."
    )
    model: str = Field("gemini-2.5-flash", description="The model that reads, sees and hears.")
    words: bool = Field(
        False,
        description="Let it word small talk anew: warmer, for a call and seconds more a reply. "
        "Off: templates.",
    )
    tokens_per_day: int = Field(
        100_000, ge=0, description="Tokens one conversation may use a day; then the local mind."
    )
    prices: dict[str, ModelPrice] = Field(
        default_factory=lambda: {
            "gemini-2.5-flash": ModelPrice(input_usd=Decimal("0.30"), output_usd=Decimal("2.50")),
            "gemini-2.5-flash-lite": ModelPrice(
                input_usd=Decimal("0.10"), output_usd=Decimal("0.40")
            ),
        },
        description="What the models' tokens cost, for the figures: JSON by model's name.",
    )


class Models(BaseModel):
    source: str = Field(
        "https://huggingface.co",
        description="Where `dukani models pull` finds CLIP: Hugging Face, or a mirror of it.",
    )
    revision: str = Field("main", description="Branch, tag or commit of CLIP's repositories.")


class Langfuse(BaseModel):
    public_key: str | None = Field(
        None, description="Langfuse's public key. Without both keys no trace is made."
    )
    secret_key: SecretStr | None = Field(None, description="Langfuse's secret key.")
    base_url: str = Field("https://cloud.langfuse.com", description="Where Langfuse is.")
    environment: str = Field(
        "production",
        pattern=r"^[a-z0-9_-]{1,40}$",
        description="The environment that traces are filed under.",
    )


class Sentry(BaseModel):
    dsn: SecretStr | None = Field(
        None, description="Where errors are reported. Not set: to the log alone."
    )
    environment: str = Field("production", description="The environment of the reports.")
    traces_sample_rate: float = Field(
        0.0, ge=0, le=1, description="Share of the requests whose timing is reported too."
    )


class Watch(BaseModel):
    """The door of each process for whoever watches it: /healthz, /readyz and /metrics."""

    host: str = Field(
        "127.0.0.1",
        description="Address to listen on. Beyond this machine, /metrics asks for the token.",
    )
    port: int | None = Field(
        None, ge=1, le=65535, description="Port to listen on; each process its own. Not set: none."
    )
    token: SecretStr | None = Field(
        None,
        description="Bearer token for /metrics; with it the API shows them on its own port too.",
    )


class Conversation(BaseModel):
    quiet_time_s: Seconds = Field(
        1.0,
        ge=0,
        description="Messages arriving within this many seconds are answered as one turn.",
    )
    handoff_hours: float = Field(
        4.0,
        gt=0,
        le=8760,
        description="Hours without a staff message after which the assistant takes over again.",
    )
    handoff_reminder_minutes: float = Field(
        30.0,
        gt=0,
        description="Minutes a customer waits for a person before a message of hers is answered "
        "with the way back to the assistant, once.",
    )


class Owner(BaseModel):
    confirm_minutes: int = Field(
        10, ge=1, le=1440, description="Minutes in which the owner's yes to a change still counts."
    )
    shopping_hours: int = Field(
        3, ge=1, le=48, description="Hours for which an owner who writes *shop* is a customer."
    )


class Queue(BaseModel):
    heartbeat_s: Seconds = Field(
        10.0, gt=0, description="Seconds between a worker's signs of life, and between sweeps."
    )
    stalled_after_s: Seconds = Field(
        30.0,
        gt=0,
        description="Seconds without one after which a worker's jobs are given to others; "
        "several heartbeats long.",
    )


class Limits(BaseModel):
    boutique_per_minute: int = Field(
        100,
        ge=1,
        description="Inbound messages a boutique may get; over it, the busiest senders wait.",
    )
    sender_per_minute: int = Field(
        30,
        ge=1,
        description="Inbound messages one sender may write; over it the answers come later.",
    )
    strangers_kept_days: int = Field(
        14, ge=1, description="Days for which calls to unknown numbers are kept, to be looked at."
    )


class Retention(BaseModel):
    """For how many days each kind is kept. Orders, payments, ledgers, receipts, consents and
    customers are none of these: they stay until the shop goes, or a customer asks to be erased.
    """

    webhook_events_days: int = Field(
        90, ge=7, description="Days for which what providers told us is kept as they sent it."
    )
    media_days: int = Field(
        365, ge=7, description="Days for which photos and voice notes of customers are kept."
    )
    understanding_days: int = Field(
        180, ge=1, description="Days for which it is kept what was made of a message."
    )
    texts_days: int = Field(
        730, ge=30, description="Days of silence after which a chat's messages lose their texts."
    )
    memories_days: int = Field(
        365, ge=7, description="Days of silence after which a chat's memory is deleted."
    )
    done_events_days: int = Field(
        30, ge=1, description="Days for which a chat's handled events are kept."
    )
    domain_events_days: int = Field(
        400, ge=90, description="Days for which it is kept what happened in a shop (timelines)."
    )
    answers_days: int = Field(
        1, ge=1, description="Days for which the answers of calls are kept for their repetition."
    )
    pushes_days: int = Field(
        14, ge=1, description="Days for which it is kept which device was alerted of what."
    )
    jobs_days: int = Field(
        60, ge=1, description="Days for which failed jobs are kept; done ones go at once."
    )
    imports_days: int = Field(
        180, ge=7, description="Days for which lists of pieces are kept that were brought in."
    )
    link_opens_days: int = Field(
        400, ge=30, description="Days for which it is kept who opened a campaign's page, and when."
    )
    send_statuses_days: int = Field(
        400, ge=30, description="Days for which providers' word on each campaign message is kept."
    )
    cart_links_days: int = Field(
        30, ge=1, description="Days for which an expired link to a cart is kept."
    )
    cart_codes_days: int = Field(
        30, ge=1, description="Days for which an expired code of a cart is kept."
    )
    wishes_days: int = Field(
        400, ge=30, description="Days for which it is kept what customers asked for in vain."
    )
    automation_decisions_days: int = Field(
        180, ge=30, description="Days for which it is kept what rules decided, and why."
    )
    automation_clicks_days: int = Field(
        400, ge=30, description="Days for which it is kept who opened a rule's link, and when."
    )
    automation_enrolments_days: int = Field(
        800,
        ge=90,
        description="Days for which it is kept who was in a rule, what was sent to her and what "
        "came of it.",
    )
    window_carts_days: int = Field(
        90, ge=8, description="Days for which an untouched cart of the shop's window is kept."
    )
    agent_carts_days: int = Field(
        90, ge=8, description="Days for which an untouched cart of another agent is kept."
    )
    agent_calls_days: int = Field(
        90, ge=8, description="Days for which it is kept how often other agents called."
    )
    stock_waits_days: int = Field(
        400, ge=30, description="Days for which it is kept who wanted to hear of a sold-out piece."
    )
    old_vectors_days: int = Field(
        30, ge=7, description="Days for which vectors of a model are kept that is used no more."
    )
    audit_log_days: int = Field(
        1095, ge=365, description="Days for which it is kept who changed what."
    )


class Campaigns(BaseModel):
    users_per_day: int = Field(
        250,
        ge=1,
        description="People one business portfolio may begin with in 24 hours: its tier at "
        "WhatsApp, where a number has none of its own.",
    )
    late_minutes: int = Field(
        60, ge=1, description="Minutes after its hour in which a campaign still begins by itself."
    )
    settle_s: Seconds = Field(
        600.0, ge=0, description="Seconds for which a failure of an accepted message is waited for."
    )
    untold_days: int = Field(
        30,
        ge=8,  # longer than Meta repeats a status
        description="Days after which the tokens of a message come back that its provider took and "
        "told nothing of.",
    )


class Sandbox(BaseModel):
    enabled: bool = Field(
        False, description="Serve stand-ins for Twilio, Meta, PayLink and Daraja, and /phone."
    )
    url: str = Field("http://127.0.0.1:8000/sandbox", description="Where the sandbox is reached.")
    gemini: bool = Field(
        False, description="Let the demo ask the sandbox's Gemini, as production asks Google's."
    )
    products: int | None = Field(
        None, ge=1, description="Pieces each demo boutique begins with. Not set: all there are."
    )
    history_days: int = Field(
        30, ge=0, le=366, description="Days of orders and chats a new demo boutique has behind it."
    )
    model_median_s: float = Field(
        0.0,
        ge=0,
        le=60,
        description="Median seconds in which its Gemini answers, drawn from a lognormal "
        "distribution. 0: at once.",
    )
    provider_median_s: float = Field(
        0.0,
        ge=0,
        le=60,
        description="Median seconds in which its other services answer. 0: at once.",
    )
    answer_sigma: float = Field(
        0.25,
        ge=0,
        le=2,
        description="How far those seconds spread: the standard deviation of their logarithm. "
        "At 0.25, 5% take longer than 1.5 medians.",
    )
    answer_seed: int = Field(1, description="Seed of those seconds.")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="DUKANI_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,  # `NAME=` in a copied .env.example means not set
        extra="ignore",
    )

    environment: Environment = Field("development", description="development, test or production.")
    data_dir: Path = Field(ROOT / ".data", description="Embedded database and local media.")
    redis_url: SecretStr | None = Field(
        None,
        description="redis://…: the API's processes count strangers together. Not set: each alone.",
    )
    log_json: bool = Field(False, description="Log JSON lines instead of readable ones.")
    log_level: LogLevel = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    database: Database = Field(default_factory=Database)
    web: Web = Field(default_factory=Web)
    security: Security = Field(default_factory=Security)
    auth: Auth = Field(default_factory=Auth)
    mail: Mail = Field(default_factory=Mail)
    push: Push = Field(default_factory=Push)
    twilio: Twilio = Field(default_factory=Twilio)
    meta: Meta = Field(default_factory=Meta)
    africastalking: AfricasTalking = Field(default_factory=AfricasTalking)
    shared_number: SharedNumber = Field(default_factory=SharedNumber)
    paylink: PayLink = Field(default_factory=PayLink)
    daraja: Daraja = Field(default_factory=Daraja)
    platform_mpesa: PlatformMpesa = Field(default_factory=PlatformMpesa)
    storage: Storage = Field(default_factory=Storage)
    mind: Mind = Field(default_factory=Mind)
    gemini: Gemini = Field(default_factory=Gemini)
    models: Models = Field(default_factory=Models)
    langfuse: Langfuse = Field(default_factory=Langfuse)
    sentry: Sentry = Field(default_factory=Sentry)
    watch: Watch = Field(default_factory=Watch)
    conversation: Conversation = Field(default_factory=Conversation)
    owner: Owner = Field(default_factory=Owner)
    queue: Queue = Field(default_factory=Queue)
    limits: Limits = Field(default_factory=Limits)
    retention: Retention = Field(default_factory=Retention)
    campaigns: Campaigns = Field(default_factory=Campaigns)
    sandbox: Sandbox = Field(default_factory=Sandbox)

    @model_validator(mode="before")
    @classmethod
    def _without_nul(cls, values: Any) -> Any:
        """Refuse NUL characters: system calls refuse them, later and with an unclear error."""
        holding = [name for name, value in _leaves(values) if "\0" in str(value)]
        if holding:
            raise ValueError(f"{', '.join(holding)}: holds a NUL character")
        return values


def _leaves(values: Any, name: str = "DUKANI") -> Iterator[tuple[str, Any]]:
    """The name of the variable, and the value, of each setting given."""
    if not isinstance(values, dict):
        yield name, values
        return
    for key, value in values.items():
        joint = "_" if name == "DUKANI" else "__"
        yield from _leaves(value, f"{name}{joint}{key}".upper())


class GivenSettings(Settings):
    """Defaults and given values only: nothing is read from the environment or `.env`.

    For tests and measurements, so that they never reach somebody's real database.
    """

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)
