import type { Tone } from "@/components/ui/badge";

import type { OrderRowData } from "./queries";

type Stated = Pick<OrderRowData, "status" | "details">;
export type OrderState =
  | "review" | "refunded" | "cancelled" | "delivered" | "returned" | "on_the_way" | "partly_sent" | "to_send"
  | "paying" | "unpaid";

const TONES: Record<OrderState, Tone> = {
  review: "risk", refunded: "plain", cancelled: "plain", delivered: "good", returned: "plain", on_the_way: "good",
  partly_sent: "waits", to_send: "waits", paying: "plain", unpaid: "plain",
};

/** The one word for where an order is; money at risk comes before everything else. */
export function orderState({ status, details }: Stated): OrderState {
  if (details.includes("in_review")) return "review";
  switch (status) {
    case "refunded": return "refunded";
    case "cancelled": return "cancelled";
    case "completed": return details.includes("returned") ? "returned" : "delivered";
    case "processing": return details.includes("partly_sent") ? "partly_sent" : "on_the_way";
    case "confirmed": return "to_send";
    case "pending": return details.includes("paying") ? "paying" : "unpaid";
  }
}

export const toneOf = (state: OrderState): Tone => TONES[state];
