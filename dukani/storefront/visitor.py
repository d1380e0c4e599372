"""What the browser of a visitor keeps: a number that names nobody, and the cart of one shop.

Prices are never in it: what a piece costs and whether it is there is read anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from fastapi import Request, Response

VISITOR, CART, LANGUAGE = "dukani_visitor", "dukani_cart", "dukani_language"
LASTS_S = 30 * 86_400
MOST_LINES, MOST_OF_A_LINE = 20, 20
_LINE = re.compile(r"([0-9a-f]{32})x([1-9][0-9]?)")


@dataclass
class Visitor:
    """`lines`: variant id → quantity, in the order they were put in."""

    anonymous_id: str
    is_new: bool
    lines: dict[str, int] = field(default_factory=dict)

    def put(self, variant_id: str, quantity: int) -> None:
        if variant_id in self.lines or len(self.lines) < MOST_LINES:
            more = self.lines.get(variant_id, 0) + quantity
            self.lines[variant_id] = min(more, MOST_OF_A_LINE)

    def take_out(self, variant_id: str) -> None:
        self.lines.pop(variant_id, None)


def visitor_of(request: Request) -> Visitor:
    """The one visitor of a request. What cannot be read is as if it were not there."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = _read(request.cookies)
    visitor: Visitor = request.state.visitor
    return visitor


def _read(cookies: Mapping[str, str]) -> Visitor:
    try:
        known = str(UUID(cookies.get(VISITOR, "")))
    except ValueError:
        return Visitor(str(uuid4()), True, _lines(cookies))
    return Visitor(known, False, _lines(cookies))


def _lines(cookies: Mapping[str, str]) -> dict[str, int]:
    found = (_LINE.fullmatch(one) for one in cookies.get(CART, "").split(".")[:MOST_LINES])
    return {str(UUID(one[1])): min(int(one[2]), MOST_OF_A_LINE) for one in found if one is not None}


def forget(response: Response, *, slug: str) -> Response:
    """Let the browser keep nothing of this shop, nor its number."""
    for name, path in ((VISITOR, "/s/"), (CART, f"/s/{slug}")):
        response.delete_cookie(name, path=path, httponly=True, samesite="lax")
    return response


def keep(visitor: Visitor, response: Response, *, slug: str, secure: bool) -> Response:
    """The cart is sent to this shop's pages alone."""
    written = ".".join(f"{UUID(one).hex}x{count}" for one, count in visitor.lines.items())
    about = {"httponly": True, "samesite": "lax", "secure": secure, "max_age": LASTS_S}
    response.set_cookie(VISITOR, visitor.anonymous_id, path="/s/", **about)  # type: ignore[arg-type]
    if written:
        response.set_cookie(CART, written, path=f"/s/{slug}", **about)  # type: ignore[arg-type]
    else:
        response.delete_cookie(CART, path=f"/s/{slug}", httponly=True, samesite="lax")
    return response
