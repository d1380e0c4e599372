"""A message of a rule as WhatsApp, SMS and Instagram would show it; nothing is kept or sent."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.campaigns.automations.cards import CardButton
from dukani.campaigns.automations.previewing import Previewed, WarningCode, preview
from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.core.sms_segments import segments
from dukani.core.store import sms_senders
from dukani.dashboard_api.access import AnActingMember, boutique_of
from dukani.dashboard_api.bodies import Answer, Body
from dukani.domain.acts import Language
from dukani.domain.automations import MAY_BE_SERVICE, Content, RuleClass, Trigger, Variable

router = APIRouter(prefix="/boutiques/{boutique_id}/automations", tags=["automations"])


class MessageToPreview(Body):
    """Without a customer an example stands in; without a language it is the customer's.

    Without a class it is shown as the most that a rule of the trigger may be: a service message has
    no line about how to stop offers.
    """

    content: Content
    trigger: Trigger
    rule_class: RuleClass | None = None
    customer_id: UUID | None = None
    language: Language | None = None


class PreviewButton(Answer):
    title: str
    url: str | None


class WhatsAppPreview(Answer):
    text: str
    picture_url: str | None
    buttons: list[PreviewButton]


class SmsPreview(Answer):
    """`characters`: those that count, of `per_segment` in each segment."""

    text: str
    segments: int
    encoding: Literal["GSM-7", "UCS-2"]
    characters: int
    per_segment: int


class InstagramPreview(Answer):
    title: str
    subtitle: str
    text: str
    picture_url: str | None
    buttons: list[PreviewButton]


class StoodIn(Answer):
    """A variable without a value, and the words that stand for it."""

    variable: Variable
    text: str


class MessageWarning(Answer):
    code: WarningCode
    detail: str


class MessagePreview(Answer):
    """`lacks`: the variable without which nothing is left to be said; then nothing is shown.

    `whatsapp` within the 24 hours after her last message, `outside` (the approved template) after
    them. `left_out`: variables whose clauses are left out. `is_example`: it is about the shop's
    newest piece, and not about a thing of this customer.
    """

    language: Language
    customer_id: UUID | None
    customer_name: str | None
    is_example: bool
    whatsapp: WhatsAppPreview | None
    outside: WhatsAppPreview | None
    sms: SmsPreview | None
    instagram: InstagramPreview | None
    lacks: str | None
    stood_in: list[StoodIn]
    left_out: list[str]
    warnings: list[MessageWarning]


@router.post("/preview")
async def preview_automation_message(
    member: AnActingMember, asked: MessageToPreview
) -> MessagePreview:
    """As the customer would read it now."""
    sender = await sms_senders.in_use(member.conn)
    found = await preview(
        member.conn,
        await boutique_of(member),
        asked.content,
        trigger=asked.trigger,
        rule_class=asked.rule_class or usual_class(asked.trigger),
        public_url=member.services.settings.web.public_url,
        customer_id=str(asked.customer_id) if asked.customer_id else None,
        language=asked.language,
        one_way_sms=sender is None or not sender.can_be_answered,
    )
    return _answer(member.services, found, asked.language)


def usual_class(trigger: Trigger) -> RuleClass:
    return "service" if trigger in MAY_BE_SERVICE else "marketing"


def _answer(services: Services, found: Previewed, wished: Language | None) -> MessagePreview:
    shown, card = found.shown, found.card
    return MessagePreview(
        language=card.language if card else wished or shown.values.language,
        customer_id=UUID(shown.customer.id) if shown.customer else None,
        customer_name=shown.customer.name if shown.customer else shown.values.name,
        is_example=shown.is_example,
        whatsapp=card
        and WhatsAppPreview(
            text=card.whatsapp.text,
            picture_url=_link(services, card.whatsapp.picture),
            buttons=_buttons(card.whatsapp.buttons),
        ),
        outside=found.outside
        and WhatsAppPreview(
            text=found.outside.text,
            picture_url=_link(services, found.outside.picture),
            buttons=[],
        ),
        sms=card and _sms(card.sms.text),
        instagram=card
        and InstagramPreview(
            title=card.instagram.title,
            subtitle=card.instagram.subtitle,
            text=card.instagram.text,
            picture_url=_link(services, card.instagram.image),
            buttons=_buttons(card.instagram.buttons),
        ),
        lacks=found.lacks,
        stood_in=[
            StoodIn(variable=variable, text=text)
            for variable, text in (card.stood_in.items() if card else ())
        ],
        left_out=list(card.left_out) if card else [],
        warnings=[MessageWarning.model_validate(one) for one in found.warnings],
    )


def _sms(text: str) -> SmsPreview:
    counted = segments(text)
    return SmsPreview(
        text=text,
        segments=counted.count,
        encoding=counted.encoding,
        characters=counted.characters,
        per_segment=counted.per_segment,
    )


def _link(services: Services, path: str | None) -> str | None:
    return own_link(services, path) if path else None


def _buttons(buttons: tuple[CardButton, ...]) -> list[PreviewButton]:
    return [PreviewButton.model_validate(one) for one in buttons]
