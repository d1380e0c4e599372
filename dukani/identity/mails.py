"""The mails with a link, in the language of the person where it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from dukani.core.clients.mail import Mail
from dukani.core.languages import Language, Worded, known

LinkKind = Literal["invite", "recovery", "signup"]


def _english(kind: LinkKind, boutique: str | None) -> tuple[str, str]:
    match kind:
        case "invite":
            of = f" of {boutique}" if boutique else ""
            return (
                f"Your invitation to the team{of}",
                f"You are invited to the team{of} on Dukani. Open this link to choose a password:",
            )
        case "recovery":
            return (
                "A new password for Dukani",
                "You asked for a new password. Open this link to choose it:",
            )
        case "signup":
            return "Confirm your address", "Open this link to confirm that this address is yours:"


def _swahili(kind: LinkKind, boutique: str | None) -> tuple[str, str]:
    match kind:
        case "invite":
            of = f" ya {boutique}" if boutique else ""
            return (
                f"Mwaliko wako kwenye timu{of}",
                f"Umealikwa kwenye timu{of} kwenye Dukani. Fungua kiungo hiki uchague nenosiri:",
            )
        case "recovery":
            return (
                "Nenosiri jipya la Dukani",
                "Umeomba nenosiri jipya. Fungua kiungo hiki ulichague:",
            )
        case "signup":
            return "Thibitisha anwani yako", "Fungua kiungo hiki kuthibitisha anwani ni yako:"


_ONCE = Worded(
    en="It works once, within {time}. If you did not expect this mail, ignore it.",
    sw="Kinafanya kazi mara moja, ndani ya {time}. Kama hukutarajia barua hii, ipuuze.",
)
_WORDED: Mapping[Language, Callable[[LinkKind, str | None], tuple[str, str]]] = Worded(
    en=_english,
    sw=_swahili,
)


def _time(hours: int, language: str) -> str:
    if language == "sw":
        return f"saa {hours}"
    return "an hour" if hours == 1 else f"{hours} hours"


def mail_with_link(
    kind: LinkKind, *, to: str, link: str, hours: int, about: Mapping[str, Any]
) -> Mail:
    """`about` may have the person's `language` (en, sw) and the `boutique`'s name."""
    language = known(about.get("language"))
    boutique = about.get("boutique")
    named = " ".join(boutique.split())[:80] if isinstance(boutique, str) else None
    subject, opening = _WORDED[language](kind, named)
    text = f"{opening}\n\n{link}\n\n{_ONCE[language].format(time=_time(hours, language))}\n"
    return Mail(to=to, subject=subject, text=text)
