"""What every body and answer has in common, and the types of fields used by several nouns."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from dukani.core.phone import mask_phone

MOST_MINOR = 10**12  # ten thousand million shillings: more is a slip of the finger


def storable(text: str) -> str:
    """`text`, unless PostgreSQL refuses it: NUL characters and halves of surrogate pairs."""
    if "\0" in text:
        raise ValueError("It holds a NUL character: leave it out.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("It holds half a character: leave it out.") from None
    return text


PlainText = Annotated[str, AfterValidator(storable)]
Minor = Annotated[int, Field(ge=0, le=MOST_MINOR, description="in minor units of the currency")]
Price = Annotated[int, Field(ge=1, le=MOST_MINOR, description="in minor units of the currency")]


def _sendable(secret: SecretStr) -> SecretStr:
    """`secret`, unless it cannot stand in a header, as providers want it."""
    given = secret.get_secret_value()
    if not (given.isascii() and given.isprintable()) or given != given.strip():
        raise ValueError("It holds characters that no such key has: copy it anew, without spaces.")
    return secret


# What a provider gave the shop: never shown again.
Secret = Annotated[SecretStr, Field(min_length=1, max_length=1000), AfterValidator(_sendable)]


class Body(BaseModel):
    """What a caller sends: no field that is none, no text that cannot be stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _holds_storable_text(cls, sent: Any) -> Any:
        for text in _texts(sent):
            storable(text)
        return sent


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


class Answer(BaseModel):
    """What we answer; a row of the store with the same fields is one too."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


def _masked(phone: str | None) -> str | None:
    return None if phone is None else mask_phone(phone)


MaskedPhone = Annotated[str | None, AfterValidator(_masked)]

# Set while a request is answered for a platform admin who looks (`looking.py`).
ONLY_LOOKS: ContextVar[bool] = ContextVar("only_looks", default=False)


def _masked_for_looks(phone: str | None) -> str | None:
    return _masked(phone) if ONLY_LOOKS.get() else phone


# A number that the boutique's people need whole, to call it.
WholePhone = Annotated[str | None, AfterValidator(_masked_for_looks)]
