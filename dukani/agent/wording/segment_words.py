"""Says a segment in words, so that an owner sees whom her conditions mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dukani.agent.wording.markup import clean
from dukani.agent.wording.names import category_name, colour_name, size_name
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.core.store.segments import KINDS, Condition, Field, Group
from dukani.domain.acts import Language

_WHO = Worded(en="Customers who", sw="Wateja ambao")
_ALL = Worded(en="All customers", sw="Wateja wote")
_JOINED = Worded(en={"all": "and", "any": "or"}, sw={"all": "na", "any": "au"})
_SPOKEN = Worded(
    en=Worded(en="English", sw="Swahili"),
    sw=Worded(en="Kiingereza", sw="Kiswahili"),
)

# By comparison; {v} is the value.
_FORMS: Mapping[Language, Mapping[Field, Mapping[str, str]]] = Worded(
    en={
        "name": {
            "eq": "are called {v}", "neq": "are not called {v}",
            "contains": "have {v} in their name", "in": "are called {v}",
            "yes": "told their name", "no": "did not tell their name",
        },
        "language": {
            "eq": "write {v}", "neq": "do not write {v}", "contains": "write a kind of {v}",
            "in": "write {v}", "yes": "write a known language", "no": "write no known language",
        },
        "zone": {
            "eq": "had the last order sent to {v}", "neq": "had no last order sent to {v}",
            "contains": "had the last order sent to a place with {v} in it",
            "in": "had the last order sent to {v}", "yes": "had the last order sent to a zone",
            "no": "had no last order sent to a zone",
        },
        "tag": {
            "eq": "have the tag {v}", "neq": "do not have the tag {v}",
            "contains": "have a tag with {v} in it", "in": "have the tag {v}",
            "yes": "have a tag", "no": "have no tag",
        },
        "category": {
            "eq": "bought {v}", "neq": "never bought {v}", "contains": "bought something like {v}",
            "in": "bought {v}", "yes": "bought something", "no": "bought nothing",
        },
        "category_lately": {
            "eq": "bought {v} in the last 90 days", "neq": "bought no {v} in the last 90 days",
            "contains": "bought something like {v} in the last 90 days",
            "in": "bought {v} in the last 90 days", "yes": "bought something in the last 90 days",
            "no": "bought nothing in the last 90 days",
        },
        "piece": {
            "eq": "bought {v}", "neq": "never bought {v}",
            "contains": "bought a piece with {v} in its name", "in": "bought {v}",
            "yes": "bought something", "no": "bought nothing",
        },
        "colour": {
            "eq": "bought something in {v}", "neq": "never bought anything in {v}",
            "contains": "bought something in a kind of {v}", "in": "bought something in {v}",
            "yes": "bought something", "no": "bought nothing",
        },
        "size": {
            "eq": "bought size {v}", "neq": "never bought size {v}",
            "contains": "bought a size with {v} in it", "in": "bought size {v}",
            "yes": "bought something", "no": "bought nothing",
        },
    },
    sw={
        "name": {
            "eq": "wanaitwa {v}", "neq": "hawaitwi {v}", "contains": "wana {v} katika jina lao",
            "in": "wanaitwa {v}", "yes": "walitaja jina lao", "no": "hawakutaja jina lao",
        },
        "language": {
            "eq": "huandika kwa {v}", "neq": "hawaandiki kwa {v}",
            "contains": "huandika kwa lugha kama {v}", "in": "huandika kwa {v}",
            "yes": "huandika kwa lugha inayojulikana", "no": "lugha yao haijulikani",
        },
        "zone": {
            "eq": "oda yao ya mwisho ilipelekwa {v}", "neq": "oda yao ya mwisho haikupelekwa {v}",
            "contains": "oda yao ya mwisho ilipelekwa mahali penye jina {v}",
            "in": "oda yao ya mwisho ilipelekwa {v}",
            "yes": "oda yao ya mwisho ilipelekwa eneo linalojulikana",
            "no": "hawana oda iliyopelekwa eneo linalojulikana",
        },
        "tag": {
            "eq": "wana lebo {v}", "neq": "hawana lebo {v}", "contains": "wana lebo yenye {v}",
            "in": "wana lebo {v}", "yes": "wana lebo", "no": "hawana lebo",
        },
        "category": {
            "eq": "walinunua {v}", "neq": "hawajanunua {v}",
            "contains": "walinunua kitu kama {v}", "in": "walinunua {v}",
            "yes": "walinunua kitu", "no": "hawajanunua kitu",
        },
        "category_lately": {
            "eq": "walinunua {v} katika siku 90 zilizopita",
            "neq": "hawajanunua {v} katika siku 90 zilizopita",
            "contains": "walinunua kitu kama {v} katika siku 90 zilizopita",
            "in": "walinunua {v} katika siku 90 zilizopita",
            "yes": "walinunua kitu katika siku 90 zilizopita",
            "no": "hawajanunua kitu katika siku 90 zilizopita",
        },
        "piece": {
            "eq": "walinunua {v}", "neq": "hawajanunua {v}",
            "contains": "walinunua bidhaa yenye jina {v}", "in": "walinunua {v}",
            "yes": "walinunua kitu", "no": "hawajanunua kitu",
        },
        "colour": {
            "eq": "walinunua nguo ya rangi {v}", "neq": "hawajanunua nguo ya rangi {v}",
            "contains": "walinunua nguo ya rangi kama {v}", "in": "walinunua nguo ya rangi {v}",
            "yes": "walinunua kitu", "no": "hawajanunua kitu",
        },
        "size": {
            "eq": "walinunua saizi {v}", "neq": "hawajanunua saizi {v}",
            "contains": "walinunua saizi yenye {v}", "in": "walinunua saizi {v}",
            "yes": "walinunua kitu", "no": "hawajanunua kitu",
        },
    },
)  # fmt: skip
_NUMBERS: Mapping[Language, Mapping[str, str]] = Worded(
    en={
        "eq": "exactly {v}", "neq": "other than {v}", "gt": "more than {v}", "gte": "at least {v}",
        "lt": "less than {v}", "lte": "at most {v}", "between": "from {a} to {b}",
    },
    sw={
        "eq": "{v} kamili", "neq": "isipokuwa {v}", "gt": "zaidi ya {v}", "gte": "angalau {v}",
        "lt": "chini ya {v}", "lte": "isiyozidi {v}", "between": "kuanzia {a} hadi {b}",
    },
)  # fmt: skip
_COUNTED: Mapping[Language, Mapping[Field, str]] = Worded(
    en={
        "orders": "bought {n} times", "pieces": "bought {n} pieces", "spent_minor": "spent {n}",
        "owes_minor": "owe {n}",
    },
    sw={
        "orders": "walinunua mara {n}", "pieces": "walinunua vipande {n}",
        "spent_minor": "walitumia {n}", "owes_minor": "wanadaiwa {n}",
    },
)  # fmt: skip
_DAYS: Mapping[Language, Mapping[str, str]] = Worded(
    en={
        "eq": "on {v}", "gt": "after {v}", "gte": "on {v} or later", "lt": "before {v}",
        "lte": "on {v} or earlier", "between": "between {a} and {b}",
        "in_last_days": "in the last {v} days",
    },
    sw={
        "eq": "tarehe {v}", "gt": "baada ya {v}", "gte": "tarehe {v} au baadaye",
        "lt": "kabla ya {v}", "lte": "tarehe {v} au mapema", "between": "kati ya {a} na {b}",
        "in_last_days": "katika siku {v} zilizopita",
    },
)  # fmt: skip
# What was done then, ever, and never.
_DONE: Mapping[Language, Mapping[Field, tuple[str, str, str]]] = Worded(
    en={
        "first_order_on": ("first bought", "bought once at least", "never bought"),
        "last_order_on": ("last bought", "bought once at least", "never bought"),
        "last_message_on": ("last wrote", "wrote once at least", "never wrote"),
        "known_since": ("came to the shop", "came to the shop", "never came to the shop"),
    },
    sw={
        "first_order_on": ("walinunua mara ya kwanza", "waliwahi kununua", "hawajawahi kununua"),
        "last_order_on": ("walinunua mara ya mwisho", "waliwahi kununua", "hawajawahi kununua"),
        "last_message_on": ("waliandika mara ya mwisho", "waliwahi kuandika",
                            "hawajawahi kuandika"),
        "known_since": ("walikuja dukani", "walikuja dukani", "hawajawahi kuja dukani"),
    },
)  # fmt: skip
_AGREED = Worded(
    en={True: "agreed to promotions", False: "have not agreed to promotions"},
    sw={True: "walikubali matangazo", False: "hawajakubali matangazo"},
)


def said(segment: Group, language: Language, *, currency: str) -> str:
    """`Customers who bought dresses and last bought in the last 90 days`."""
    if not segment.of:
        return _ALL[language]
    return f"{_WHO[language]} {_group(segment, language, currency)}"


def _group(group: Group, language: Language, currency: str) -> str:
    parts = [_part(part, language, currency) for part in group.of]
    return f" {_JOINED[language][group.match]} ".join(parts)


def _part(part: Condition | Group, language: Language, currency: str) -> str:
    if isinstance(part, Condition):
        return _condition(part, language, currency)
    if not part.of:
        return Worded(en="are anybody", sw="ni yeyote")[language]
    inner = _group(part, language, currency)
    return f"({inner})" if len(part.of) > 1 else inner


def _condition(one: Condition, language: Language, currency: str) -> str:
    match KINDS[one.field]:
        case "text" | "several":
            if one.comparison == "exists":
                return _FORMS[language][one.field]["yes" if one.value else "no"]
            form = _FORMS[language][one.field][one.comparison]
            return form.format(v=_values(one, language, currency))
        case "number":
            said_number = _of_figures(_NUMBERS[language], one, language, currency)
            return _COUNTED[language][one.field].format(n=said_number)
        case "day":
            then, ever, never = _DONE[language][one.field]
            if one.comparison == "exists":
                return ever if one.value else never
            return f"{then} {_of_figures(_DAYS[language], one, language, currency)}"
    return _AGREED[language][bool(one.value)]


def _of_figures(forms: Mapping[str, str], one: Condition, language: Language, currency: str) -> str:
    if one.comparison == "between":
        assert isinstance(one.value, Sequence)
        low, high = (_value(one.field, each, language, currency) for each in one.value)
        return forms["between"].format(a=low, b=high)
    return forms[one.comparison].format(v=_value(one.field, one.value, language, currency))


def _values(one: Condition, language: Language, currency: str) -> str:
    several = one.value if isinstance(one.value, tuple) else (one.value,)
    words = [_value(one.field, each, language, currency) for each in several]
    last = _JOINED[language]["any"]
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else words[0]


def _value(field: Field, value: Any, language: Language, currency: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    match field:
        case "spent_minor" | "owes_minor":
            return format_money(value, currency)
        case "language":
            return _SPOKEN[language].get(value, clean(value))
        case "category" | "category_lately":
            return category_name(value, language)
        case "colour":
            return colour_name(value, language)
        case "size":
            return size_name(value, language)
        case "name" | "zone" | "tag" | "piece":
            return f"“{clean(value)}”"
    return f"{value:,}" if isinstance(value, int) else str(value)
