import { describe, expect, it } from "vitest";

import { orderState } from "@/app/(shop)/orders/order-state";

const PAID = {
  status: "confirmed", payment_status: "paid", fulfilment_status: "unfulfilled", review_reason: null,
} as const;

describe("the one word for where an order is", () => {
  it("waits to be sent once it is paid", () => expect(orderState(PAID)).toBe("to_send"));
  it("is on its way, and then there", () => {
    expect(orderState({ ...PAID, fulfilment_status: "dispatched" })).toBe("on_the_way");
    expect(orderState({ ...PAID, fulfilment_status: "delivered" })).toBe("delivered");
  });
  it("says money at risk before anything else", () => {
    const delivered = { ...PAID, fulfilment_status: "delivered", review_reason: "second_receipt" } as const;
    expect(orderState(delivered)).toBe("review");
    expect(orderState({ ...PAID, status: "cancelled", payment_status: "needs_review" })).toBe("review");
  });
  it("is not paid yet", () => {
    expect(orderState({ ...PAID, status: "open", payment_status: "pending" })).toBe("paying");
    expect(orderState({ ...PAID, status: "open", payment_status: "failed" })).toBe("unpaid");
  });
});
