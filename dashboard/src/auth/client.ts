import type { AuthChangeEvent, GoTrueClient, Session } from "@supabase/auth-js";

import { readConfig } from "@/config";

import { freshSession, isBrought, KEPT_AS, keptSession } from "./kept-session";

type Hear = (event: AuthChangeEvent, session: Session | null) => void;

let made: Promise<GoTrueClient> | undefined;
const listeners = new Set<Hear>();

/** The sign-in of supabase-js, the only part of it that is used, loaded when it is first needed. */
export function authClient(): Promise<GoTrueClient> {
  made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function make(): Promise<GoTrueClient> {
  const [config, { GoTrueClient }] = await Promise.all([readConfig(), import("@supabase/auth-js")]);
  // As supabase-js makes it; it writes its own token over a header of exactly this name.
  const client = new GoTrueClient({
    url: `${config.authUrl.replace(/\/$/, "")}/auth/v1`,
    headers: { apikey: config.anonKey, Authorization: `Bearer ${config.anonKey}` },
    storageKey: KEPT_AS,
    flowType: "implicit",
    detectSessionInUrl: true,
    persistSession: true,
    autoRefreshToken: true,
  });
  client.onAuthStateChange((event, session) => listeners.forEach((hear) => hear(event, session)));
  return client;
}

/** Hears of sign-ins and sign-outs, of other tabs too, from when the client is there. */
export function onSession(hear: Hear): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** Who is signed in, as far as it is known without the client: undefined where only that can tell. */
export function knownSession() {
  const kept = window.localStorage.getItem(KEPT_AS);
  if (isBrought(window.location.hash)) return undefined;
  return kept === null ? null : (freshSession(kept, Date.now()) ?? undefined);
}

/** The same, but who must only have her token renewed is taken to be signed in until that is refused. */
export function expectedSession() {
  const known = knownSession();
  return known === undefined && !isBrought(window.location.hash) ? keptHere() : known;
}

/** Whether this browser keeps a session, if only one that could not be renewed without a network. */
export function keptHere() {
  return keptSession(window.localStorage.getItem(KEPT_AS)) ?? undefined;
}

/** A token that still counts for a while, or null where nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  const known = knownSession();
  if (known !== undefined) return known?.access_token ?? null;
  const client = await authClient();
  const { data, error } = await client.getSession();
  // Not renewed for want of a network: no call may leave without it, or its 401 would sign out.
  if (error?.name === "AuthRetryableFetchError") throw error;
  return data.session?.access_token ?? null;
}
