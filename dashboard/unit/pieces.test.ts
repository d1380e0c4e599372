import { describe, expect, it } from "vitest";

import { gridOf, sizesOf, stockOf, unitsOf } from "@/app/(shop)/pieces/add/sizes";

describe("the grid of colours and sizes", () => {
  const typed = { red: { S: 2, M: 0 }, blue: { S: 1, M: 3 } };

  it("keeps what was typed when a size or a colour comes in", () =>
    expect(gridOf(["red", "green"], ["S", "L"], typed)).toEqual({ red: { S: 2, L: 0 }, green: { S: 0, L: 0 } }));
  it("sends only what there is", () => expect(stockOf(typed)).toEqual({ red: { S: 2 }, blue: { S: 1, M: 3 } }));
  it("counts all units", () => expect(unitsOf(typed)).toBe(6));
  it("begins with the sizes of the kind", () => {
    expect(sizesOf("shoes")).toContain("39");
    expect(sizesOf("bag")).toEqual(["ONE"]);
    expect(sizesOf("a kind nobody knows")).toContain("M");
  });
});
