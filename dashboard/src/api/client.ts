import createClient, { type Middleware } from "openapi-fetch";
import createHooks from "openapi-react-query";

import { accessToken, authClient } from "@/auth/client";

import { answerAhead } from "./ahead";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

// Known when the page is built: the page's own origin, or that of the API where it has another.
const BASE = `${process.env.NEXT_PUBLIC_API_URL ?? ""}/api/v1`;

const signedIn: Middleware = {
  async onRequest({ request }) {
    const token = await accessToken();
    if (token) request.headers.set("authorization", `Bearer ${token}`);
    return request;
  },
  async onResponse({ response }) {
    // The session was ended elsewhere: this device forgets it, and the page asks to sign in again.
    if (response.status === 401) await (await authClient()).signOut({ scope: "local" });
    return undefined;
  },
};

export const client = createClient<paths>({ baseUrl: BASE, fetch: (call) => answerAhead(call) ?? fetch(call) });
client.use(signedIn);

/** Hooks for every route of the API, with its types: `api.useQuery("get", "/me")`. */
export const api = createHooks(client);
