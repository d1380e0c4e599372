"""What goes wrong, when and where: by a seed alone, so that a run can be repeated. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

MESSAGING = ("twilio", "meta")
MONEY = ("daraja", "paylink")

# How often each happens in a round, in which all of them happen.
_OF_A_ROUND = {
    "provider": 19,
    "kill_worker": 5,
    "kill_api": 3,
    "cut_worker": 2,
    "kill_database": 1,
}
ROUND = sum(_OF_A_ROUND.values())
What = Literal["provider", "kill_worker", "kill_api", "cut_worker", "kill_database"]


@dataclass(frozen=True, slots=True)
class Mishap:
    """`after_s` the one before; `number` chooses the process; `faults` are for the sandbox."""

    after_s: float
    what: What
    number: int = 0
    lasts_s: float = 0.0
    reset: bool = False
    faults: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What it is counted as."""
        if self.what != "provider":
            return self.what
        [(service, fields)] = self.faults.items()
        return f"{service}: {next(iter(fields))}"


def mishaps(rng: random.Random) -> Iterator[Mishap]:
    """Round after round, without an end."""
    while True:
        dealt = [what for what, times in _OF_A_ROUND.items() for _ in range(times)]
        rng.shuffle(dealt)
        yield from (_mishap(what, rng) for what in dealt)


def _mishap(what: str, rng: random.Random) -> Mishap:
    after_s = rng.uniform(0.3, 1.5)
    if what == "provider":
        return Mishap(after_s, "provider", faults=_of_a_provider(rng))
    return Mishap(
        after_s,
        what,  # type: ignore[arg-type]  # the keys of `_OF_A_ROUND`
        number=rng.randrange(100),
        lasts_s=rng.uniform(1.0, 5.0),
        reset=rng.random() < 0.5,
    )


def _of_a_provider(rng: random.Random) -> dict[str, dict[str, Any]]:
    """Late, doubled, lost, in another order, done and then told as failed, or refused."""
    service = rng.choice((*MESSAGING, *MONEY))
    fields: list[dict[str, Any]] = [
        {"delay_s": round(rng.uniform(0, 2), 2)},
        {"answer_delay_s": round(rng.uniform(0, 0.6), 2)},
        {"duplicate_next": rng.randint(1, 3)},
        {"lose_next": rng.randint(1, 2)},
        {"break_next": 1},
    ]
    if service in MESSAGING:
        fields += [{"shuffle_next": rng.randint(1, 3)}]
    return {service: rng.choice(fields)}
