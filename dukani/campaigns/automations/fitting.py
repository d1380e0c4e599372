"""Cuts words so that a whole message fits, at the end of a word. Pure."""

from __future__ import annotations

from collections.abc import Callable

CUT = "..."  # three dots: the sign for it would make an SMS dearer


def fitted(head: str, whole: Callable[[str], str], fits: Callable[[str], bool]) -> str:
    """`whole` of as many words of `head` as fit; of none, if not even one does."""
    spoken = head.split(" ")
    least, most = 0, len(spoken) - 1
    while least < most:  # how many words stay: the most that fit
        middle = (least + most + 1) // 2
        if fits(whole(_cut(spoken[:middle]))):
            least = middle
        else:
            most = middle - 1
    return whole(_cut(spoken[:least]))


def _cut(spoken: list[str]) -> str:
    kept = " ".join(spoken).rstrip(" \n,;:.!?-*_~")
    return f"{kept}{CUT}" if kept else ""
