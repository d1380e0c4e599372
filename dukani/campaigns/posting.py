"""Posts what was claimed: notes it as being posted, calls the provider, and records the answers.

No transaction is open while a provider answers. A process that dies in between leaves recipients
being posted, whose lease ends: they are unknown then, and nothing sends them again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dukani.campaigns.claiming import LEASE
from dukani.campaigns.filling import Filled, Lacks, chosen, filled
from dukani.campaigns.rates import Rates, category_of
from dukani.campaigns.refusing import Refused, must_stop, note_refusal, stop_for
from dukani.campaigns.send_codes import Verdict
from dukani.core.clients.messenger import Messenger, OutboundMessage, Sent
from dukani.core.clients.send_errors import NOT_REACHED
from dukani.core.clients.templates import template_of
from dukani.core.database import Connection
from dukani.core.errors import ProviderError, ProviderUnavailable, ProviderUnclear
from dukani.core.media_links import media_link
from dukani.core.services import Services
from dukani.core.store import campaign_posts, message_rates, message_templates, wallet
from dukani.core.store.campaign_claims import Candidate
from dukani.core.store.campaign_posts import Draft, Posting
from dukani.core.store.campaign_runs import Run
from dukani.core.store.message_rates import Category
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.campaigns import CampaignMessage, Pace
from dukani.domain.pieces import Option

AT_ONCE = 16  # calls to a provider of one job


class TooFewTokens(Exception):
    """The hold does not reach for the claimed ones; nothing was noted."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed recipient and her message."""

    to: Candidate
    filled: Filled
    category: Category  # as the provider has it now: it sets the price
    collage: bool = False  # its header's picture shows her pieces
    options: tuple[Option, ...] = ()  # the pieces that the picture numbers


@dataclass(frozen=True, slots=True)
class Answer:
    posting: Posting
    letter: Letter
    sent: Sent | None = None
    error: ProviderError | None = None


async def approved_of(conn: Connection, run: Run) -> dict[str, list[RegisteredTemplate]]:
    """The approved templates of the campaign and of its arms, by name."""
    arms = [arm["key"] for arm in (run.experiment or {}).get("variants", ())]
    names = {message_of(run, arm).template for arm in (None, *arms)}
    return {
        name: await message_templates.approved(conn, provider=run.provider, name=name)
        for name in sorted(names)
    }


def letters(
    recipients: Sequence[Candidate], approved: Mapping[str, Sequence[RegisteredTemplate]], run: Run
) -> tuple[list[Letter], dict[str, str]]:
    """Each recipient's message; and why there is none, by the recipient's id."""
    written: list[Letter] = []
    without: dict[str, str] = {}
    for one in recipients:
        message = message_of(run, one.variant)
        found = chosen(approved[message.template], message, one.language, shop=run.language)
        made = filled(found, message, one.variables) if found else None
        if found is None or made is None:
            without[one.id] = "no_template"
        elif isinstance(made, Lacks):
            without[one.id] = f"lacks_{made.variable}"
        else:
            category = category_of(found, at=datetime.now(UTC))
            collage = bool(one.product_ids) and wants_collage(run, one.variant, found)
            written.append(Letter(one, made, category, collage))
    return written, without


def message_of(run: Run, variant: str | None) -> CampaignMessage:
    """The campaign's message, or that of the recipient's arm."""
    arms = (run.experiment or {}).get("variants", ())
    own = next((arm.get("message") for arm in arms if arm["key"] == variant), None)
    return CampaignMessage.model_validate(own or run.message)


def wants_collage(run: Run, variant: str | None, found: RegisteredTemplate) -> bool:
    """Whether the header of this template shows the recipient her pieces.

    It does not in an arm that tries it without.
    """
    if found.form is None or TemplateForm.model_validate(found.form).header != "image":
        return False
    arms = (run.experiment or {}).get("variants", ())
    return all(arm.get("collage", True) for arm in arms if arm["key"] == variant)


