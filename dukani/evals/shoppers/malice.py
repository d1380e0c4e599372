"""Makes random and adversarial acts, whatever was asked (fuzzing).

Half of the acts continue a sale, so that totals are shown and prompts sent; the others are
arbitrary: missing lines, negative quantities, ids of another boutique's pieces, a yes together
with a change of the total.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from dukani.domain import acts
from dukani.domain.acts import Act, Target, Values
from dukani.evals.shoppers.served import Served
from dukani.evals.shoppers.settling import all_places
from dukani.evals.shoppers.shops import Product, Variant, colour_words
from dukani.evals.shoppers.view import View

T = TypeVar("T")

COUNTS = (-5, -1, 0, 1, 1, 2, 2, 3, 7, 51, 99, 100, 10**9)
NUMBERS = (-1, 0, 1, 1, 2, 2, 3, 8, 99, 10**9)
GARBAGE = ("", "x", "zzz", "'; drop table orders; --", "1", "M", "yes", "00000000", "🙂" * 40)


@dataclass(frozen=True, slots=True)
class Malice:
    """The maker of adversarial acts; `others` is a boutique whose ids must not work here."""

    rng: Random
    served: Served
    others: Served

    def acts(self, view: View) -> tuple[Act, ...]:
        """The acts of the next message."""
        if self.rng.random() < 0.55:
            return self._goes_on(view)
        said = [self._any() for _ in range(self.rng.choice((1, 1, 2, 2, 3, 5)))]
        if self.rng.random() < 0.35:
            said.insert(self.rng.randrange(len(said) + 1), self._yes())
        return tuple(said)

    # ── acts that continue a sale ───────────────────────────────────────────

    def _goes_on(self, view: View) -> tuple[Act, ...]:
        match view.stage:
            case "address":
                return (self._address(),)
            case "total" | "failed":
                return (self._yes(), *((self._edit(),) if self.rng.random() < 0.3 else ()))
            case "prompt":
                return (self._yes() if self.rng.random() < 0.5 else self._edit(),)
            case _ if view.lines and self.rng.random() < 0.5:
                return (acts.Checkout(),)
            case _:
                return (self._sound_add(),)

    def _sound_add(self) -> Act:
        variant = self.rng.choice(self._product().wanted)
        product = self.served.shop.product(variant.sku)
        values = Values(
            colour=product.filed_colour(variant.colour),
            size=variant.size,
            quantity=self.rng.choice((None, 1, 2, 3)),
        )
        return acts.Add(target=Target(name=product.name), values=values)

    def _yes(self) -> Act:
        return self.rng.choice((acts.Confirm(), acts.Confirm(), acts.PayAgain(), acts.Checkout()))

    def _address(self) -> Act:
        return acts.SetAddress(text=self.rng.choice(all_places()))

    # ── anything ────────────────────────────────────────────────────────────

    def _any(self) -> Act:
        ways: Sequence[Callable[[], Act]] = (
            self._edit, self._edit, self._edit, self._sound_add, self._address, self._money,
            self._money, self._look, self._aside,
        )  # fmt: skip
        return self.rng.choice(ways)()

    def _edit(self) -> Act:
        rng = self.rng
        made: Sequence[Callable[[], Act]] = (
            lambda: acts.Add(
                target=self._target(), values=self._values(), another=rng.random() < 0.5
            ),
            lambda: acts.Set(
                target=self._target(), values=self._values(), change=rng.random() < 0.5
            ),
            lambda: acts.ChangeQuantity(
                target=self._target(), by=self._maybe(COUNTS), times=self._maybe((-1, 0, 2, 10**6))
            ),
            lambda: acts.Remove(target=self._target(), quantity=self._maybe(COUNTS)),
            lambda: acts.Substitute(
                target=self._target(), piece=self._target(), values=self._values()
            ),
            lambda: acts.Split(
                target=self._target(), parts=tuple(self._values() for _ in range(rng.randint(1, 4)))
            ),
            acts.Clear,
            acts.Undo,
        )
        return rng.choice(made)()

    def _money(self) -> Act:
        made: Sequence[Callable[[], Act]] = (
            acts.Confirm, acts.Decline, acts.Checkout, acts.PayAgain, acts.Cancel, acts.StartOver,
            lambda: acts.ClaimPaid(text="QWE123RT45 Confirmed.", receipt="QWE123RT45"),
            lambda: acts.SetPayer(phone=f"0711{self.rng.randrange(10**6):06d}"),
            lambda: acts.SetPayer(phone=self.rng.choice((None, *GARBAGE))),
        )  # fmt: skip
        return self.rng.choice(made)()

    def _look(self) -> Act:
        made: Sequence[Callable[[], Act]] = (
            lambda: acts.Search(category=self._product().category, quantity=self._maybe(COUNTS)),
            lambda: acts.Search(name=self._word(), budget_max=self._maybe(COUNTS)),
            lambda: acts.AskStock(target=self._target(), values=self._values()),
            lambda: acts.AskPrice(target=self._target()),
            acts.More, acts.Back, acts.ViewOrder,
        )  # fmt: skip
        return self.rng.choice(made)()

    def _aside(self) -> Act:
        made: Sequence[Callable[[], Act]] = (
            acts.Greeting, acts.Thanks, acts.Repeat, acts.Unclear, acts.OrderStatus,
            lambda: acts.AskShop(topic="delivery", place=self._word()),
            lambda: acts.SetNote(text=self._word()),
        )  # fmt: skip
        return self.rng.choice(made)()

    # ── parts ───────────────────────────────────────────────────────────────

    def _target(self) -> Target:
        """A target: mostly one or two words, now and then ids that no reader may give."""
        rng = self.rng
        slots: dict[str, object] = {}
        ways: tuple[tuple[str, Callable[[], object]], ...] = (
            ("line", lambda: rng.choice(NUMBERS)),
            ("option", lambda: rng.choice(NUMBERS)),
            ("name", self._word),
            ("name", lambda: self._product().name),
            ("category", lambda: self._product().category),
            ("colour", lambda: rng.choice(colour_words())),
            ("size", lambda: rng.choice(("M", "38", "ONE", "99", "15.5"))),
            ("pointed", lambda: rng.choice(("it", "other"))),
            ("scope", lambda: rng.choice(("both", "all"))),
            ("product_id", lambda: self._id(self.others.skus)),
            ("variant_id", lambda: self._id(self.others.variants)),
            ("product_id", lambda: self._id(self.served.skus)),
            ("variant_id", lambda: self._id(self.served.variants)),
        )
        for name, value in rng.sample(ways, k=rng.choice((0, 1, 1, 2, 3))):
            slots[name] = value()
        return Target.model_validate(slots)

    def _id(self, known: Mapping[str, object]) -> str:
        in_order = sorted(known, key=lambda id_: str(known[id_]))  # ids differ from run to run
        return self.rng.choice([*in_order[:5], "not-an-id"])

    def _values(self) -> Values:
        variant = self._variant()
        return Values(
            colour=self._maybe((variant.colour, *colour_words())),
            size=self._maybe((variant.size, variant.size, "M", "ONE", "-1")),
            quantity=self._maybe(COUNTS),
            age=self._maybe((-1, 5, 10**6)),
        )

    def _product(self) -> Product:
        return self.rng.choice([p for p in self.served.shop.products if p.wanted])

    def _variant(self) -> Variant:
        return self.rng.choice(self._product().wanted)

    def _word(self) -> str:
        foreign = self.rng.choice(self.others.shop.products).name
        return self.rng.choice((foreign, *GARBAGE))

    def _maybe(self, of: Sequence[T]) -> T | None:
        return self.rng.choice(of) if self.rng.random() < 0.5 else None
