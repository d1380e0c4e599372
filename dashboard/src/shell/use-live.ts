"use client";

import { useQueryClient } from "@tanstack/react-query";
import { EventSource } from "eventsource";
import { useEffect } from "react";

import { accessToken } from "@/auth/client";

import { useBoutique } from "./boutique";

const GATHER_MS = 300; // events that come together are one look
const KINDS = [
  "cart_changed", "order_placed", "order_paid", "order_cancelled", "order_partly_dispatched", "order_dispatched", "order_delivered",
  "order_refunded",
  "order_returned", "payment_in_review", "payment_failed", "price_dropped", "back_in_stock", "stock_low",
  "person_wanted", "message_in", "message_out",
];

/**
 * Looks again when something happens in the boutique. One tab of a browser holds the stream and
 * tells the others, since a browser opens six streams to a server at most.
 */
export function useLive(): void {
  const queries = useQueryClient();
  const { boutique_id } = useBoutique();
  useEffect(() => {
    const channel = new BroadcastChannel(`dukani.live.${boutique_id}`);
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] !== "/me" });
      }, GATHER_MS);
    };
    channel.onmessage = look;
    const hold = () => stream(boutique_id, gone.signal, () => {
      look();
      channel.postMessage("happened");
    });
    // Locks are for secure addresses only; on a plain one each tab holds a stream of its own.
    if ("locks" in navigator) {
      navigator.locks.request(`dukani.live.${boutique_id}`, { signal: gone.signal }, hold).catch((error: unknown) => {
        if (!gone.signal.aborted) console.warn("no live changes", error);
      });
    } else void hold();
    return () => {
      gone.abort();
      clearTimeout(timer);
      channel.close();
    };
  }, [boutique_id, queries]);
}

/** Holds the stream until it is not wanted any more; it comes back by itself after a drop. */
function stream(boutiqueId: string, gone: AbortSignal, onEvent: () => void): Promise<void> {
  const base = process.env.NEXT_PUBLIC_API_URL ?? "";
  const source = new EventSource(`${base}/api/v1/boutiques/${boutiqueId}/events`, {
    fetch: async (url, init) =>
      // A fresh token at each connection: they count for an hour.
      fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${(await accessToken()) ?? ""}` } }),
  });
  for (const kind of KINDS) source.addEventListener(kind, onEvent);
  return new Promise((done) => {
    gone.addEventListener("abort", () => {
      source.close();
      done();
    });
  });
}
