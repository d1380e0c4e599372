"""Who asks a customer's phone for money; `manual`: nobody does, a person says how to pay."""

from __future__ import annotations

from typing import Literal

PromptProvider = Literal["paylink", "daraja"]
PaymentProvider = Literal["paylink", "daraja", "manual"]
