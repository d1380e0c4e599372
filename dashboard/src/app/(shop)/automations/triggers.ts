import type { Trigger } from "./queries";

interface Traits {
  /** She must know it, or asked for it: it may be service. Anything else is an offer. */
  service?: true;
  /** It is about a cart or an order: there is a sum to speak of. */
  total?: true;
  /** It is about pieces that an owner may narrow down by kind. */
  kinds?: true;
}

/** What may begin a rule, in the order in which an owner is shown it. */
const TRAITS: Record<Trigger, Traits> = {
  cart_abandoned: { total: true, kinds: true },
  checkout_started: { total: true },
  payment_failed: { total: true, service: true },
  back_in_stock: { kinds: true },
  price_dropped: { kinds: true },
  view_product: { kinds: true },
  add_to_cart: { kinds: true },
  order_delivered: { total: true, service: true },
  support_message: { service: true },
};

export const TRIGGERS = Object.keys(TRAITS) as Trigger[];
export const mayBeService = (trigger: Trigger) => TRAITS[trigger].service === true;
export const hasTotal = (trigger: Trigger) => TRAITS[trigger].total === true;
export const hasKinds = (trigger: Trigger) => TRAITS[trigger].kinds === true;
