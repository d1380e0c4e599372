"use client";

import { useState } from "react";

import { useSession } from "@/auth/session";
import { useBoutique } from "@/shell/boutique";

export type Draft<Value> = { base: string; value: Value };

/**
 * What is typed and not saved yet. It is kept for the tab, so that neither another page nor a reload
 * loses it; `base` is the version that was on the screen when the typing began. Never for secrets.
 */
export function useDraft<Value>(part: string) {
  const { boutique_id } = useBoutique();
  const session = useSession();
  const whose = session.state === "signed_in" ? session.userId : "nobody";
  const name = `dukani.draft.${whose}.${boutique_id}.${part}`;
  const [draft, setDraft] = useState<Draft<Value> | null>(() => read<Value>(name));
  const keep = (next: Draft<Value> | null) => {
    setDraft(next);
    if (next) window.sessionStorage.setItem(name, JSON.stringify(next));
    else window.sessionStorage.removeItem(name);
  };
  return [draft, keep] as const;
}

function read<Value>(name: string): Draft<Value> | null {
  const kept = window.sessionStorage.getItem(name);
  return kept ? (JSON.parse(kept) as Draft<Value>) : null;
}
