"""Maps our steps (dialogue states) to the neutral names in evaluation files."""

from __future__ import annotations

from typing import Literal, cast

from dukani.domain.steps import Step

NeutralStep = Literal[
    "browsing", "choosing", "variant", "cart", "address", "confirm", "payment", "payment_failed",
    "done", "paid", "human", "stopped",
]  # fmt: skip

# Some files distinguish the steps of paying and some do not, so either name fits both; some call
# the end `paid`.
NAMES: dict[Step, tuple[NeutralStep, ...]] = {
    "start": ("browsing",),
    "image_analyzed": ("browsing",),
    "products_found": ("choosing",),
    "size_recommended": ("variant",),
    "cart_updated": ("cart",),
    "awaiting_delivery_address": ("address",),
    "awaiting_confirmation": ("confirm",),
    "payment_initiated": ("payment", "payment_failed"),
    "payment_failed": ("payment_failed", "payment"),
    "order_completed": ("done", "paid"),
    "human_handoff": ("human",),
    "opted_out": ("stopped",),
}


def names_of(step: str) -> tuple[NeutralStep, ...]:
    """The names files may use for a step, its own name first."""
    return NAMES[cast(Step, step)]


# Names that are synonyms in all files.
_SYNONYMS: dict[NeutralStep, tuple[NeutralStep, ...]] = {"done": ("done", "paid")}


def own_names_of(step: str) -> tuple[NeutralStep, ...]:
    """The names that mean this step and no other."""
    own = names_of(step)[0]
    return _SYNONYMS.get(own, (own,))


def step_called(name: NeutralStep) -> Step:
    """Our step for a name: the one whose own name it is, else the first that may be called so."""
    own = [step for step, names in NAMES.items() if names[0] == name]
    return own[0] if own else next(step for step, names in NAMES.items() if name in names)
