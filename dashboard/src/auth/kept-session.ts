/** Where auth-js keeps the session in this browser. */
export const KEPT_AS = "sb-dukani-auth-token";
const MARGIN_MS = 90_000; // auth-js renews a token that ends sooner

export type KeptSession = { access_token: string; expires_at: number; user: { id: string; email?: string } };

/**
 * The session that this browser keeps, readable before auth-js is there, so that a page is shown
 * without waiting for it; null where there is none, or none that still counts for a while.
 */
export function freshSession(kept: string | null, now: number): KeptSession | null {
  const session = keptSession(kept);
  return session && session.expires_at * 1000 - now >= MARGIN_MS ? session : null;
}

/** Whether a link from a mail has brought a session, which takes the place of the one kept. */
export function isBrought(hash: string): boolean {
  return /[#&](access_token|error)=/.test(hash);
}

/** The session that this browser keeps, also one whose token has ended and waits to be renewed. */
export function keptSession(kept: string | null): KeptSession | null {
  if (kept === null) return null;
  let found: Partial<KeptSession> | null;
  try {
    found = JSON.parse(kept) as Partial<KeptSession> | null;
  } catch {
    return null; // not ours: auth-js removes it
  }
  const whole = typeof found?.access_token === "string" && typeof found.expires_at === "number" && typeof found.user?.id === "string";
  return whole ? (found as KeptSession) : null;
}
