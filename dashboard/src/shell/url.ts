"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** What of a page is in its address, so that a reload and a link show the same. */
export function useUrl() {
  const params = useSearchParams();
  const change = useCallback((changes: Record<string, string | null>, how: "push" | "replace" = "push") => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    const url = query ? `${window.location.pathname}?${query}` : window.location.pathname;
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
