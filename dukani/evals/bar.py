"""The minimum that an evaluation must reach: a count or a share of passes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A minimum `share` of all cases (0..1), or a minimum `count`."""

    count: int | None = None
    share: float | None = None

    @classmethod
    def parse(cls, text: str) -> Bar:
        """`30` is a count; `0.9`, `1.0` and `90%` are shares. Raises ValueError."""
        plain = text.strip()
        try:
            if plain.endswith("%"):
                return cls(share=_share(float(plain[:-1]) / 100))
            if "." in plain:
                return cls(share=_share(float(plain)))
            return cls(count=int(plain))
        except ValueError as error:
            raise ValueError(f"{text!r} is neither a count (30) nor a share (0.9, 90%)") from error

    def reached(self, passed: int, of: int) -> bool:
        if self.count is not None:
            return passed >= self.count
        return of > 0 and passed / of >= (self.share or 0.0)

    def reached_by_share(self, share: float) -> bool:
        """Whether a measure that is itself a share (0..1) reaches the bar."""
        return share >= (self.share if self.share is not None else float(self.count or 0))

    def __str__(self) -> str:
        return f"{self.count}" if self.count is not None else f"{self.share:g}"


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"{value:g} is no share")
    return value
