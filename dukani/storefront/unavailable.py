"""The answer while the database does not answer: a page for a browser, a problem for all others.

Providers send a message again that was answered with 503.
"""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from psycopg import OperationalError

from dukani.storefront.page_parts import POLICY_OF_WORDS
from dukani.storefront.rendering import render
from dukani.storefront.wording import WORDS
from dukani.web.problems import answer_problem

AGAIN_S = 10  # the page asks anew by itself


def answer_unavailable(app: FastAPI) -> None:
    """Install the handler; PoolTimeout is an OperationalError too."""
    app.add_exception_handler(OperationalError, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    told = await answer_problem(request, error)
    reads = request.method in ("GET", "HEAD")
    if not (reads and "text/html" in request.headers.get("accept", "")):
        return told
    html = render("busy.html", english=WORDS["en"], swahili=WORDS["sw"], again_s=AGAIN_S)
    headers = {
        "cache-control": "no-store",
        "content-security-policy": POLICY_OF_WORDS,
        "retry-after": str(AGAIN_S),
    }
    return Response(html, told.status_code, media_type="text/html", headers=headers)