async def post(
    services: Services, run: Run, written: Sequence[Letter], messenger: Messenger
) -> None:
    """Posts the letters. Raises TooFewTokens."""
    if not written:
        return
    async with services.database.tenant_connection(run.boutique_id) as conn:
        postings = await _note_posting(conn, run, written)
    by_recipient = {letter.to.id: letter for letter in written}
    line = asyncio.Semaphore(AT_ONCE)
    answers = await asyncio.gather(
        *(_send(services, messenger, one, by_recipient[one.recipient_id], line) for one in postings)
    )
    await _record(services, run, answers)


async def _note_posting(conn: Connection, run: Run, written: Sequence[Letter]) -> list[Posting]:
    rates = Rates(await message_rates.on(conn, day=datetime.now(UTC).date()))
    drafts = [
        Draft(
            recipient_id=letter.to.id,
            customer_id=letter.to.customer_id,
            body=letter.filled.text,
            media_path=letter.filled.picture,
            template=letter.filled.template.as_plain(),
            tokens=rates.of(letter.category, letter.to.phone).tokens,
            options=[option.model_dump(mode="json") for option in letter.options],
        )
        for letter in written
    ]
    postings = await campaign_posts.post(
        conn, drafts, campaign_id=run.campaign_id, provider=run.provider, lease=LEASE
    )
    await _take_tokens(conn, run, drafts, postings)
    return postings


async def _take_tokens(
    conn: Connection, run: Run, drafts: Sequence[Draft], postings: Sequence[Posting]
) -> None:
    """The wallet is locked last, and only until the commit."""
    tokens = {draft.recipient_id: draft.tokens for draft in drafts}
    sends = [(one.recipient_id, tokens[one.recipient_id], one.message_id) for one in postings]
    taken = await wallet.take_many(conn, hold=run.occurrence_id, sends=sends)
    if any(result in ("short", "none") for result in taken.values()):
        raise TooFewTokens


async def _send(
    services: Services,
    messenger: Messenger,
    posting: Posting,
    letter: Letter,
    line: asyncio.Semaphore,
) -> Answer:
    picture = letter.filled.picture
    link = await media_link(services, picture) if picture else None
    template = template_of(letter.filled.template.as_plain(), header_image_url=link)
    message = OutboundMessage(
        to=letter.to.to or "",
        text=letter.filled.text,
        template=template,
        callback_data=posting.message_id,
    )
    try:
        async with line:
            return Answer(posting, letter, sent=await messenger.send(message))
    except ProviderError as error:
        return Answer(posting, letter, error=error)


async def _record(services: Services, run: Run, answers: Sequence[Answer]) -> None:
    """Records all answers; what stops the whole campaign follows in a transaction of its own.

    That one locks the campaign first, as whoever pauses or cancels it does.
    """
    pace = Pace.model_validate(run.pace)
    stops: list[tuple[Refused, Verdict]] = []
    async with services.database.tenant_connection(run.boutique_id) as conn:
        accepted = [(a.posting, a.sent.provider_id, a.sent.held) for a in answers if a.sent]
        if accepted:
            await campaign_posts.note_accepted(conn, accepted)
        unclear = [a.posting.recipient_id for a in answers if isinstance(a.error, ProviderUnclear)]
        if unclear:
            await campaign_posts.note_unknown(conn, ids=unclear)
        for answer in answers:
            if answer.error is None or isinstance(answer.error, ProviderUnclear):
                continue
            refused = _refused(run, answer, answer.error)
            verdict = await note_refusal(conn, refused, pace)
            if must_stop(refused, verdict):
                stops.append((refused, verdict))
    for refused, verdict in stops[:1]:  # all of one batch have one reason
        async with services.database.tenant_connection(run.boutique_id) as conn:
            await stop_for(conn, refused, verdict)


def _refused(run: Run, answer: Answer, error: ProviderError) -> Refused:
    asked = error.retry_after_s if isinstance(error, ProviderUnavailable) else None
    to = answer.letter.to
    return Refused(
        boutique_id=run.boutique_id,
        campaign_id=run.campaign_id,
        occurrence_id=run.occurrence_id,
        recipient_id=to.id,
        customer_id=to.customer_id,
        identity=to.identity,
        provider=run.provider,
        tries=answer.posting.tries,
        code=error.code or NOT_REACHED,
        told_by=f"{run.provider}_answer",
        asked_wait=timedelta(seconds=min(asked or 0, 3600)),
    )
