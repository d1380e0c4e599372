"""Signs the sandbox's forms as Twilio does.

Written without Twilio's library, which verifies the signatures: it must not test itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping


def twilio_signature(
    token: str, url: str, params: Mapping[str, str] | Iterable[tuple[str, str]]
) -> str:
    """`X-Twilio-Signature` of a form: HMAC-SHA1 over the address and the sorted fields.

    A field given several times counts once per distinct value, in sorted order, as in
    Twilio's own helper library.
    """
    pairs = params.items() if isinstance(params, Mapping) else params
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
