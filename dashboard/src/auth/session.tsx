"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { authClient } from "@/auth/client";

export type Session =
  | { state: "unknown" } // not read yet
  | { state: "nobody" }
  | { state: "signed_in"; userId: string; email: string };

const Context = createContext<Session>({ state: "unknown" });

export function useSession(): Session {
  return useContext(Context);
}

/** Who is signed in, in every tab alike: supabase-js tells the others. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: "unknown" });
  const queries = useQueryClient();

  useEffect(() => {
    let stop = () => {};
    let gone = false;
    void authClient().then((client) => {
      if (gone) return;
      const { data } = client.auth.onAuthStateChange((event, current) => {
        if (event === "SIGNED_OUT") queries.clear(); // the next person must not see this one's data
        setSession(
          current
            ? { state: "signed_in", userId: current.user.id, email: current.user.email ?? "" }
            : { state: "nobody" },
        );
      });
      stop = () => data.subscription.unsubscribe();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [queries]);

  const known = useMemo(() => session, [session]);
  return <Context.Provider value={known}>{children}</Context.Provider>;
}
