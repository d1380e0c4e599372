import type { Trigger } from "../queries";
import { hasTotal } from "../triggers";

export const VARIABLES = ["name", "product", "price", "discount", "total", "shop", "cta", "image"] as const;
export type VariableName = (typeof VARIABLES)[number];

/** Those that have something to say when this happens. */
export function variablesFor(trigger: Trigger): VariableName[] {
  return VARIABLES.filter((one) =>
    (one !== "discount" || trigger === "price_dropped") && (one !== "total" || hasTotal(trigger)));
}
