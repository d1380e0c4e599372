"""Every error of Dukani, sorted by who must act.

    DukaniError
    ├── CallerError              the caller must change something (HTTP 4xx)
    │   ├── UnreadableImage
    │   ├── BadSignature
    │   ├── UnreadableWebhook
    │   ├── NotSignedIn
    │   ├── NotAMember
    │   ├── OwnersOnly
    │   ├── PlatformAdminsOnly
    │   ├── InvalidValue
    │   ├── Conflict
    │   ├── TooManyRequests
    │   ├── NotFound
    │   ├── OutOfStock
    │   └── HeldEnough
    ├── ProviderError            an outside service did not do what we asked
    │   ├── ProviderUnavailable      nothing happened: try again later
    │   ├── ProviderRefused          the provider said no: its code says what to do
    │   └── ProviderUnclear          the call may or may not have worked: ask before trying again
    └── ConfigurationError       we must set something

The docstring of a class is its default message.
"""

from __future__ import annotations


class DukaniError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])


class CallerError(DukaniError):
    """The request cannot be carried out as it is."""

    http_status = 400


class UnreadableImage(CallerError):
    """This is not a picture we can open: send a JPEG, PNG or WebP of at most 10 MB."""

    http_status = 422


class BadSignature(CallerError):
    """The signature does not match: check the provider's secret in the settings."""

    http_status = 403


class UnreadableWebhook(CallerError):
    """The body is not what this provider sends."""

    http_status = 400


class NotSignedIn(CallerError):
    """You are not signed in, or no longer: sign in again."""

    http_status = 401


class NotAMember(CallerError):
    """You are no member of this boutique: ask its owner to add you."""

    http_status = 403


class OwnersOnly(CallerError):
    """Only an owner of this boutique may do that: ask one of them."""

    http_status = 403


class PlatformAdminsOnly(CallerError):
    """Only a platform admin may do that: ask whoever runs this installation."""

    http_status = 403


class InvalidValue(CallerError):
    """A value cannot be taken as it is."""

    http_status = 422

    def __init__(self, *, field: str, value: object = None, remedy: str) -> None:
        super().__init__(f"{field}: {remedy}")
        self.field = field
        self.value = value
        self.remedy = remedy


class Conflict(CallerError):
    """It has changed in the meantime: look at it again, then decide."""

    http_status = 409


class TooManyRequests(CallerError):
    """Too many requests: wait before the next."""

    http_status = 429

    def __init__(self, message: str | None = None, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotFound(CallerError):
    """There is no such thing here."""

    http_status = 404


class OutOfStock(CallerError):
    """There are not enough of this piece left."""

    http_status = 409

    def __init__(self, *, variant_id: str, wanted: int, available: int) -> None:
        super().__init__(f"wanted {wanted}, only {available} left of variant {variant_id}")
        self.variant_id = variant_id
        self.wanted = wanted
        self.available = available


class HeldEnough(CallerError):
    """So many pieces are not held for one customer at a time."""

    http_status = 409

    def __init__(self, *, most: int) -> None:
        super().__init__(f"more than {most} pieces would be held for one customer")
        self.most = most


class ProviderError(DukaniError):
    """An outside service did not do what we asked."""

    def __init__(self, message: str | None = None, *, provider: str, code: str | None = None):
        super().__init__(f"{provider}{f' {code}' if code else ''}: {message or self.__doc__}")
        self.provider = provider
        self.code = code
        self.said = message or ""  # the provider's own words


class ProviderUnavailable(ProviderError):
    """Nothing happened there: try again later."""

    def __init__(
        self,
        message: str | None = None,
        *,
        provider: str,
        code: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, provider=provider, code=code)
        self.retry_after_s = retry_after_s


class ProviderRefused(ProviderError):
    """It said no; the code says why."""


class ProviderUnclear(ProviderError):
    """It may or may not have happened: ask before trying again."""


class ConfigurationError(DukaniError):
    """A setting is missing or wrong: run `dukani doctor`."""
