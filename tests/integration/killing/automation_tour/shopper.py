"""A person with a browser and a phone: she opens the shop's window, chats, reads, replies, pays."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from tests.integration.killing.automation_tour.town import CLOCK_S, SOON_S, Shop, until

BROWSER = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)
_CODE = re.compile(r"\b(\d{6})\b")
_MESSAGE_LINK = re.compile(r"http\S+?(/l/[0-9A-Za-z]{12})")
_STOP_LINK = re.compile(r"http\S+?(/o/[0-9A-Za-z]{12})")


@dataclass
class Shopper:
    """`phone` in E.164; `payer`: the Kenyan phone that pays, her own where it is one."""

    shop: Shop
    phone: str
    name: str
    payer: str
    browser: httpx.AsyncClient = field(repr=False)

    # her browser

    async def open(self, path: str, **headers: str) -> str:
        """The page's HTML."""
        response = await self.browser.get(path, headers=headers)
        return response.text

    async def submit(self, path: str, **fields: str) -> str:
        """Presses a form's button; the page that follows."""
        response = await self.browser.post(path, data=fields)
        return response.text

    async def pieces(self) -> list[str]:
        """Paths of the pieces in the window that are there."""
        page = await self.open(f"/s/{self.shop.key}")
        cards = re.findall(r'<li>\s*<a href="(/s/[^"]+/p/[^"]+)"', page)
        return [html.unescape(one) for one in cards]

    async def put_in(self, piece: str) -> str:
        """Looks at a piece and puts it into the cart; the variant's id."""
        page = await self.open(piece)
        variants = re.findall(r'<option value="([0-9a-f-]{36})"', page)
        sku = re.search(r'name="sku" value="([^"]+)"', page)
        assert variants and sku, f"{piece} has nothing to choose"
        await self.submit(
            f"/s/{self.shop.key}/cart/add", variant=variants[0], sku=html.unescape(sku[1])
        )
        return str(variants[0])

    async def wait_for(self, variant: str, *, sku: str) -> str:
        """Asks to hear when a sold-out piece is there again, and agrees to offers for it."""
        await self.submit(f"/s/{self.shop.key}/p/{sku}/wait", variant=variant)
        return await self.ask_for_offers(waits=variant)

    async def ask_for_offers(
        self, *, where: Literal["whatsapp", "both", "sms"] = "both", waits: str | None = None
    ) -> str:
        """Types her number, and the code that comes by SMS; the last page."""
        before = len(await self.sms())
        ticked = {"agreed": "yes", "where": where} | ({"waits": waits} if waits else {})
        home = f"/s/{self.shop.key}/offers"
        page = await self.submit(home, phone=self.phone, **ticked)
        asked = re.search(r'name="asked" value="([^"]+)"', page)
        if asked is None:
            return page

        async def code() -> str | None:
            told = [one["text"] for one in (await self.sms())[before:]]
            found = (_CODE.search(text) for text in told)
            return next((match[1] for match in found if match), None)

        arrived = await until(code)
        return await self.submit(
            f"{home}/code", asked=asked[1], phone=self.phone, code=arrived or "none came"
        )

    async def order_in_the_window(self) -> str:
        """Agrees to the total and pays by M-Pesa; what the page of the payment says at last."""
        cart = f"/s/{self.shop.key}/cart"
        asked = {"address": "Kilimani, Rose Apartments B4", "phone": self.payer}
        page = await self.submit(f"{cart}/total", **asked)
        total = re.search(r'name="agreed_minor" value="(\d+)"', page)
        if total is None:
            return page
        paid_for = await self.browser.post(
            f"{cart}/order", data={**asked, "agreed_minor": total[1]}
        )
        await self.pay()

        async def paid() -> str:
            said = await self.open(paid_for.url.path)
            return said if "Paid." in said or "Imelipwa" in said else ""

        return str(await until(paid)) or await self.open(paid_for.url.path)

    # her phone

    async def look(self, phone: str | None = None) -> dict[str, Any]:
        where = {"account": self.shop.key, "contact": phone or self.phone}
        response = await self.shop.sandbox.get("/phone/api/chat", params=where)
        found: dict[str, Any] = response.json()
        return found

    async def told(self) -> list[str]:
        """What the shop wrote to her on WhatsApp and what arrived."""
        chat = await self.look()
        return [
            one["text"]
            for one in chat["messages"]
            if one["author"] == "boutique" and one["status"] != "failed"
        ]

    async def sms(self) -> list[dict[str, Any]]:
        """What came to her by SMS, M-Pesa's left out; the oldest first."""
        chat = await self.look()
        return [one for one in chat["sms"] if one["sender"] != "M-PESA" and not one.get("mine")]

    async def sms_after(self, before: int, *, patience_s: float = SOON_S) -> list[dict[str, Any]]:
        """What came by SMS since there were so many."""

        async def news() -> list[dict[str, Any]]:
            return (await self.sms())[before:]

        return await until(news, within_s=patience_s) or []

    async def reply_by_sms(self, text: str, *, sender: str) -> None:
        written = {"contact": self.phone, "sender": sender, "text": text, "wait": True}
        (await self.shop.sandbox.post("/phone/api/sms", json=written)).raise_for_status()

    async def write(self, text: str) -> list[str]:
        """Writes on WhatsApp; what she is answered."""
        before = len(await self.told())
        message = {
            "account": self.shop.key, "contact": self.phone, "text": text,
            "profile_name": self.name,
        }  # fmt: skip
        answer = await self.shop.sandbox.post("/phone/api/messages", json=message)
        answer.raise_for_status()

        async def answered() -> list[str]:
            return (await self.told())[before:]

        return await until(answered) or []

    async def read(self) -> None:
        """Opens the chat."""
        chosen = {"account": self.shop.key, "contact": self.phone}
        (await self.shop.sandbox.post("/phone/api/read", json=chosen)).raise_for_status()

    async def pay(self, *, within_s: float = SOON_S) -> bool:
        """Writes the PIN into the prompt of M-Pesa, once it is on the paying phone."""

        async def prompts() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = (await self.look(self.payer))["prompts"]
            return found

        found = await until(prompts, within_s=within_s)
        if not found:
            return False
        path = f"/phone/api/prompts/{found[-1]['checkout_request_id']}"
        given = {"outcome": "pin", "pin": "1234"}
        (await self.shop.sandbox.post(path, json=given)).raise_for_status()
        return True

    # what the database has of her

    async def customer_id(self) -> str:
        found = await self.shop.row(
            "select id::text as id from customers where boutique_id = %(shop)s and phone = %(of)s",
            of=self.phone,
        )
        return str(found.get("id", ""))

    async def anonymous_id(self) -> str:
        return self.browser.cookies.get("dukani_visitor") or ""

    async def sends(self) -> list[dict[str, Any]]:
        """The messages that rules had written to her, the oldest first."""
        return await self.shop.rows(
            """select s.*, s.id::text as id, m.body, m.status as message_status, m.attempts,
                 m.error_code as refused_for
               from automation_sends s
               join customers c on c.boutique_id = s.boutique_id and c.id = s.customer_id
               left join messages m on m.boutique_id = s.boutique_id and m.id = s.message_id
               where s.boutique_id = %(shop)s and c.phone = %(of)s order by s.created_at""",
            of=self.phone,
        )

    async def refused_for_now(self, tries: int) -> dict[str, Any]:
        """Her first message, once the provider has refused it so often; it is tried again."""

        async def there() -> dict[str, Any]:
            found = await self.sends()
            one = found[0] if found else {}
            return one if one and one["attempts"] >= tries and one["refused_for"] else {}

        found: dict[str, Any] = await until(there, within_s=CLOCK_S, every_s=0.1)
        return found

    async def sent(
        self, nth: int = 1, *, state: str = "delivered", within_s: float = SOON_S
    ) -> dict[str, Any]:
        """Her nth message once it has come so far; {} if it does not."""
        far = {"queued": 0, "sent": 1, "delivered": 2, "read": 3}

        async def there() -> dict[str, Any]:
            found = await self.sends()
            one = found[nth - 1] if len(found) >= nth else {}
            arrived = one and far.get(one["state"], -1) >= far.get(state, 9)
            return one if arrived or (one and one["state"] == state) else {}

        found: dict[str, Any] = await until(there, within_s=within_s)
        return found


def link_in(text: str) -> str:
    """The path of the message's link, if there is one."""
    found = _MESSAGE_LINK.search(text)
    return found[1] if found else ""


def stop_link_in(text: str) -> str:
    found = _STOP_LINK.search(text)
    return found[1] if found else ""
