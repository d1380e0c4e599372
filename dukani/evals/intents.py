"""Maps the names of intents and slots in evaluation files to our neutral names."""

from __future__ import annotations

from dukani.evals.neutral import KINDS, SLOTS

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "search": ("find", "search_product", "search_products", "browse", "product_search",
               "find_product", "show_products", "refine_search", "filter"),
    "more_options": ("more", "show_more", "next_options", "more_results", "see_more",
                     "go_back", "back", "previous_options"),
    "select_option": ("select", "choose", "choose_option", "pick", "pick_option", "select_product",
                      "selection"),
    "set_variant": ("choose_variant", "select_variant", "variant", "set_size", "set_colour",
                    "set_color", "set_quantity", "choose_size", "choose_colour"),
    "add_to_cart": ("add_item", "add", "add_cart", "buy", "put_in_cart"),
    "correction": ("correct", "amend", "change_selection", "change_variant", "undo", "swap",
                   "swap_item", "substitute", "replace_item", "split"),
    "ask_price": ("price", "price_question", "ask_cost", "ask_discount", "negotiate"),
    "ask_availability": ("availability", "check_stock", "ask_stock", "check_availability"),
    "ask_size": ("size_help", "ask_size_advice", "size_advice", "size_question", "recommend_size",
                 "ask_fit"),
    "ask_shop": ("shop_info", "ask_hours", "ask_delivery", "delivery_question", "ask_location",
                 "ask_returns", "ask_payment_methods", "ask_payment", "shop_question", "faq",
                 "ask_shop_info", "ask_policy", "ask_question", "ask_bot", "ask_assistant",
                 "ask_reservation", "reserve", "ask_pay_on_delivery", "ask_gift_wrap"),
    "view_cart": ("show_cart", "see_cart", "cart", "cart_view"),
    "remove_item": ("remove", "remove_from_cart", "delete_item"),
    "change_quantity": ("update_quantity", "set_cart_quantity", "edit_quantity",
                        "increase_quantity", "decrease_quantity"),
    "clear_cart": ("empty_cart", "remove_all"),
    "checkout": ("pay", "proceed_to_checkout", "place_order", "order"),
    "provide_address": ("give_address", "address", "delivery_address", "set_address",
                        "provide_location", "share_location", "change_address",
                        "update_address"),
    "affirm": ("yes", "confirm", "accept", "agree", "affirmative"),
    "deny": ("no", "reject", "decline", "refuse", "negative"),
    "payment_retry": ("retry_payment", "resend_prompt", "retry", "resend_stk"),
    "payment_phone": ("change_payment_phone", "other_phone", "pay_with_other_number",
                      "payment_number", "change_phone", "pay_other_number", "pay_other_phone",
                      "other_number", "change_number", "pay_with_other_phone"),
    "payment_done": ("paid", "payment_claim", "claim_paid", "payment_made"),
    "order_status": ("track_order", "ask_order_status", "where_is_my_order", "order_tracking"),
    "handoff": ("human", "agent", "escalate", "human_handoff", "talk_to_human", "complaint",
                "request_human", "hand_off"),
    "opt_out": ("unsubscribe", "stop", "optout"),
    "opt_in": ("subscribe", "resubscribe", "optin", "start"),
    "greeting": ("hello", "greet", "hi"),
    "thanks": ("thank", "thank_you", "gratitude", "goodbye", "bye"),
    "start_over": ("restart", "reset", "begin_again"),
    "cancel": ("cancel_order", "abort"),
    "unclear": ("fallback", "unknown", "other", "none", "off_topic", "out_of_scope", "chitchat",
                "nonsense", "smalltalk", "repeat", "say_again"),
}  # fmt: skip

_OTHER_SLOT_NAMES: dict[str, tuple[str, ...]] = {
    "option": ("line", "number", "index", "item", "option_number"),
    "quantity": ("qty", "count", "pieces"),
    "colour": ("color",),
    "exclude_colour": ("exclude_color", "not_colour", "excluded_colour"),
    "exclude_size": ("not_size", "excluded_size"),
    "category": ("type", "product_type", "garment"),
    "budget_max": ("max_price", "price_max", "budget"),
    "budget_min": ("min_price", "price_min"),
    "phone": ("phone_number", "msisdn"),
    "name": ("product", "product_name"),
    "exclude_pattern": ("not_pattern", "excluded_pattern"),
    "order_ref": ("order_number", "order_no", "order_id", "order"),
    "payment_ref": ("receipt", "mpesa_code", "mpesa_ref", "transaction_code", "payment_code"),
}

_KIND_OF = {other: kind for kind, others in _OTHER_NAMES.items() for other in others}
_SLOT_OF = {other: slot for slot, others in _OTHER_SLOT_NAMES.items() for other in others}


def alternatives(intent: str) -> tuple[str, ...]:
    """The intents in `a|b`, any of which is accepted."""
    return tuple(name for name in intent.split("|") if name.strip())


def kind_of(intent: str) -> str | None:
    """The neutral name of one intent; None for an unknown one."""
    name = _plain(intent)
    return name if name in KINDS else _KIND_OF.get(name)


def slot_of(slot: str) -> str | None:
    """The neutral name of a slot; None for an unknown one."""
    name = _plain(slot)
    return name if name in SLOTS else _SLOT_OF.get(name)


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
