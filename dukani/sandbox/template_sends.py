"""Checks a template that a boutique sends, and shows it as its reader gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dukani.core.template_form import VARIABLE, filled
from dukani.sandbox.models import Row
from dukani.sandbox.template_book import SandboxTemplate, body_of, variables_of

MAX_FILLED = 1024
_MARKS = ("\n", "\t", "    ")
_AGAINST_POLICY = ("bit.ly/", "casino")  # what the sandbox's reviewers dislike in a value


class TemplateRefused(Exception):
    """The provider would refuse it with this code."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    has_picture: bool = False
    replies: list[Row] = field(default_factory=list)


# By what is wrong; the same rules, in each provider's numbers.
META = {
    "unknown": "132001", "PENDING": "132001", "REJECTED": "132001", "PAUSED": "132015",
    "DISABLED": "132016", "count": "132000", "format": "132012", "long": "132005",
    "policy": "132007",
}  # fmt: skip
TWILIO = {
    "unknown": "21655", "PENDING": "63016", "REJECTED": "63040", "PAUSED": "63041",
    "DISABLED": "63042", "count": "63028", "format": "21656", "long": "21617", "policy": "63013",
}  # fmt: skip


def check_standing(template: SandboxTemplate | None, codes: Mapping[str, str]) -> SandboxTemplate:
    """Raises TemplateRefused unless it may be sent."""
    if template is None:
        raise TemplateRefused(codes["unknown"], "Template name does not exist in the translation")
    if template.standing != "APPROVED":
        raise TemplateRefused(codes[template.standing], f"Template is {template.standing.lower()}")
    return template


def checked_body(
    template: SandboxTemplate, values: Mapping[str, str], codes: Mapping[str, str]
) -> str:
    """The body with its values. Raises TemplateRefused where they do not fit."""
    wanted = variables_of(template)
    if len(values) != len(wanted):
        raise TemplateRefused(
            codes["count"], f"number of parameters ({len(values)}) is not {len(wanted)}"
        )
    if set(values) != set(wanted):
        raise TemplateRefused(codes["format"], f"parameters are {', '.join(wanted)}")
    for name, value in values.items():
        if not value or any(mark in value for mark in _MARKS):
            raise TemplateRefused(codes["format"], f"parameter {name} is empty or has line breaks")
        if any(word in value.lower() for word in _AGAINST_POLICY):
            raise TemplateRefused(codes["policy"], f"parameter {name} is against the policy")
    text = filled(body_of(template), values)
    if len(text) > MAX_FILLED:
        raise TemplateRefused(codes["long"], f"{len(text)} characters, at most {MAX_FILLED}")
    return text


def meta_shown(template: SandboxTemplate, sent: list[dict[str, Any]]) -> Shown:
    """What Meta delivers of a send's components. Raises TemplateRefused."""
    body: dict[str, str] = {}
    picture, suffixes = False, {}
    names = variables_of(template)
    for part in sent:
        parameters = part.get("parameters") or []
        if part.get("type") == "header":
            picture = any(one.get("type") == "image" for one in parameters)
        elif part.get("type") == "body":
            for place, one in enumerate(parameters):
                name = one.get("parameter_name") or str(place + 1)
                body[name] = str(one.get("text") or "")
        elif part.get("type") == "button" and part.get("sub_type") == "url":
            suffixes[int(part.get("index") or 0)] = str((parameters or [{}])[0].get("text") or "")
    if names and not names[0].isdigit() and body and all(name.isdigit() for name in body):
        raise TemplateRefused(META["format"], "this template has named parameters")
    text = checked_body(template, body, META)
    return _with_parts(template, text, picture=picture, suffixes=suffixes)


def _with_parts(
    template: SandboxTemplate, text: str, *, picture: bool, suffixes: Mapping[int, str]
) -> Shown:
    parts = {str(part.get("type")).upper(): part for part in template.components}
    header = parts.get("HEADER", {})
    wants_picture = header.get("format") == "IMAGE"
    if wants_picture != picture:
        raise TemplateRefused(META["format"], "header: an image is expected, or none")
    lines = [f"*{header['text']}*"] if header.get("format") == "TEXT" else []
    lines.append(text)
    if parts.get("FOOTER"):
        lines.append(str(parts["FOOTER"].get("text")))
    replies = []
    for place, button in enumerate((parts.get("BUTTONS") or {}).get("buttons") or []):
        label = str(button.get("text"))
        if button.get("type") == "QUICK_REPLY":
            replies.append(Row(id=label, title=label[:20]))
            continue
        url = str(button.get("url") or "")
        if ("{{" in url) != (place in suffixes):
            raise TemplateRefused(
                META["count"], f"button {place}: a parameter is expected, or none"
            )
        lines.append(f"{label}: {filled(url, {'1': suffixes.get(place, '')})}")
    return Shown("\n".join(lines), picture, replies)


def twilio_shown(template: SandboxTemplate, values: Mapping[str, str]) -> tuple[Shown, str | None]:
    """What Twilio delivers, and the address of its picture. Raises TemplateRefused."""
    [card] = (template.content.get("types") or {"": {}}).values()
    needed = variables_of(template)
    body = {name: values[name] for name in needed if name in values}
    extra = [
        str(one)
        for one in (*(card.get("media") or ()), *(a.get("url") for a in card.get("actions") or ()))
        if one
    ]
    known = {*needed, *(name for one in extra for name in _names(one))}
    if set(values) != known:
        raise TemplateRefused(TWILIO["count"], f"variables are {sorted(known)}")
    lines = [f"*{card['header_text']}*"] if card.get("header_text") else []
    lines.append(checked_body(template, body, TWILIO))
    if card.get("footer"):
        lines.append(str(card["footer"]))
    replies = []
    for action in card.get("actions") or ():
        if action.get("type") == "QUICK_REPLY":
            title = str(action.get("title"))
            replies.append(Row(id=str(action.get("id") or title), title=title[:20]))
        else:
            lines.append(f"{action.get('title')}: {filled(str(action.get('url')), values)}")
    media = [filled(str(one), values) for one in card.get("media") or ()]
    return Shown("\n".join(lines), bool(media), replies), media[0] if media else None


def _names(text: str) -> list[str]:
    return VARIABLE.findall(text)
