import type { Schemas } from "@/api/client";
import { ME as KEPT } from "@/kept/keys";

type Me = Schemas["Me"];
type Kept = { userId: string; me: Me };

/** The boutiques of this person as they were last told, so that a page need not wait to be asked for again. */
export function keptMe(userId: string): Me | undefined {
  const kept = window.localStorage.getItem(KEPT);
  if (kept === null) return undefined;
  const found = JSON.parse(kept) as Kept;
  return found.userId === userId ? found.me : undefined;
}

export function keepMe(userId: string, me: Me): void {
  window.localStorage.setItem(KEPT, JSON.stringify({ userId, me } satisfies Kept));
}

/** The next person at this browser must not read it. */
export function forgetMe(): void {
  window.localStorage.removeItem(KEPT);
}
