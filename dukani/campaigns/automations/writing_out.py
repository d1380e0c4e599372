"""A step's message as this customer would get it: what is said, by which values and ways."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.campaigns.automations.cards import Card
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.composing import compose
from dukani.campaigns.automations.judging import Case
from dukani.campaigns.automations.template_message import approved_template
from dukani.campaigns.automations.values import Values, values_of
from dukani.campaigns.automations.ways import Ways, ways_to
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import sms_senders
from dukani.core.store.automation_sends import Channel
from dukani.core.store.boutiques import Boutique
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.automations import Content
from dukani.tools.sending_rules import is_window_open


@dataclass(frozen=True, slots=True)
class Draft:
    """`template`: the approved one that is sent when WhatsApp's 24 hours are over."""

    case: Case
    content: Content
    values: Values
    template: RegisteredTemplate | None
    ways: Ways
    window_open: bool


async def draft_of(conn: Connection, boutique: Boutique, case: Case) -> Draft:
    enrolment, stands = case.enrolment, case.situation
    content = case.definition.message(enrolment.step, enrolment.variant)
    provider = stands.provider or boutique.whatsapp_provider
    template = await approved_template(conn, content, provider=provider, language=stands.language)
    return Draft(
        case=case,
        content=content,
        values=await values_of(
            conn,
            boutique,
            customer_id=enrolment.customer_id,
            subject_kind=enrolment.subject_kind,
            subject_id=enrolment.subject_id,
            facts=enrolment.facts,
            content=content,
        ),
        template=template,
        ways=ways_to(stands, case.definition, has_template=template is not None, now=case.now),
        window_open=is_window_open(stands.last_inbound_at, case.now),
    )


async def written_by(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    draft: Draft,
    *,
    channel: Channel,
    code: str,
) -> Card | Lacks:
    sender = await sms_senders.in_use(conn)
    return compose(
        draft.content,
        draft.values,
        language=draft.case.situation.language,
        code=code,
        public_url=services.settings.web.public_url,
        window_open=draft.window_open,
        template=draft.template,
        provider=draft.case.situation.provider or boutique.whatsapp_provider,
        marketing=draft.case.is_marketing,
        one_way_sms=sender is None or not sender.can_be_answered,
        channel=channel,
    )
