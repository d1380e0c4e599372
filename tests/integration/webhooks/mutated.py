"""Bodies as providers send them, with anything in the place of parts of them."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.wiring import META_NUMBER, a_change, a_meta_message

ODD = [
    "", "\0", "-1", "1e999", "NaN", "../..", "' or 1=1 --", "x" * 5_000, "😀", "\u202e", "KE.1",
    "+254712000001", "wamid.1", "2" * 400,
]  # fmt: skip
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**18, 10**40)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)

MESSAGES: list[dict[str, Any]] = [
    {},
    {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg", "caption": "hii"}},
    {"type": "audio", "audio": {"id": "M2", "mime_type": "audio/ogg", "voice": True}},
    {"type": "interactive",
     "interactive": {"type": "list_reply", "list_reply": {"id": "option:2", "title": "2. A"}}},
    {"type": "interactive",
     "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": '{"note": "a"}'}}},
    {"type": "location", "location": {"latitude": -4.05, "longitude": 39.66, "name": "Kwa"}},
    {"type": "order", "order": {"catalog_id": "C", "product_items": [
        {"product_retailer_id": "P", "quantity": 1, "item_price": 5, "currency": "KES"}]}},
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "B"}, "phones": [
        {"phone": "+254 711 223344", "wa_id": "254711223344"}]}]},
    {"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": "🙏"}},
    {"type": "system", "system": {"type": "user_changed_number", "new_wa_id": "254722000002"}},
    {"context": {"id": "wamid.0", "referred_product": {"product_retailer_id": "P-1"}},
     "referral": {"headline": "h", "image_url": "https://x", "source_id": "1"}},
]  # fmt: skip


def changes() -> list[dict[str, Any]]:
    """One of each kind that Meta tells of."""
    contact = {
        "profile": {"name": "Wanjiku"},
        "wa_id": "254712000001",
        "user_id": "KE.123456789012",
    }
    said = [a_change(messages=[a_meta_message(**one)], contacts=[contact]) for one in MESSAGES]
    status = {"id": "wamid.9", "status": "failed", "timestamp": "1790000000",
              "recipient_id": "254712000001", "errors": [{"code": 131026, "title": "no"}],
              "pricing": {"category": "utility"}, "biz_opaque_callback_data": "x"}  # fmt: skip
    wish = {"wa_id": "254712000001", "category": "marketing_messages", "value": "stop",
            "timestamp": 1790000000}  # fmt: skip
    return [
        *said,
        a_change(statuses=[status]),
        a_change("user_preferences", user_preferences=[wish], contacts=[contact]),
        a_change("smb_message_echoes", message_echoes=[a_meta_message() | {"to": "254712000001"}]),
        a_change("user_id_update", user_id_update=[{"wa_id": "1", "user_id": {"current": "KE.1"}}]),
        {"field": "message_template_status_update",
         "value": {"event": "APPROVED", "message_template_id": 1, "message_template_name": "a",
                   "message_template_language": "en", "reason": "NONE"}},
        {"field": "phone_number_quality_update", "value": {"event": "FLAGGED"}},
    ]  # fmt: skip


@st.composite
def with_anything_in(draw: st.DrawFn, value: Any) -> Any:
    """A copy in which one to three parts are something else, or gone, or there twice."""
    whole = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(whole))
        if not places:
            return draw(ANYTHING)
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["other", "gone", "wrapped"])):
            case "other":
                holder[key] = draw(ANYTHING)
            case "gone":
                del holder[key]
            case "wrapped":
                holder[key] = [holder[key], holder[key]]
    return whole


def _places(value: Any) -> Any:
    items = (
        list(value.items()) if isinstance(value, dict)
        else list(enumerate(value)) if isinstance(value, list) else []
    )  # fmt: skip
    for key, inner in items:
        yield value, key
        yield from _places(inner)


def meta_changes() -> st.SearchStrategy[Any]:
    """Changes of the number that the tests' boutique has, mostly."""
    assert META_NUMBER in str(changes()[0])
    return st.sampled_from(changes()).flatmap(with_anything_in)
