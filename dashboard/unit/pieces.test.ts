import { describe, expect, it } from "vitest";

import { bySize, gridOf, sizesOf, stockOf, unitsOf } from "@/app/(shop)/pieces/add/sizes";
import { moved } from "@/app/(shop)/pieces/moved";
import { newOnes } from "@/app/(shop)/pieces/new-ones";

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

describe("the order of pictures and sizes", () => {
  it("moves one picture and keeps the others' order", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a"], 3, 0)).toEqual(["a"]);
  });
  it("sorts sizes as people do", () =>
    expect(["XL", "10", "S", "Free", "9", "M"].sort(bySize)).toEqual(["S", "M", "XL", "9", "10", "Free"]));
  it("asks for the colours and sizes that a piece has not yet", () =>
    expect(newOnes({ red: { S: 1, M: 0 } }, [{ colour: "red", size: "M" }])).toEqual({ red: { S: 1 } }));
});
