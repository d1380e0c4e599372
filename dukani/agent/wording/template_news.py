"""Words what WhatsApp has done to a message template: a title, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dukani.agent.wording.markup import clean
from dukani.domain.acts import Language

_MOST = 80  # characters of WhatsApp's own reason


def template_news(payload: Mapping[str, Any], *, language: Language) -> tuple[str, str]:
    """Of the payload of a `TemplateChanged`."""
    name = f"{clean(payload['name'])} ({payload['language']})"
    what, category = str(payload["what"]), str(payload["category"])
    why = clean(payload["reason"] or "", limit=_MOST)
    return (_english if language == "en" else _swahili)(what, name, why, category, payload["day"])


def _english(what: str, name: str, why: str, category: str, day: str | None) -> tuple[str, str]:
    because = f" ({why})" if why else ""
    match what:
        case "rejected":
            line = f"WhatsApp did not accept {name}{because}. Change it, and submit it again."
            return "A template was rejected", line
        case "paused":
            line = f"WhatsApp has paused {name}{because}. What is sent with it waits."
            return "A template is paused", line
        case "disabled":
            line = f"WhatsApp has switched {name} off{because}. Choose another in its place."
            return "A template is switched off", line
        case "category":
            line = f"WhatsApp charges {name} as {category} from now on."
            return f"A template is {category} now", line
    when = f"from {day} on" if day else "soon"
    return f"A template will be {category}", f"WhatsApp will charge {name} as {category} {when}."


def _swahili(what: str, name: str, why: str, category: str, day: str | None) -> tuple[str, str]:
    because = f" ({why})" if why else ""
    match what:
        case "rejected":
            line = f"WhatsApp haikukubali {name}{because}. Kibadilishe, kisha ukitume tena."
            return "Kiolezo kimekataliwa", line
        case "paused":
            line = f"WhatsApp imesimamisha {name}{because}. Kinachotumwa nacho kinasubiri."
            return "Kiolezo kimesimamishwa", line
        case "disabled":
            line = f"WhatsApp imezima {name}{because}. Chagua kingine mahali pake."
            return "Kiolezo kimezimwa", line
        case "category":
            line = f"WhatsApp inakitoza {name} kama {_KIND.get(category, category)} kuanzia sasa."
            return f"Kiolezo sasa ni cha {_KIND.get(category, category)}", line
    kind = _KIND.get(category, category)
    when = f"kuanzia {day}" if day else "hivi karibuni"
    return f"Kiolezo kitakuwa cha {kind}", f"WhatsApp itakitoza {name} kama {kind} {when}."


_KIND = {"marketing": "matangazo", "utility": "huduma"}
