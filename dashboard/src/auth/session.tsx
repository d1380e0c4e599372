"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from "react";

import { authClient, expectedSession, keptHere, knownSession, onSession } from "@/auth/client";
import { forgetMe } from "@/auth/kept-me";
import { whenStill } from "@/components/later";
import { forgetKnown } from "@/kept/known";
import { forgetSeen } from "@/kept/seen";

export type Session =
  | { state: "unknown" } // not read yet
  | { state: "nobody" }
  | { state: "signed_in"; userId: string; email: string };

const UNKNOWN: Session = { state: "unknown" };
const NOBODY: Session = { state: "nobody" };
const Context = createContext<Session>(UNKNOWN);

export function useSession(): Session {
  return useContext(Context);
}

/** Who is signed in: first as this browser keeps it, then as auth-js tells, in every tab alike. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState(UNKNOWN);
  const queries = useQueryClient();

  useEffect(() => {
    const stop = onSession((event, current) => {
      if (event === "SIGNED_OUT") {
        queries.clear(); // the next person must not see this one's data
        forgetMe();
        forgetKnown();
        forgetSeen();
      }
      // Without a network a token cannot be renewed; that is no sign-out.
      if (event === "INITIAL_SESSION" && !current && keptHere()) return;
      setSession(asSession(current));
    });
    // The whole page is shown by it: in slices, so that no tap waits for all of it.
    startTransition(() => setSession((heard) => (heard === UNKNOWN ? expected() : heard)));
    const load = () => void authClient().catch((error: unknown) => console.warn("the sign-in is not there", error));
    if (knownSession() === undefined) load();
    else whenStill(load);
    return stop;
  }, [queries]);

  return <Context.Provider value={session}>{children}</Context.Provider>;
}

function expected(): Session {
  const session = expectedSession();
  return session === undefined ? UNKNOWN : asSession(session);
}

function asSession(session: { user: { id: string; email?: string } } | null): Session {
  return session ? { state: "signed_in", userId: session.user.id, email: session.user.email ?? "" } : NOBODY;
}
