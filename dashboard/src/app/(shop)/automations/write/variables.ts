import type { Trigger } from "../queries";

export const VARIABLES = ["name", "product", "price", "discount", "total", "shop", "cta", "image"] as const;
export type VariableName = (typeof VARIABLES)[number];

const OF_A_CART: readonly Trigger[] = ["cart_abandoned", "checkout_started", "payment_failed", "order_delivered"];

/** Those that have something to say when this happens. */
export function variablesFor(trigger: Trigger): VariableName[] {
  return VARIABLES.filter((one) =>
    (one !== "discount" || trigger === "price_dropped") && (one !== "total" || OF_A_CART.includes(trigger)));
}
