import { expect, test } from "vitest";

import { type Content, sendable } from "../src/app/(shop)/automations/preview/use-preview";

const written: Content = {
  text: { en: "Hi {name}", sw: " " },
  sms: { en: "" },
  fallbacks: { name: { en: "friend", sw: "" }, price: { en: "" } },
  cta: { kind: "checkout", label: { en: "Order", sw: "" } },
  image: "product",
  product: "of_event",
  template: null,
};

test("what is not written yet is not sent to be previewed", () => {
  expect(sendable(written)).toEqual({
    ...written,
    text: { en: "Hi {name}" },
    sms: null,
    fallbacks: { name: { en: "friend" } },
    cta: { kind: "checkout", label: { en: "Order" } },
  });
});

test("without a word in any language there is nothing to preview", () => {
  expect(sendable({ ...written, text: { en: "", sw: "  " } })).toBeNull();
});
