"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { EventSource } from "eventsource";
import { useEffect } from "react";

import { accessToken } from "@/auth/client";

import { useBoutique } from "./boutique";

const GATHER_MS = 300; // events that come together are one look
const KINDS = [
  "cart_changed", "order_placed", "order_paid", "order_cancelled", "order_partly_dispatched", "order_dispatched", "order_delivered",
  "order_refunded",
  "order_returned", "payment_in_review", "payment_failed", "price_dropped", "back_in_stock", "stock_low",
  "person_wanted", "conversation_changed", "message_in", "message_out", "campaign_changed",
  "template_changed", "automation_decided", "automation_told",
  // Not `view_product`: visitors of the window look at pieces all day, and each would be a look here.
  "cart_abandoned", "add_to_cart", "checkout_started", "support_message", "consent_changed",
];

/** What the tab that holds the stream tells the others. */
type Told = "happened" | "left";
const AGAIN_MS = 4_000; // before a stream that was refused is tried anew

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
    const hear = (told: Told) => {
      // No member any more: the gate shows what the person may still see.
      // It is told again at each refusal: what is being asked already must not begin anew each time.
      if (told === "left") void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] === "/me" }, { cancelRefetch: false });
      else timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] !== "/me" && !query.meta?.settled });
      }, GATHER_MS);
    };
    channel.onmessage = ({ data }) => hear(data as Told);
    const hold = () => stream(boutique_id, gone.signal, (told) => {
      hear(told);
      channel.postMessage(told);
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
function stream(boutiqueId: string, gone: AbortSignal, tell: (told: Told) => void): Promise<void> {
  if (gone.aborted) return Promise.resolve(); // the lock may be granted after it: it must be let go
  const base = process.env.NEXT_PUBLIC_API_URL ?? "";
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = async () => {
    const stream = await import("eventsource").catch(() => null); // not loaded before the page is shown
    if (gone.aborted) return;
    if (!stream) {
      again = setTimeout(open, AGAIN_MS);
      return;
    }
    source = new stream.EventSource(`${base}/api/v1/boutiques/${boutiqueId}/events`, {
      fetch: async (url, init) => {
        // A fresh token at each connection: they count for an hour.
        const answer = await fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${(await accessToken()) ?? ""}` } });
        // What says why it was refused is read by nobody, and an unread answer stays open.
        if (!answer.ok) void answer.body?.cancel();
        return answer;
      },
    });
    for (const kind of KINDS) source.addEventListener(kind, () => tell("happened"));
    source.addEventListener("membership_ended", () => {
      source?.close(); // it would come back by itself, only to be refused
      again = setTimeout(open, AGAIN_MS); // unless the gate has closed: an invitation may have come meanwhile
      tell("left");
    });
    source.addEventListener("error", ({ code }) => {
      if (source?.readyState !== stream.EventSource.CLOSED) return; // dropped, not refused: it tries again itself
      if (code === 404) tell("left");
      again = setTimeout(open, AGAIN_MS);
    });
  };
  void open();
  return new Promise((done) => {
    gone.addEventListener("abort", () => {
      clearTimeout(again);
      source?.close();
      done();
    });
  });
}
