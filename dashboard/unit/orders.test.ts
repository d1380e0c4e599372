import { describe, expect, it } from "vitest";

import { mapLink } from "@/app/(shop)/orders/map-link";
import { orderState } from "@/app/(shop)/orders/order-state";
import { suggestedRefund } from "@/app/(shop)/orders/refunding";

describe("the one word for where an order is", () => {
  it("waits to be sent once it is paid", () => expect(orderState({ status: "confirmed", details: [] })).toBe("to_send"));
  it("is on its way, in part or whole, and then there", () => {
    expect(orderState({ status: "processing", details: ["partly_sent"] })).toBe("partly_sent");
    expect(orderState({ status: "processing", details: ["partly_refunded"] })).toBe("on_the_way");
    expect(orderState({ status: "completed", details: [] })).toBe("delivered");
    expect(orderState({ status: "completed", details: ["returned"] })).toBe("returned");
  });
  it("says money at risk before anything else", () => {
    expect(orderState({ status: "completed", details: ["in_review"] })).toBe("review");
    expect(orderState({ status: "cancelled", details: ["in_review"] })).toBe("review");
  });
  it("is not paid yet", () => {
    expect(orderState({ status: "pending", details: ["paying"] })).toBe("paying");
    expect(orderState({ status: "pending", details: ["payment_failed"] })).toBe("unpaid");
  });
});

describe("the sum that a refund begins with", () => {
  const items = [
    { id: 1, unit_price_minor: 450_000, quantity: 2, refunded: 0, restocked: 0, left: 0 },
    { id: 2, unit_price_minor: 300_000, quantity: 1, refunded: 0, restocked: 0, left: 1 },
  ];
  it("is that of the pieces chosen", () => {
    expect(suggestedRefund({ items, refundable_minor: 1_200_000 }, { 1: 1 })).toBe(450_000);
    expect(suggestedRefund({ items, refundable_minor: 1_200_000 }, { 1: 2, 2: 1 })).toBe(1_200_000);
  });
  it("is never more than what may go back", () => {
    expect(suggestedRefund({ items, refundable_minor: 500_000 }, { 1: 2 })).toBe(500_000);
  });
  it("is all that is left once every piece is chosen: the delivery too", () => {
    expect(suggestedRefund({ items, refundable_minor: 1_220_000 }, { 1: 2, 2: 1 })).toBe(1_220_000);
  });
});

describe("the way to the customer", () => {
  const place = { address: "Kilimani, Rose Apartments", latitude: null, longitude: null };
  it("is the customer's own pin", () => {
    expect(mapLink({ ...place, latitude: -1.29, longitude: 36.78 })).toContain("query=-1.29%2C36.78");
  });
  it("is else a search for the address", () => expect(mapLink(place)).toContain("query=Kilimani%2C%20Rose%20Apartments"));
  it("is none without either", () => expect(mapLink({ ...place, address: "" })).toBeNull());
});
