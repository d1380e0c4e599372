import { readdirSync } from "node:fs";
import path from "node:path";

import { beforeEach, describe, expect, it, vi } from "vitest";

import { type Action, keyReader, type Pressed } from "@/everywhere/keys";
import { PARTS } from "@/app/(shop)/settings/parts";
import { PLACES, placesFor } from "@/everywhere/places";
import { forgetOpened, opened, placeOf, rememberOpened } from "@/everywhere/recent";
import { areSame, changesFor, opensWith, paramsOf } from "@/views/params";
import type { View } from "@/views/queries";

function pressing(options: { mac?: boolean; letters?: boolean } = {}) {
  const read = keyReader({ mac: options.mac ?? false, letters: () => options.letters ?? true });
  let at = 0;
  return (key: string, more: Partial<Pressed> = {}): Action | null =>
    read({ key, ctrl: false, meta: false, alt: false, typing: false, at: (at += 100), ...more });
}

describe("keys", () => {
  it("go to a place after g", () => {
    const press = pressing();
    expect(press("g")).toBeNull();
    expect(press("o")).toEqual({ to: "/orders" });
    expect(press("o")).toBeNull(); // once
  });
  it("are each themselves when g was long ago, or something else came between", () => {
    const press = pressing();
    press("g");
    expect(press("m", { at: 9_000 })).toBeNull();
    press("g", { at: 9_100 });
    press("x", { at: 9_200 });
    expect(press("t", { at: 9_300 })).toBeNull();
  });
  it.each([
    ["?", { do: "shortcuts" }], ["/", { do: "search" }], ["j", { do: "next" }], ["k", { do: "before" }],
    ["n", { do: "new" }], ["Escape", { do: "close" }],
  ])("%s", (key, action) => expect(pressing()(key)).toEqual(action));
  it("leave typing alone, but for the palette and what a letter is not", () => {
    const press = pressing();
    for (const key of ["?", "/", "j", "g", "n", "Escape"]) expect(press(key, { typing: true })).toBeNull();
    expect(press("o", { typing: true })).toBeNull();
    expect(press("k", { typing: true, ctrl: true })).toEqual({ do: "palette" });
  });
  it.each(["ctrl", "meta", "alt"])("leave the browser what has %s", (modifier) => {
    for (const key of ["n", "j", "/", "t", "p", "f", "l"]) expect(pressing()(key, { [modifier]: true })).toBeNull();
  });
  it("open the palette by the key of the device", () => {
    expect(pressing()("k", { ctrl: true })).toEqual({ do: "palette" });
    expect(pressing()("k", { meta: true })).toBeNull();
    expect(pressing({ mac: true })("k", { meta: true })).toEqual({ do: "palette" });
    expect(pressing({ mac: true })("k", { ctrl: true })).toBeNull(); // cuts a line there
    expect(pressing()("k", { ctrl: true, alt: true })).toBeNull();
  });
  it("without a modifier do nothing once they are switched off", () => {
    const press = pressing({ letters: false });
    for (const key of ["?", "/", "j", "k", "n", "g", "o"]) expect(press(key)).toBeNull();
    expect(press("k", { ctrl: true })).toEqual({ do: "palette" });
    expect(press("Escape")).toEqual({ do: "close" });
  });
});

describe("screens", () => {
  const names = (role: "owner" | "staff", typed: string) => placesFor(role, typed).map(({ name }) => name);
  it("are found by the beginnings of their words, in both languages", () => {
    expect(names("owner", "new pi")).toEqual(["pieceNew"]);
    expect(names("owner", "bidhaa mpya")).toEqual(["pieceNew"]);
    expect(names("owner", "daily")).toEqual(["close"]);
    expect(names("owner", "FUNGA s")).toEqual(["close"]);
    expect(names("owner", "zzz")).toEqual([]);
    expect(names("owner", "??")).toEqual([]);
  });
  it("that begin with the word come first", () => expect(names("owner", "sell").slice(0, 1)).toEqual(["sell"]));
  it("are all there: a page or a part of the settings that is new gets its line in places.ts", () => {
    const shop = path.join(import.meta.dirname, "../src/app/(shop)");
    const pages = readdirSync(shop, { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "page.tsx")
      .map((file) => `/${path.dirname(file)}`.replace("/.", "/"));
    const parts = PARTS.filter((part) => !("page" in part)).map(({ name }) => `/settings?part=${name}`);
    const within = ["/figures/sessions"]; // opened from a figure, whose days and step it needs
    const known = PLACES.map(({ href }) => href);
    expect([...pages, ...parts].filter((one) => ![...known, ...within].includes(one))).toEqual([]);
    // and none leads to a page that is no more
    expect(known.map((one) => one.split("?")[0]).filter((one) => !pages.includes(one!))).toEqual([]);
  });
  it("of owners are for owners", () => {
    for (const name of ["pieceNew", "margin", "statement", "mpesa", "keys"]) {
      expect(names("staff", "")).not.toContain(name);
      expect(names("owner", "")).toContain(name);
    }
  });
});

describe("what was opened", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) });
  });
  const order = (id: string) => ({ kind: "order" as const, id, title: `DK-${id}` });
  it("is kept once, the latest first, of each boutique for itself", () => {
    for (const id of ["1", "2", "1"]) rememberOpened("a", order(id));
    expect(opened("a").map(({ id }) => id)).toEqual(["1", "2"]);
    expect(opened("b")).toEqual([]);
  });
  it("is a few, and goes when it is no more", () => {
    for (let id = 0; id < 12; id++) rememberOpened("a", order(String(id)));
    expect(opened("a")).toHaveLength(8);
    forgetOpened("a", "11");
    expect(opened("a")[0]).toEqual(order("10"));
  });
  it("has its place", () => {
    expect(placeOf(order("1"))).toBe("/orders?filter=all&id=1");
    expect(placeOf({ kind: "message", id: "m", conversation: "c" })).toBe("/chats?id=c&at=m");
    expect(placeOf({ kind: "message", id: "c" })).toBe("/chats?id=c");
  });
});

describe("saved views", () => {
  const view = (name: string, more: Partial<View> = {}): View => ({
    id: name, name, screen: "customers", params: {}, stale: [], shared: false, opens_first: false, updated_at: "", ...more,
  });
  const names = ["sort", "tag"];
  it("keep what the screen knows of its address", () =>
    expect(paramsOf(new URLSearchParams("tag=vip&id=1&sort=&x=2"), names)).toEqual({ tag: "vip" }));
  it("are the same in any order", () => {
    expect(areSame({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
    expect(areSame({ a: "1" }, { a: "1", b: "2" })).toBe(false);
  });
  it("take away what they do not name, and what is open", () =>
    expect(changesFor({ tag: "vip" }, names)).toEqual({ tag: "vip", sort: null, id: null }));
  it("open with the person's own choice before the shop's", () => {
    const shops = view("shop", { shared: true, opens_first: true });
    const own = view("own", { opens_first: true });
    expect(opensWith([shops, own])).toBe(own);
    expect(opensWith([shops, view("x")])).toBe(shops);
    expect(opensWith([view("x")])).toBeUndefined();
  });
});
