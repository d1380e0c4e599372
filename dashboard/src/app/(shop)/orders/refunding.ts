import type { OrderData } from "./queries";

type Item = Pick<OrderData["items"][number], "id" | "unit_price_minor" | "quantity" | "refunded">;
type Refundable = { items: Item[]; refundable_minor: number };

/** How many of each of the order's items, by the item's id. */
export type Chosen = Record<number, number>;

/** The sum for the pieces chosen; with every piece, all that may go back, the delivery too. */
export function suggestedRefund(order: Refundable, chosen: Chosen): number {
  const every = order.items.every((item) => (chosen[item.id] ?? 0) === item.quantity - item.refunded);
  if (every) return order.refundable_minor;
  const sum = order.items.reduce((all, item) => all + item.unit_price_minor * (chosen[item.id] ?? 0), 0);
  return Math.min(sum, order.refundable_minor);
}
