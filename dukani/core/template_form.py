"""A message template as a shop writes it, before WhatsApp reviews it: its parts, and its variables.

Texts hold their variables as WhatsApp writes them, {{customer_name}} or {{1}}: named or numbered,
never both in one template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

HeaderKind = Literal["none", "text", "image"]
# Blanks are given back nowhere, or thousands of them would be tried in every way.
VARIABLE = re.compile(r"\{\{\s*+((?:[^{}\s]++|\s++(?=[^{}\s]))*+)\s*+\}\}")
SUFFIX = "{{1}}"  # the end of an address that is another in each message


def is_number(name: str) -> bool:
    """Whether a variable is a number; of other scripts' digits and of ² WhatsApp knows nothing."""
    return name.isascii() and name.isdigit()


ShortText = Annotated[str, StringConstraints(max_length=300)]


class FormButton(BaseModel):
    """A quick reply, whose words come back as the customer's; or a link.

    A link's `url` may end in {{1}}; `example` is then what stands there in the review.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["quick_reply", "url"]
    text: str = Field(max_length=200)
    url: str = Field("", max_length=2000)
    example: str = Field("", max_length=300)

    @property
    def has_suffix(self) -> bool:
        return self.kind == "url" and "{{" in self.url


class TemplateForm(BaseModel):
    """Everything of a template but its name and its standing at the provider.

    `header_picture` is the path of the example picture in the media store. `examples` has a value
    for each variable of the body, which WhatsApp's reviewers see.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: HeaderKind = "none"
    header_text: str = Field("", max_length=200)
    header_picture: str | None = Field(None, max_length=300)
    body: str = Field("", max_length=4000)
    footer: str = Field("", max_length=200)
    buttons: tuple[FormButton, ...] = Field((), max_length=10)
    examples: dict[ShortText, ShortText] = Field(default_factory=dict, max_length=20)

    @property
    def variables(self) -> tuple[str, ...]:
        """The body's variables in the order in which they first stand there, each once."""
        return tuple(dict.fromkeys(VARIABLE.findall(self.body)))

    @property
    def is_named(self) -> bool:
        return any(not is_number(name) for name in self.variables)

    @property
    def suffix_buttons(self) -> tuple[int, ...]:
        """The places of the links that end in a variable."""
        return tuple(n for n, button in enumerate(self.buttons) if button.has_suffix)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced; one without a value stays as it is."""
    return VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text)


def numbered(form: TemplateForm) -> str:
    """The body with numbers in place of names, in their order, as Twilio wants them."""
    order = {name: str(n) for n, name in enumerate(form.variables, start=1)}
    return VARIABLE.sub(lambda found: f"{{{{{order[found[1]]}}}}}", form.body)
