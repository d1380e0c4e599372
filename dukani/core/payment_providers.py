"""Who asks a customer's phone for money; `manual`: nobody does, a person says how to pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

PromptProvider = Literal["paylink", "daraja"]
PaymentProvider = Literal["paylink", "daraja", "manual"]

# Who prompts for a shop that has chosen this: the first that has keys and takes the phone.
PROMPTERS: Mapping[PaymentProvider, tuple[PromptProvider, ...]] = {
    "paylink": ("paylink", "daraja"),
    "daraja": ("daraja",),
    "manual": (),
}
