"""Posts the messages that are noted as being posted, and says what the provider answered.

No transaction is open while a provider answers. A process that dies in between leaves recipients
being posted, whose lease ends: they are unknown then, and nothing sends them again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from dukani.campaigns.noting import Post
from dukani.core.clients.messenger import Messenger, OutboundMessage, Sent
from dukani.core.clients.templates import template_of
from dukani.core.errors import ProviderError
from dukani.core.media_links import media_link
from dukani.core.services import Services

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """Neither `sent` nor `error`: nobody knows whether the provider took it."""

    post: Post
    sent: Sent | None = None
    error: ProviderError | None = None


async def post_all(services: Services, posts: Sequence[Post], messenger: Messenger) -> list[Answer]:
    """Posts them at once. What fails in an unforeseen way is one message's, and in doubt."""
    answers = await asyncio.gather(
        *(_post(services, messenger, one) for one in posts), return_exceptions=True
    )
    return [_answer(one, found) for one, found in zip(posts, answers, strict=True)]


def _answer(post: Post, found: Answer | BaseException) -> Answer:
    if isinstance(found, Answer):
        return found
    if not isinstance(found, Exception):
        raise found
    log.error("campaign_message_in_doubt", message=post.posting.message_id, exc_info=found)
    return Answer(post)


async def _post(services: Services, messenger: Messenger, post: Post) -> Answer:
    letter = post.letter
    picture = letter.filled.picture
    link = await media_link(services, picture) if picture else None
    message = OutboundMessage(
        to=letter.to.to or "",
        text=letter.filled.text,
        template=template_of(letter.filled.template.as_plain(), header_image_url=link),
        callback_data=post.posting.message_id,
        marketing=letter.category == "marketing",
    )
    try:
        return Answer(post, sent=await messenger.send(message))
    except ProviderError as error:
        return Answer(post, error=error)
