"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect } from "react";

import { Addresses, addressOf } from "./address";

const addresses = new Addresses();
if (typeof window !== "undefined") window.addEventListener("popstate", () => addresses.leave());

/** What of a page is in its address, so that a reload and a link show the same. */
export function useUrl() {
  const params = useSearchParams();
  const drawn = addressOf(usePathname(), new URLSearchParams(params));
  useEffect(() => addresses.draw(drawn), [drawn]);
  const change = useCallback((changes: Record<string, string | null>, how: "push" | "replace" = "push") => {
    const { pathname, search } = window.location;
    const newest = addresses.newest(addressOf(pathname, new URLSearchParams(search)));
    const next = new URLSearchParams(newest.slice(pathname.length));
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const url = addressOf(pathname, next);
    addresses.write(url);
    if (how === "push") window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  }, []);
  return { params, change };
}

/** A value of the address that is one of a few; the first stands for none. */
export function useChoice<Value extends string>(name: string, values: readonly [Value, ...Value[]]) {
  const { params, change } = useUrl();
  const given = params.get(name);
  const value = values.find((one) => one === given) ?? values[0];
  const choose = (chosen: Value) => change({ [name]: chosen === values[0] ? null : chosen, id: null }, "replace");
  return [value, choose] as const;
}
