/** Where the sign-in is, and in the demo who may be signed in with one tap. */
export type Config = {
  authUrl: string;
  anonKey: string;
  phoneUrl: string | null;
  demoLogins: DemoLogin[];
};
export type DemoLogin = {
  email: string;
  password: string;
  name: string;
  boutique: string;
  role: "owner" | "staff" | "platform_admin";
};

let asked: Promise<Config> | undefined;

/** Read once: from the build on a host of its own, else from the server that served the page. */
export function readConfig(): Promise<Config> {
  asked ??= ask().catch((error: unknown) => {
    asked = undefined; // a lost connection may be asked again
    throw error;
  });
  return asked;
}

async function ask(): Promise<Config> {
  const built = process.env.NEXT_PUBLIC_API_URL;
  if (built) {
    return {
      authUrl: process.env.NEXT_PUBLIC_SUPABASE_URL ?? built,
      anonKey: process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY ?? "anon",
      phoneUrl: null,
      demoLogins: [],
    };
  }
  const answer = await fetch("/config.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`);
  const said = (await answer.json()) as Served;
  return {
    authUrl: said.auth_url ?? window.location.origin,
    anonKey: said.anon_key ?? "anon",
    phoneUrl: said.phone_url ?? null,
    demoLogins: said.demo_logins ?? [],
  };
}

type Served = {
  auth_url?: string;
  anon_key?: string;
  phone_url?: string;
  demo_logins?: DemoLogin[];
};
