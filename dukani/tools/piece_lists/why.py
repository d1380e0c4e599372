"""Why a line of a list is refused, in the owner's language: the value, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from dukani.core.languages import Language

Code = Literal[
    "empty", "needs", "no_price", "price_unclear", "price_currency", "price_range", "no_number",
    "rounded", "made_a_date", "formula_error", "unknown_category", "unknown_colour", "size_range",
    "too_long", "no_yes_or_no", "not_as_on_line", "stands_twice", "units_do_not_match", "held",
    "colour_needed", "sku_too_long", "no_link", "fetch_refused", "fetch_failed", "no_picture",
    "picture_full",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """A reason; `field` is the column it is about, `value` what stands there."""

    code: Code
    field: str = ""
    value: str = ""
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


class Refused(ValueError):
    """A line cannot be taken as it is."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.code)
        self.why = why


def refuse(code: Code, field: str = "", value: object = "", hint: str = "") -> Refused:
    return Refused(Why(code, field, str(value)[:80], hint))


def worded(why: Mapping[str, Any] | None, language: Language) -> str:
    """The reason as a sentence; empty without one."""
    if not why:
        return ""
    which = 0 if language == "en" else 1
    hint = why.get("hint", "")
    if why["code"] == "needs":
        hint = ", ".join(FIELD_NAMES[name][which] for name in hint.split(", "))
    field = FIELD_NAMES.get(why.get("field", ""), ("", ""))[which]
    text = _TEXTS[why["code"]][which].format(field=field, value=why.get("value", ""), hint=hint)
    return text[:1].upper() + text[1:]


# As a list's columns are headed, and as an owner calls them.
FIELD_NAMES: dict[str, tuple[str, str]] = {
    "sku": ("SKU", "SKU"),
    "name": ("name", "jina"),
    "category": ("category", "aina"),
    "price": ("price", "bei"),
    "colour": ("colour", "rangi"),
    "size": ("size", "saizi"),
    "units": ("units", "idadi"),
    "units_at_export": ("units at export", "idadi iliyopakuliwa"),
    "size_price": ("size price", "bei ya saizi"),
    "cost": ("cost", "gharama"),
    "picture": ("picture", "picha"),
    "pattern": ("pattern", "mtindo wa kitambaa"),
    "embroidery": ("embroidery", "darizi"),
    "occasions": ("occasions", "hafla"),
    "description": ("description", "maelezo"),
    "on_sale": ("on sale", "inauzwa"),
}

