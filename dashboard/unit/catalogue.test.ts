import { describe, expect, it } from "vitest";

import { reasonsOf } from "@/app/(shop)/pieces/catalogue/reasons";

describe("why Meta refuses an item", () => {
  it.each([
    ["[IMAGE_MISSING] Missing image: The item has no image", "picture", "Missing image: The item has no image"],
    ["[PRICE_ZERO] Invalid price: The price must be above zero", "price", "Invalid price: The price must be above zero"],
    ["[POLICY_VIOLATION] Against the commerce policies", "policy", "Against the commerce policies"],
    ["You cannot create an item without required field Availability", "field", "You cannot create an item without required field Availability"],
    ["[SOMETHING_NEW] Words of tomorrow", "other", "Words of tomorrow"],
  ])("has a remedy: %s", (said, remedy, words) => expect(reasonsOf([said])).toEqual([{ remedy, words }]));

  it("is told by its words where there are some, else by its code", () => {
    const said = "[IMAGE_MISSING] Missing image";
    expect(reasonsOf(["IMAGE_MISSING", said])).toEqual([{ remedy: "picture", words: "Missing image" }]);
    expect(reasonsOf(["POLICY_VIOLATION"])).toEqual([{ remedy: "policy", words: "POLICY_VIOLATION" }]);
    expect(reasonsOf([])).toEqual([]);
  });
});
