"""Parses the TOML file that sets up a boutique; `docs/boutique.toml` shows every line."""

from __future__ import annotations

import tomllib
from typing import Annotated, Any

import phonenumbers
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from dukani.core.channels import WhatsAppProvider
from dukani.core.errors import CallerError
from dukani.core.languages import LANGUAGES, Language
from dukani.core.money import CURRENCIES, to_minor
from dukani.core.phone import to_e164
from dukani.core.store.boutiques import NewBoutique
from dukani.core.store.credentials import Credentials
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.core.store.payments import PaymentProvider
from dukani.core.store.size_charts import StoredChart
from dukani.domain.opening_hours import read_week, written
from dukani.domain.shop_facts import LONGEST_TONE
from dukani.tools.chart_entries import ChartEntry, require_one_each
from dukani.tools.zone_entries import ZoneEntry, require_distinct


class BadBoutiqueFile(CallerError):
    """This does not describe a boutique."""

    http_status = 422


def _region(code: str) -> str:
    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("not a country code of ISO 3166, such as KE")
    return code


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError(f"not one of {', '.join(sorted(CURRENCIES))}")
    return code


E164 = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
ShortCode = Annotated[str, Field(pattern=r"^[0-9]{5,7}$")]
Secret = Annotated[SecretStr, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InTwoLanguages(_Table):
    en: str
    sw: str


class Place(_Table):
    name: str = ""
    address: Annotated[str, Field(min_length=1)]
    landmark: str | None = None


class Shop(_Table):
    """Facts that the assistant may tell of the shop; `hours` are a text or a table by weekday."""

    hours: str | InTwoLanguages | dict[str, str] | None = None
    delivery: str | InTwoLanguages | None = None
    returns: str | InTwoLanguages | None = None
    returns_days: Annotated[int, Field(ge=0, le=365)] | None = None
    location: str | InTwoLanguages | None = None
    places: Annotated[tuple[Place, ...], Field(min_length=1)] | None = None
    payment: str | InTwoLanguages | None = None
    pay_on_delivery: bool | None = None
    gift_wrap: bool | None = None
    holds_days: Annotated[int, Field(ge=0, le=365)] | None = None
    paybill: ShortCode | None = None
    till: ShortCode | None = None
    tone: Annotated[str, Field(min_length=1, max_length=LONGEST_TONE)] | None = None

    @field_validator("hours", mode="before")
    @classmethod
    def _by_weekday(cls, hours: Any) -> Any:
        """A table of hours, with every day's times in the stored format."""
        in_languages = isinstance(hours, dict) and set(hours) <= set(LANGUAGES)
        return hours if in_languages or not isinstance(hours, dict) else written(read_week(hours))


class Twilio(_Table):
    number: E164
    account_sid: Annotated[str, Field(pattern=r"^AC[0-9a-fA-F]{32}$")]
    auth_token: Secret


class Meta(_Table):
    phone_number_id: Annotated[str, Field(pattern=r"^[0-9]+$")]
    access_token: Secret
    waba_id: str | None = None


class Mpesa(_Table):
    shortcode: ShortCode
    till: ShortCode | None = None
    consumer_key: Secret
    consumer_secret: Secret
    passkey: Secret


class PayLink(_Table):
    api_key: Secret
    project: Annotated[str, Field(min_length=1)]
    tracing: str = "disabled"


class BoutiqueFile(_Table):
    """A boutique: its number at Twilio or Meta, and its M-Pesa account unless paid manually."""

    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    country: Annotated[str, AfterValidator(_region)] = "KE"
    currency: Annotated[str, AfterValidator(_currency)] = "KES"
    language: Language = "en"
    owner_name: str | None = None
    owner_phone: str | None = None
    delivery_fee: Annotated[int, Field(ge=0)] = 0
    shop: Shop = Shop()
    zones: tuple[ZoneEntry, ...] = Field((), alias="zone")
    charts: tuple[ChartEntry, ...] = Field((), alias="size_chart")
    twilio: Twilio | None = None
    meta: Meta | None = None
    mpesa: Mpesa | None = None
    paylink: PayLink | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> BoutiqueFile:
        if (self.twilio is None) == (self.meta is None):
            raise ValueError("give its number in [twilio] or in [meta], in one of them")
        if self.paylink and not self.mpesa:
            raise ValueError("[paylink] charges the boutique's own M-Pesa: give [mpesa] too")
        if self.mpesa and self.currency != "KES":
            raise ValueError(f"[mpesa] is paid in KES: it cannot be asked for {self.currency}")
        self._owner_phone()
        require_distinct(self.zones)
        require_one_each(self.charts)
        return self

    def _owner_phone(self) -> str | None:
        return to_e164(self.owner_phone, region=self.country) if self.owner_phone else None

    @property
    def whatsapp_provider(self) -> WhatsAppProvider:
        return "twilio" if self.twilio else "meta"

    @property
    def payment_provider(self) -> PaymentProvider:
        return "paylink" if self.paylink else "daraja" if self.mpesa else "manual"

    def as_new_boutique(self) -> NewBoutique:
        return NewBoutique(
            slug=self.slug,
            name=self.name,
            whatsapp_provider=self.whatsapp_provider,
            payment_provider=self.payment_provider,
            country=self.country,
            currency=self.currency,
            language=self.language,
            owner_name=self.owner_name,
            owner_phone=self._owner_phone(),
            delivery_fee_minor=to_minor(self.delivery_fee, self.currency),
            shop_info=self._shop_info(),
        )

    def delivery_zones(self) -> list[DeliveryZone]:
        return [zone.as_zone(self.currency) for zone in self.zones]

    def size_charts(self) -> list[StoredChart]:
        return [chart.as_chart() for chart in self.charts]

    def _shop_info(self) -> dict[str, Any]:
        """The shop's facts; manual payments go to the M-Pesa account unless another is given."""
        info = self.shop.model_dump(mode="json", exclude_none=True)
        if self.mpesa and not {"till", "paybill"} & info.keys():
            own = {"till": self.mpesa.till} if self.mpesa.till else None
            info |= own or {"paybill": self.mpesa.shortcode}
        return info

    def accounts(self) -> list[Credentials]:
        """The boutique's accounts at providers, as `core.store.credentials` describes them."""
        keys: list[Credentials] = []
        if self.twilio:
            keys.append(Credentials("twilio", self.twilio.number, _plain(self.twilio, "number")))
        if self.meta:
            secrets = _plain(self.meta, "phone_number_id")
            keys.append(Credentials("meta", self.meta.phone_number_id, secrets))
        if self.mpesa:
            mpesa = _plain(self.mpesa, "shortcode")
            keys.append(Credentials("daraja", self.mpesa.shortcode, mpesa))
            if self.paylink:
                both = _plain(self.paylink) | mpesa
                keys.append(Credentials("paylink", self.mpesa.shortcode, both))
        return keys


def _plain(table: _Table, account: str = "") -> dict[str, str]:
    """The values of a table, secrets revealed, without the key `account`."""
    values = table.model_dump(exclude={account}, exclude_none=True)
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in values.items()
    }


def read_boutique(text: str) -> BoutiqueFile:
    """The boutique a TOML text describes.

    Raises BadBoutiqueFile, naming every wrong line but no value, which may be a secret, and
    BadPhoneNumber when the owner's phone is not of that country.
    """
    try:
        return BoutiqueFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadBoutiqueFile(f"this is not TOML: {error}") from None
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)
        raise BadBoutiqueFile(
            "; ".join(
                f"{'.'.join(str(part) for part in e['loc']) or 'the whole'}: {e['msg']}"
                for e in wrong
            )
        ) from None