_AS_TEXT = (
    "Format that column as text in your spreadsheet, type it again and save.",
    "Weka safu hiyo iwe “Text” kwenye lahajedwali, andika upya kisha uhifadhi.",
)
_TEXTS: dict[Code, tuple[str, str]] = {
    "empty": ("{field} is empty.", "{field}: hakuna kitu."),
    "needs": (
        "A new piece needs its {hint} as well.",
        "Bidhaa mpya inahitaji pia {hint}.",
    ),
    "no_price": (
        "{field}: “{value}” is no price. Write it as 3500 or 3,500.",
        "{field}: “{value}” si bei. Andika kama 3500 au 3,500.",
    ),
    "price_unclear": (
        "{field}: “{value}” can be read in two ways. Write {hint}.",
        "{field}: “{value}” inaweza kusomwa kwa njia mbili. Andika {hint}.",
    ),
    "price_currency": (
        "{field}: “{value}” is not in {hint}, which this shop sells in.",
        "{field}: “{value}” si kwa {hint}, sarafu ya duka hili.",
    ),
    "price_range": (
        "{field}: “{value}” is not a price that can be asked.",
        "{field}: “{value}” si bei inayowezekana.",
    ),
    "no_number": (
        "{field}: “{value}” is no whole number from 0 to 100,000.",
        "{field}: “{value}” si namba kamili kati ya 0 na 100,000.",
    ),
    "rounded": (
        "{field}: the spreadsheet rounded it to “{value}”. " + _AS_TEXT[0],
        "{field}: lahajedwali limebadilisha namba kuwa “{value}”. " + _AS_TEXT[1],
    ),
    "made_a_date": (
        "{field}: the spreadsheet made a date of it, “{value}”. " + _AS_TEXT[0],
        "{field}: lahajedwali limeigeuza kuwa tarehe, “{value}”. " + _AS_TEXT[1],
    ),
    "formula_error": (
        "{field}: the formula gives “{value}”. Mend it, or type the value.",
        "{field}: fomula inatoa “{value}”. Irekebishe, au andika thamani yenyewe.",
    ),
    "unknown_category": (
        "{field}: “{value}” is not known. Use {hint}.",
        "{field}: “{value}” haijulikani. Tumia {hint}.",
    ),
    "unknown_colour": (
        "{field}: did you mean {hint}, not “{value}”? For a name of your own, put it in double "
        "quotes.",
        "{field}: ulimaanisha {hint}, si “{value}”? Kama ni jina lako mwenyewe, liweke ndani ya "
        "alama za nukuu.",
    ),
    "size_range": (
        "{field}: write the sizes of “{value}” one by one, as {hint}, or put it in double quotes "
        "if it is one size.",
        "{field}: andika saizi za “{value}” moja moja, kama {hint}, au uziweke ndani ya alama za "
        "nukuu kama ni saizi moja.",
    ),
    "too_long": (
        "{field}: “{value}…” is longer than {hint} characters.",
        "{field}: “{value}…” inazidi herufi {hint}.",
    ),
    "no_yes_or_no": (
        "{field}: “{value}” is neither yes nor no.",
        "{field}: “{value}” si ndiyo wala hapana.",
    ),
    "not_as_on_line": (
        "{field}: “{value}” is not what line {hint} says of the same piece.",
        "{field}: “{value}” si sawa na mstari wa {hint} wa bidhaa hiyo hiyo.",
    ),
    "stands_twice": (
        "{value} of this piece stands on line {hint} already.",
        "{value} ya bidhaa hii ipo tayari kwenye mstari wa {hint}.",
    ),
    "units_do_not_match": (
        "{field}: “{value}” does not fit the {hint} sizes of this line. Write one number for each, "
        "or one for all.",
        "{field}: “{value}” haiendani na saizi {hint} za mstari huu. Andika namba moja kwa kila "
        "saizi, au moja kwa zote.",
    ),
    "held": (
        "{field}: you count {value}, but open orders hold {hint}. Send or cancel them first.",
        "{field}: umehesabu {value}, lakini oda zilizo wazi zimeshikilia {hint}. Zitume au "
        "uzighairi kwanza.",
    ),
    "colour_needed": (
        "This piece comes in {hint}: say which colour.",
        "Bidhaa hii ipo kwa rangi {hint}: taja rangi.",
    ),
    "sku_too_long": (
        "SKU, colour and size together are longer than 64 characters: “{value}”.",
        "SKU, rangi na saizi kwa pamoja zinazidi herufi 64: “{value}”.",
    ),
    "no_link": (
        "“{value}” is no link: a picture's begins with https://. The line went in without it.",
        "“{value}” si kiungo: cha picha huanza na https://. Mstari umeingia bila picha.",
    ),
    "fetch_refused": (
        "The picture's link leads to a private address, which we do not open: {value}",
        "Kiungo cha picha kinaelekea anwani ya ndani, ambayo hatuifungui: {value}",
    ),
    "fetch_failed": (
        "The picture could not be fetched ({hint}): {value}",
        "Picha haikupatikana ({hint}): {value}",
    ),
    "no_picture": (
        "What the link leads to is no picture we can open: {value}",
        "Kiungo hakielekei picha tunayoweza kufungua: {value}",
    ),
    "picture_full": (
        "The piece has {hint} pictures already: {value}",
        "Bidhaa tayari ina picha {hint}: {value}",
    ),
}
assert set(_TEXTS) == set(get_args(Code))
