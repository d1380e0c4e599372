import { beforeEach, expect, test } from "vitest";

import { Addresses, addressOf } from "@/shell/address";

let addresses: Addresses;

beforeEach(() => {
  addresses = new Addresses();
  addresses.draw("/pieces");
});

test("what is typed after a detail was closed begins without the detail, though the bar shows it again", () => {
  // given a piece opened and closed before either was drawn
  addresses.write("/pieces?id=1");
  addresses.write("/pieces");

  // when the first is drawn, and with it written into the bar
  addresses.draw("/pieces?id=1");

  // then
  expect(addresses.newest("/pieces?id=1")).toBe("/pieces");
});

test("once all is drawn, the bar tells", () => {
  addresses.write("/pieces?id=1");
  addresses.draw("/pieces?id=1");

  expect(addresses.newest("/pieces?filter=ended")).toBe("/pieces?filter=ended");
});

test("an address that was passed over is waited for no more", () => {
  addresses.write("/pieces?search=g");
  addresses.write("/pieces?search=go");
  addresses.draw("/pieces?search=go");

  expect(addresses.newest("/pieces?search=go&id=2")).toBe("/pieces?search=go&id=2");
});

test("what is drawn once more tells nothing new", () => {
  addresses.write("/pieces?id=1");
  addresses.draw("/pieces");

  expect(addresses.newest("/pieces")).toBe("/pieces?id=1");
});

test("a link, another page and the way back end the waiting", () => {
  addresses.write("/pieces?id=1");
  expect(addresses.newest("/orders")).toBe("/orders");

  addresses.draw("/pieces?filter=ended"); // by a link
  expect(addresses.newest("/pieces?filter=ended")).toBe("/pieces?filter=ended");

  addresses.write("/pieces?id=2");
  addresses.leave();
  expect(addresses.newest("/pieces")).toBe("/pieces");
});

test("one address has one spelling", () => {
  expect(addressOf("/pieces", new URLSearchParams("?search=go%3Fn"))).toBe("/pieces?search=go%3Fn");
  expect(addressOf("/pieces", new URLSearchParams("?search=a%20b"))).toBe(addressOf("/pieces", new URLSearchParams("search=a+b")));
  expect(addressOf("/pieces", new URLSearchParams())).toBe("/pieces");
});
