"""Checks this machine and the settings, without any connection."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet

from dukani.core.addresses import is_loopback, is_private
from dukani.core.settings import Settings
from dukani.doctor.check import Check, bad, good, off, reason

PYTHON = (3, 11)
KEYS_VARIABLE = "DUKANI_SECURITY__ENCRYPTION_KEYS"
NEW_KEY = f"""Make one with `dukani new-key`, set {KEYS_VARIABLE}='["THE KEY"]'."""


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Check:
    found = ".".join(map(str, version))
    if version[:2] < PYTHON:
        return bad("Python", found, f"Install Python {'.'.join(map(str, PYTHON))} or newer.")
    return good("Python", found)


def check_data_folder(folder: Path) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        fix = "Make it writable for this user, or set DUKANI_DATA_DIR to another folder."
        return bad("Data folder", reason(error), fix)
    return good("Data folder", f"{folder} is writable")


def check_encryption_keys(settings: Settings) -> Check:
    what = "Encryption keys"
    keys = [key.get_secret_value() for key in settings.security.encryption_keys]
    wrong = [number for number, key in enumerate(keys, start=1) if not _is_fernet(key)]
    if wrong:
        numbers = ", ".join(map(str, wrong))
        return bad(what, f"number {numbers} of {len(keys)} is no Fernet key", NEW_KEY)
    if keys:
        return good(what, f"{len(keys)}, the newest first" if len(keys) > 1 else "1")
    if _is_for_real_providers(settings):
        return bad(what, "none: `dukani serve` cannot start", NEW_KEY)
    return off(what, "none: only the demo runs, with a key of its own", NEW_KEY)


def check_sign_in(settings: Settings) -> Check:
    """Who signs in the boutiques' people, and who invites them."""
    what, auth = "Signing in", settings.auth
    if auth.url is None and settings.environment == "production":
        return bad(what, "nobody can", "Set DUKANI_AUTH__URL=https://PROJECT.supabase.co/auth/v1")
    if auth.url is None:
        return good(what, "our own auth service, at /auth/v1")
    if urlsplit(auth.url).scheme != "https" or not auth.url.rstrip("/").endswith("/auth/v1"):
        return bad(what, f"{auth.url!r} is not Supabase Auth's address", "It ends in /auth/v1.")
    if auth.service_key is None:
        fix = "Set DUKANI_AUTH__SERVICE_KEY to Supabase's secret key."
        return off(what, "Supabase; nobody can be invited", fix)
    return good(what, "Supabase")


def check_public_url(settings: Settings) -> Check:
    what, variable = "Public URL", "DUKANI_WEB__PUBLIC_URL"
    url = settings.web.public_url
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return bad(what, f"{url!r} is no web address", f"Set {variable}=https://your.domain")
    if not is_loopback(parts.hostname):
        return _check_outside(what, variable, parts)
    if _is_for_real_providers(settings):
        fix = f"Set {variable} to the https address the providers reach."
        return bad(what, f"{url} reaches nobody outside this machine", fix)
    if not settings.sandbox.enabled:
        return off(what, f"{url}: only this machine", f"For providers: {variable}=https://…")
    return good(what, f"{url}, for the sandbox of this machine")


def _check_outside(what: str, variable: str, parts: SplitResult) -> Check:
    if is_private(parts.hostname or ""):
        fix = f"Set {variable} to the https address the providers reach."
        return bad(what, f"{parts.geturl()} reaches nobody outside its own network", fix)
    if parts.scheme != "https":
        return bad(what, f"{parts.geturl()} is not encrypted", f"Set {variable} to https://…")
    if parts.query or parts.fragment:
        fix = f"Leave them out of {variable}: signatures are made over the exact address."
        return bad(what, "it has a query or a fragment", fix)
    return good(what, parts.geturl())


def check_paylink_address(settings: Settings) -> Check:
    what, url = "PayLink address", settings.paylink.url
    if not url:
        return off(what, "PayLink is off")
    parts = urlsplit(url)
    if not parts.hostname or (parts.scheme != "https" and not is_loopback(parts.hostname)):
        fix = "Set DUKANI_PAYLINK__URL to its https address: each call carries secrets."
        return bad(what, f"{url} is not https", fix)
    return good(what, url)


def _is_for_real_providers(settings: Settings) -> bool:
    """Whether the settings are for real providers and not for the sandbox."""
    return not settings.sandbox.enabled and (
        settings.environment == "production" or settings.database.url is not None
    )


def _is_fernet(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
