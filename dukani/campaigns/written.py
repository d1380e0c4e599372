"""A campaign between its row and what its owner wrote."""

from __future__ import annotations

from dukani.core.store.campaigns import CampaignDocuments
from dukani.domain.campaigns import WrittenCampaign


def documents_of(written: WrittenCampaign) -> CampaignDocuments:
    """As the row keeps it."""
    documents = written.model_dump(mode="json")
    return CampaignDocuments(**{name: documents[name] for name in WrittenCampaign.model_fields})


def written_in(campaign: CampaignDocuments) -> WrittenCampaign:
    """As its owner wrote it."""
    return WrittenCampaign.model_validate(
        {name: getattr(campaign, name) for name in WrittenCampaign.model_fields}
    )
