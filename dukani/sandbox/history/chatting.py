"""A customer of the month asks about the shop."""

from __future__ import annotations

from dukani.agent.facts import Greeted
from dukani.domain.acts import AskShop
from dukani.sandbox.history import sayings
from dukani.sandbox.history.scene import Scene
from dukani.tools import shop_answers


async def ask(scene: Scene) -> None:
    topic, words = scene.shop.one_of(sayings.ASKED)
    scene.talk.customer(words[scene.person.language])
    answer = shop_answers.answer(
        AskShop(topic=topic),
        scene.shop.facts,
        scene.shop.zones,
        language=scene.person.language,
        flat_fee_minor=scene.boutique.delivery_fee_minor,
    )
    scene.talk.assistant(*hello(scene), answer)


def hello(scene: Scene) -> list[Greeted]:
    return [Greeted(name=scene.talk.first_name)] if scene.is_first else []
