"""What the routes of the sandbox's Twilio share: basic auth, and errors in Twilio's format."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from dukani.sandbox.twilio_webhooks import MESSAGES

HTTP_STATUS = {
    "20003": 401, "20006": 403, "20404": 404, "20429": 429, "20500": 500, "20503": 503,
    "20504": 504, "21408": 403, "63038": 429,
}  # fmt: skip
basic = HTTPBasic(auto_error=False)
Credentials = Annotated[HTTPBasicCredentials | None, Depends(basic)]


def refusal(code: str) -> Response:
    """An error in Twilio's format; `http_502` is an empty one of a proxy before Twilio."""
    if code.startswith("http_"):
        return Response(status_code=int(code.removeprefix("http_")))
    status = HTTP_STATUS.get(code, 400)
    body = {
        "code": int(code) if code.isdigit() else code,
        "message": MESSAGES.get(code, f"Error {code}"),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return JSONResponse(body, status_code=status)
