"""Whose number it is, is remembered for half a minute; what changed is known after it."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.webhooks.directory import Directory
from tests.clock import Clock
from tests.wiring import TWILIO_NUMBER, a_line


async def slug(directory: Directory) -> str | None:
    number = await directory.find("twilio", TWILIO_NUMBER)
    return number.boutique.slug if number else None


async def rename(services: Services, to: str) -> None:
    async with services.database.system_connection() as conn:
        await conn.execute("update boutiques set slug = %s", (to,))


async def test_a_number_is_looked_up_again_after_half_a_minute(services: Services) -> None:
    # given
    await a_line(services, "twilio", TWILIO_NUMBER, slug="before")
    clock = Clock()
    directory = Directory(services, clock=clock)
    await slug(directory)

    # when
    await rename(services, "after")

    # then
    clock.advance(29)
    assert await slug(directory) == "before"
    clock.advance(2)
    assert await slug(directory) == "after"


async def test_a_strangers_number_is_not_remembered(services: Services) -> None:
    directory = Directory(services, clock=Clock())
    assert await slug(directory) is None

    await a_line(services, "twilio", TWILIO_NUMBER, slug="new")

    assert await slug(directory) == "new"


async def test_a_number_is_another_one_at_another_provider(services: Services) -> None:
    # given the same digits at two providers, one of them known already
    await a_line(services, "twilio", "15550001111", slug="at-twilio")
    directory = Directory(services, clock=Clock())
    assert await directory.find("twilio", "15550001111") is not None

    assert await directory.find("meta", "15550001111") is None
