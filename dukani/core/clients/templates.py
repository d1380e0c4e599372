"""Fills in a message template approved by WhatsApp, in the formats of Meta and of Twilio.

Outside the 24 hours after a customer's last message only templates are accepted. Sources: Meta
"Template messages" (named and positional variables, header media, button variables), Twilio "Send
templates created with the Content Template Builder", read 2026-11.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from dukani.core.errors import ProviderRefused

MAX_VARIABLE = 1024  # characters; Meta refuses longer ones, line breaks and tabs
_NOT_IN_A_VARIABLE = ("\n", "\t", "    ")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the template's body; `name` is none in a template with numbered variables."""

    value: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A button's parameter: the end of its address, or the payload that a tap sends back."""

    index: int  # from 0, as the template has them
    kind: Literal["url", "quick_reply", "copy_code"]
    value: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template filled in.

    Meta identifies the template by `name` and `language` (`en`, `en_US`, `sw`), Twilio by
    `content_sid` (`HX…`). `media_base`: what Twilio's template itself has of the picture's address.
    """

    name: str
    language: str
    body: tuple[Variable, ...] = ()
    header_image_url: str | None = None
    buttons: tuple[TemplateButton, ...] = ()
    content_sid: str | None = None
    media_base: str | None = None

    def __post_init__(self) -> None:
        if len({variable.name is None for variable in self.body}) > 1:
            raise ValueError(f"{self.name}: variables are all named or all numbered")

    def as_plain(self) -> dict[str, Any]:
        """The template as its message stores it; a header's picture is linked at sending."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}


def template_of(plain: Mapping[str, Any], *, header_image_url: str | None) -> Template:
    """The template that a message stores."""
    return Template(
        name=plain["name"],
        language=plain["language"],
        body=tuple(Variable(**variable) for variable in plain.get("body", ())),
        header_image_url=header_image_url or plain.get("header_image_url"),
        buttons=tuple(TemplateButton(**button) for button in plain.get("buttons", ())),
        content_sid=plain.get("content_sid"),
        media_base=plain.get("media_base"),
    )


def meta_template(template: Template, *, provider: str) -> dict[str, Any]:
    """Meta's `template`. Raises ProviderRefused for a variable that Meta would refuse."""
    _check(template, provider=provider)
    components = [
        *_header(template),
        *_body(template),
        *({"type": "button", "sub_type": button.kind, "index": str(button.index),
           "parameters": [_button(button)]} for button in template.buttons),
    ]  # fmt: skip
    language = {"code": template.language}
    return {"name": template.name, "language": language} | (
        {"components": components} if components else {}
    )


def twilio_template(template: Template, *, provider: str) -> dict[str, str]:
    """Twilio's `ContentSid` and `ContentVariables`.

    Twilio numbers all variables of a template in one sequence; our templates are created in the
    order body, header, buttons. Raises ProviderRefused without a `content_sid`.
    """
    if not template.content_sid:
        raise ProviderRefused(f"{template.name}: no ContentSid", provider=provider, code="21655")
    _check(template, provider=provider)
    link = template.header_image_url
    header = [link.removeprefix(template.media_base or "")] if link else []
    buttons = [button.value for button in template.buttons]
    values = [*(variable.value for variable in template.body), *header, *buttons]
    names = [variable.name for variable in template.body]
    keys = [name or str(number) for number, name in enumerate(names, start=1)]
    keys += [str(number) for number in range(len(keys) + 1, len(values) + 1)]
    fields = {"ContentSid": template.content_sid}
    if values:
        fields["ContentVariables"] = json.dumps(dict(zip(keys, values, strict=True)))
    return fields


def _header(template: Template) -> list[dict[str, Any]]:
    if template.header_image_url is None:
        return []
    image = {"type": "image", "image": {"link": template.header_image_url}}
    return [{"type": "header", "parameters": [image]}]


def _body(template: Template) -> list[dict[str, Any]]:
    if not template.body:
        return []
    parameters = [
        {"type": "text", "text": variable.value}
        | ({"parameter_name": variable.name} if variable.name else {})
        for variable in template.body
    ]
    return [{"type": "body", "parameters": parameters}]


def _button(button: TemplateButton) -> dict[str, str]:
    match button.kind:
        case "quick_reply":
            return {"type": "payload", "payload": button.value}
        case "copy_code":
            return {"type": "coupon_code", "coupon_code": button.value}
        case _:
            return {"type": "text", "text": button.value}


def _check(template: Template, *, provider: str) -> None:
    for variable in template.body:
        wrong = [mark for mark in _NOT_IN_A_VARIABLE if mark in variable.value]
        if not variable.value.strip() or wrong or len(variable.value) > MAX_VARIABLE:
            raise ProviderRefused(
                f"{template.name}: {variable.value[:40]!r} cannot fill a blank (empty, over "
                f"{MAX_VARIABLE} characters, or with line breaks, tabs or four spaces)",
                provider=provider,
                code="132012",
            )
