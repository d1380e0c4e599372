import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { KEPT_AS, keptSession } from "@/auth/kept-session";

// What the API told last, kept in this browser: shown at once, and asked for again behind it. A
// query says by its `meta.keptFor` that it is kept: for the `day` it tells of, or for a few `days`.
const AS = "dukani.known";
const DAYS_MS = 7 * 86_400_000;
const GATHER_MS = 1_500;

type KeptFor = "day" | "days";
type Known = { key: QueryKey; data: unknown; at: number; keptFor: KeptFor };
type Kept = { userId: string; known: Known[] };

/** Gives the queries what this person was told last, where they know nothing newer. */
export function restoreKnown(queries: QueryClient, userId: string, now = Date.now()): void {
  const kept = JSON.parse(localStorage.getItem(AS) ?? "null") as Kept | null;
  if (kept?.userId !== userId) return;
  for (const { key, data, at, keptFor } of kept.known) {
    if (isOld(at, keptFor, now) || queries.getQueryData(key) !== undefined) continue;
    queries.setQueryData(key, data, { updatedAt: at });
  }
}

/** Keeps what is told from now on, until it is stopped. */
export function keepKnown(queries: QueryClient, userId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    timer = undefined;
    write(queries, userId);
  };
  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || !event.query.meta?.keptFor) return;
    timer ??= setTimeout(keep, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The next person at this browser must not read it. */
export function forgetKnown(): void {
  localStorage.removeItem(AS);
  // What other parts keep under names that begin so.
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${AS}.`)) localStorage.removeItem(name);
}

function write(queries: QueryClient, userId: string): void {
  // Another tab may have signed out meanwhile.
  if (keptSession(localStorage.getItem(KEPT_AS))?.user.id !== userId) return;
  const known = queries.getQueryCache().getAll().flatMap(({ queryKey, state, meta }): Known[] =>
    meta?.keptFor && state.data !== undefined
      ? [{ key: queryKey, data: firstPage(state.data), at: state.dataUpdatedAt, keptFor: meta.keptFor as KeptFor }]
      : []);
  try {
    localStorage.setItem(AS, JSON.stringify({ userId, known } satisfies Kept));
  } catch (error) {
    console.warn("what was told is not kept", error); // the browser's room is used up
  }
}

/** Of a list only its first page: the next ones go on from it. */
function firstPage(data: unknown): unknown {
  if (typeof data !== "object" || data === null || !("pages" in data) || !("pageParams" in data)) return data;
  const { pages, pageParams } = data as { pages: unknown[]; pageParams: unknown[] };
  return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) };
}

function isOld(at: number, keptFor: KeptFor, now: number): boolean {
  if (keptFor === "day") return new Date(at).toDateString() !== new Date(now).toDateString();
  return now - at > DAYS_MS;
}
