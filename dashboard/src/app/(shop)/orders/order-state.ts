import type { Tone } from "@/components/ui/badge";

import type { OrderRowData } from "./queries";

type Stated = Pick<OrderRowData, "status" | "payment_status" | "fulfilment_status" | "review_reason">;
export type OrderState =
  | "review" | "cancelled" | "delivered" | "returned" | "on_the_way" | "to_send" | "paying" | "unpaid";

const TONES: Record<OrderState, Tone> = {
  review: "risk", cancelled: "plain", delivered: "good", returned: "plain", on_the_way: "good",
  to_send: "waits", paying: "plain", unpaid: "plain",
};

// A paid order that a person must look at all the same.
const PAID_YET_WRONG = ["oversold", "second_receipt", "wrong_amount"];

/** The one word for where an order is; money at risk comes before everything else. */
export function orderState(order: Stated): OrderState {
  const wrong = order.review_reason !== null && PAID_YET_WRONG.includes(order.review_reason);
  if (order.payment_status === "needs_review" || (order.payment_status === "paid" && wrong)) return "review";
  if (order.status === "cancelled") return "cancelled";
  if (order.fulfilment_status === "delivered") return "delivered";
  if (order.fulfilment_status === "returned") return "returned";
  if (order.fulfilment_status === "dispatched") return "on_the_way";
  if (order.payment_status === "paid") return "to_send";
  return order.payment_status === "pending" ? "paying" : "unpaid";
}

export const toneOf = (state: OrderState): Tone => TONES[state];
