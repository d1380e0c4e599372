"use client";

import { useUrl } from "@/shell/url";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useLookAgain } from "@/platform/works/look-again";

export type Event = Omit<Schemas["PlatformWebhookEvent"], "id"> & { id: string };
export type Outcome = Schemas["PlatformWebhookEvent"]["outcome"];
export type Provider = "twilio" | "meta" | "twilio_sms" | "africastalking" | "paylink" | "daraja";
export const PROVIDERS: Provider[] = ["twilio", "meta", "twilio_sms", "africastalking", "paylink", "daraja"];
export const OUTCOMES: Outcome[] = ["handled", "stored", "ignored", "unreadable", "unmatched", "unconfirmed", "unknown_number"];
export const WHICH = ["unhandled", "all"] as const;
export type Filters = { provider?: Provider; kind?: string; boutique_id?: string; nobodys?: boolean; outcome?: Outcome; since?: string; until?: string };
export const NOBODY = "nobody"; // in the place of a boutique's id

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const PROGRESS_MS = 700;

/** The filters as the address has them; days are this browser's, the last one included. */
export function useFilters(): Filters {
  const { params } = useUrl();
  const boutique = params.get("boutique");
  const provider = PROVIDERS.find((one) => one === params.get("provider"));
  const outcome = OUTCOMES.find((one) => one === params.get("outcome"));
  const kind = params.get("kind");
  const [since, until] = [dayOf(params.get("since")), dayOf(params.get("until"))];
  return {
    ...(provider && { provider }),
    ...(outcome && { outcome }),
    ...(kind && { kind }),
    ...(boutique === NOBODY ? { nobodys: true } : boutique && { boutique_id: boutique }),
    ...(since && { since: since.toISOString() }),
    ...(until && { until: new Date(until.getTime() + DAY_MS).toISOString() }),
  };
}

function dayOf(given: string | null): Date | null {
  if (!given || !DAY.test(given)) return null;
  const day = new Date(`${given}T00:00:00`);
  return Number.isNaN(day.getTime()) ? null : day;
}

export function useEvents(filters: Filters, unhandled: boolean, q: string): Rows<Event> {
  const query = { ...filters, ...(unhandled && { unhandled }), ...(q.trim() && { q: q.trim() }) };
  const found = rowsOf(api.useInfiniteQuery("get", "/platform/webhook-events", { params: { query } }, PAGING));
  return { ...found, rows: found.rows.map((one) => ({ ...one, id: String(one.id) })) };
}

export function useEvent(id: string) {
  return api.useQuery("get", "/platform/webhook-events/{event_id}", { params: { path: { event_id: Number(id) } } });
}

export function useReveal() {
  return api.useMutation("post", "/platform/webhook-events/{event_id}/reveal", { gcTime: 0 });
}

export function useReplay() {
  return api.useMutation("post", "/platform/webhook-replays");
}

/** How far an order has come, read until it is done; the lists are read again then. */
export function useProgress(replayId: string | null) {
  const path = { replay_id: replayId ?? "" };
  return api.useQuery("get", "/platform/webhook-replays/{replay_id}", { params: { path } }, {
    enabled: replayId !== null,
    refetchInterval: ({ state }) => (state.data && state.data.done >= state.data.events ? false : PROGRESS_MS),
  }).data;
}

export { useLookAgain };
