"""So many shoppers at once: whoever ends a story makes room for the next one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import count
from random import Random

from dukani.bench.figures import Step
from dukani.bench.options import Options
from dukani.bench.phones import Phones
from dukani.bench.shopper import GaveUp, Shopper
from dukani.bench.shops import Shop
from dukani.bench.story import TONGUES, Story
from dukani.sandbox.gallery import sample_photos
from dukani.sandbox.outside import Outside

BY_PHOTO = 0.3  # of the shoppers look for what is on a photo
MOST_RAMP_S = 30.0  # over which the first ones come
ENDED_WITHIN_S = 240.0  # after the last story began: a slow reader takes three minutes


class Crowd:
    """Plays steps; every shopper of every step has a number of her own."""

    def __init__(self, outside: Outside, shops: Sequence[Shop], *, seed: int) -> None:
        self._outside = outside
        self._shops = shops
        self._seed = seed
        self._numbers = count(1)
        self._phones = Phones(outside.world)
        self._photos: list[tuple[bytes, str]] = []

    async def draw_photos(self) -> None:
        """Before the load: drawing takes some hundred milliseconds each."""
        for photo in sample_photos():
            self._photos.append((await asyncio.to_thread(photo.jpeg), "image/jpeg"))

    async def play(self, step: Step, options: Options) -> None:
        """Until the minutes are over, or so many stories were begun; then all are ended.

        A story that does not end within four minutes more is a failure.
        """
        began = time.monotonic()
        async with self._phones.listening(shop.account.key for shop in self._shops):
            places = self._take_places(step, options)
            _, unfinished = await asyncio.wait(
                places, timeout=60 * options.minutes + ENDED_WITHIN_S
            )
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        for task in set(places) - unfinished:
            task.result()  # raises what was no shopper's giving up
        if unfinished:
            step.failures[f"not over {ENDED_WITHIN_S:.0f} s after the end"] += len(unfinished)
        step.took_s = time.monotonic() - began

    def _take_places(self, step: Step, options: Options) -> list[asyncio.Task[None]]:
        """The first shoppers come one after another, or all of them would write at once."""
        until = time.monotonic() + 60 * options.minutes
        left = iter(range(options.stories)) if options.stories is not None else count()
        ramp_s = min(MOST_RAMP_S, 60 * options.minutes / 4)

        async def place(wait_s: float) -> None:
            await asyncio.sleep(wait_s)
            for _ in left:
                if time.monotonic() >= until:
                    return
                await self._story(step, options.pause_s)

        waits_s = [ramp_s * n / step.shoppers for n in range(step.shoppers)]
        return [asyncio.create_task(place(wait_s)) for wait_s in waits_s]

    async def _story(self, step: Step, pause_s: float) -> None:
        shopper = self._shopper(next(self._numbers), pause_s)
        step.begun += 1
        try:
            await shopper.play()
            step.paid += 1
        except GaveUp as gave_up:
            step.failures[str(gave_up)] += 1
        finally:
            step.turns += shopper.turns
            self._phones.remove(shopper.phone)

    def _shopper(self, number: int, pause_s: float) -> Shopper:
        rng = Random(f"{self._seed}/{number}")
        shop = self._shops[number % len(self._shops)]
        story = Story(
            rng,
            rng.choice(shop.addresses),
            by_photo=rng.random() < BY_PHOTO,
            tongue=rng.choice(TONGUES),
        )
        phone = self._phones.add(shop.account.key, f"+25472{number:07d}")
        return Shopper(self._outside, phone, story, rng, pause_s, self._photos)
