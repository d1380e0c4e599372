import type { SupabaseClient } from "@supabase/supabase-js";

import { readConfig } from "@/config";

let made: Promise<SupabaseClient> | undefined;

/** supabase-js, loaded when it is first needed: it is a third of what the pages weigh. */
export function authClient(): Promise<SupabaseClient> {
  made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function make(): Promise<SupabaseClient> {
  const [config, { createClient }] = await Promise.all([
    readConfig(),
    import("@supabase/supabase-js"),
  ]);
  return createClient(config.authUrl, config.anonKey, {
    auth: { flowType: "implicit", detectSessionInUrl: true, persistSession: true },
  });
}

/** A token that still counts for a while, or null where nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  const client = await authClient();
  const { data } = await client.auth.getSession();
  return data.session?.access_token ?? null;
}
