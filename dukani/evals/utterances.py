"""Runs single turns through the running path and scores what was understood of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dukani.evals.catalogue_file import Catalogue
from dukani.evals.intents import kind_of
from dukani.evals.rig import Rig
from dukani.evals.scoring import problems
from dukani.evals.shop import Shop, open_shop
from dukani.evals.shopper import NotAnswered, Shopper, words_of
from dukani.evals.situations import products_for, set_up
from dukani.evals.utterance_file import Utterance


@dataclass(frozen=True, slots=True)
class UtteranceResult:
    """An utterance with what came of it; `problems` is empty when it passed."""

    utterance: Utterance
    problems: tuple[str, ...]
    understood: tuple[str, ...] = ()  # each act as a line
    replies: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems

    @property
    def intents(self) -> tuple[str, ...]:
        return tuple(kind_of(name) or name for name in self.utterance.expect.intent)


async def run_utterances(
    rig: Rig,
    utterances: Sequence[Utterance],
    catalogue: Catalogue,
    *,
    progress: Callable[[], None] = lambda: None,
) -> list[UtteranceResult]:
    """Each utterance from a shopper of its own, in the situation it names."""
    products = products_for(catalogue, [utterance.context for utterance in utterances])
    shop = await open_shop(rig, products, currency=catalogue.currency)
    results = []
    for utterance in utterances:
        results.append(await _run(rig, shop, utterance))
        progress()
    return results


async def _run(rig: Rig, shop: Shop, utterance: Utterance) -> UtteranceResult:
    shopper = Shopper(rig, shop)
    await set_up(shopper, utterance.context)
    await shopper.write(utterance.text)
    try:
        written = await shopper.answered()
    except NotAnswered as error:
        return UtteranceResult(utterance, (str(error),))
    heard = next((m for m in reversed(written) if m.direction == "in"), None)
    acts = (heard.understanding or {}).get("acts", []) if heard else []
    return UtteranceResult(
        utterance,
        tuple(problems(utterance.expect, acts)),
        understood=tuple(_line(act) for act in acts),
        replies=tuple(words_of(written)),
    )


def _line(act: dict[str, object]) -> str:
    slots = ", ".join(f"{name}={value}" for name, value in act.items() if name != "kind")
    return f"{act['kind']}({slots})"
