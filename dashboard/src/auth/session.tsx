"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";

import { authClient, knownSession, onSession } from "@/auth/client";
import { forgetMe } from "@/auth/kept-me";
import { whenStill } from "@/components/later";

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
  const kept = useSyncExternalStore(never, keptAtFirst, () => UNKNOWN);
  const [heard, setHeard] = useState<Session>();
  const queries = useQueryClient();

  useEffect(() => {
    const stop = onSession((event, current) => {
      if (event === "SIGNED_OUT") {
        queries.clear(); // the next person must not see this one's data
        forgetMe();
      }
      setHeard(asSession(current));
    });
    const load = () => void authClient().catch((error: unknown) => console.warn("the sign-in is not there", error));
    if (keptAtFirst() === UNKNOWN) load();
    else whenStill(load);
    return stop;
  }, [queries]);

  return <Context.Provider value={heard ?? kept}>{children}</Context.Provider>;
}

let first: Session | undefined;

/** Read once: later changes are heard. */
function keptAtFirst(): Session {
  if (first === undefined) {
    const known = knownSession();
    first = known === undefined ? UNKNOWN : asSession(known);
  }
  return first;
}

function asSession(session: { user: { id: string; email?: string } } | null): Session {
  return session ? { state: "signed_in", userId: session.user.id, email: session.user.email ?? "" } : NOBODY;
}

const never = () => () => {};
