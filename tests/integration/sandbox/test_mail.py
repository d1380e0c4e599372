"""The mails of a demo are shown, and no text of theirs becomes a page's own."""

from __future__ import annotations

import httpx

from dukani.core.clients.mail import Mail, build_mailer
from dukani.core.settings import GivenSettings


async def test_a_mail_is_shown_with_its_link(http: httpx.AsyncClient) -> None:
    # given the client that production uses
    settings = GivenSettings(mail={"base_url": str(http.base_url), "api_key": "key"}).mail
    mailer = build_mailer(http, settings)
    assert mailer is not None

    # when it sends a mail
    text = "Open https://dukani.test/a?b=1&c=2\n<script>alert(1)</script>"
    mail_id = await mailer.send(Mail("amina@example.com", "Hello <b>", text))

    # then it is on the page, as text
    page = await http.get("/mail")
    assert mail_id
    assert '<a href="https://dukani.test/a?b=1&amp;c=2">' in page.text
    assert "<script>" not in page.text
    assert "Hello &lt;b&gt;" in page.text
    assert (await http.get("/mails")).json()[0]["to"] == ["amina@example.com"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
