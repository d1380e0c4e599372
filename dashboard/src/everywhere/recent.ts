import type { Schemas } from "@/api/client";

// Under the name of what is known, so that it is forgotten with it when the person signs out.
const AS = "dukani.known.opened:";
const MOST = 8;

export type Opened = { kind: Schemas["SearchHit"]["kind"]; id: string; title: string };

/** What was opened last on this device in a boutique, the latest first. */
export function opened(boutique: string): Opened[] {
  try {
    return JSON.parse(localStorage.getItem(AS + boutique) ?? "[]") as Opened[];
  } catch {
    return []; // written by nobody we know
  }
}

export function rememberOpened(boutique: string, one: Opened): void {
  const others = opened(boutique).filter(({ kind, id }) => kind !== one.kind || id !== one.id);
  try {
    localStorage.setItem(AS + boutique, JSON.stringify([one, ...others].slice(0, MOST)));
  } catch (error) {
    console.warn("what was opened is not kept", error); // the browser's room is used up
  }
}

/** What is no more, as a customer who was erased. */
export function forgetOpened(boutique: string, id: string): void {
  localStorage.setItem(AS + boutique, JSON.stringify(opened(boutique).filter((one) => one.id !== id)));
}

/** Where a thing is opened. */
export function placeOf(one: { kind: Opened["kind"]; id: string; conversation?: string | null }): string {
  switch (one.kind) {
    case "order": return `/orders?filter=all&id=${one.id}`;
    case "customer": return `/customers?id=${one.id}`;
    case "piece": return `/pieces?id=${one.id}`;
    case "message": return one.conversation ? `/chats?id=${one.conversation}&at=${one.id}` : `/chats?id=${one.id}`;
  }
}
