"""Plays the mail service (Resend's wire), and shows the mails that arrived at `/mail`."""

from __future__ import annotations

import html
import re
import time
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from dukani.sandbox.outside import TheOutside

router = APIRouter(tags=["mail"])

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LINK = re.compile(r"https?://[^\s<>\"']+")
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #ddd;padding:1rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
h2{font-size:1rem;margin:0}small{color:#555}"""


class SentMail(BaseModel):
    """A mail as it is sent through the API."""

    model_config = ConfigDict(populate_by_name=True)

    sender: str = Field(alias="from", min_length=3)
    to: list[str] = Field(min_length=1, max_length=50)
    subject: str
    text: str = ""
    at: float = Field(default_factory=time.time)


@router.post("/emails")
async def send(
    outside: TheOutside, mail: SentMail, authorization: Annotated[str, Header()] = ""
) -> dict[str, str]:
    if not authorization.startswith("Bearer "):
        raise HTTPException(401, "Missing API key in the authorization header")
    mails = outside.world.mails
    mails.append(mail)
    return {"id": f"mail-{len(mails)}"}


@router.get("/mails")
async def mails(outside: TheOutside) -> list[SentMail]:
    """The latest mail first."""
    return list(reversed(outside.world.mails))


@router.get("/mail")
async def page(outside: TheOutside) -> HTMLResponse:
    shown = "".join(_article(mail) for mail in reversed(outside.world.mails))
    empty = "<p>No mail yet: ask for a new password, or invite somebody.</p>"
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>Mail</title><style>{_STYLE}"
    body = f"{head}</style><h1>Mail of the demo</h1>{shown or empty}</html>"
    return HTMLResponse(body, headers={"content-security-policy": POLICY})


def _article(mail: SentMail) -> str:
    text = _LINK.sub(r'<a href="\g<0>">\g<0></a>', html.escape(mail.text))
    to, subject = html.escape(", ".join(mail.to)), html.escape(mail.subject)
    return f"<article><h2>{subject}</h2><small>{to}</small>\n\n{text}</article>"
