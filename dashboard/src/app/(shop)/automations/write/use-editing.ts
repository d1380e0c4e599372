"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { client } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { ONE_RULE, RULES, type Rule, ruleKey, type Seen, useAutomationsChanged, type Written, writtenIn } from "../queries";
import { tidied } from "./empty";

export type Editing = {
  written: Written;
  change: (part: Partial<Written>) => void;
  rule: Rule | null; // as it is kept; none: it is new
  unsaved: boolean;
  saving: boolean;
  save: () => void;
  /** Somebody else changed it since it was opened. */
  conflict: { keepMine: () => void; takeTheirs: () => void } | null;
  problem: unknown;
  remedy: (field: string) => string | undefined;
};

type Sent = { written: Written; version: string | null };

/** A rule as it is typed; it is saved when its owner says so, in the version that she saw. */
export function useEditing(begun: Written, seen: Seen | null, onSaved: (rule: Rule, isNew: boolean) => void): Editing {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const changed = useAutomationsChanged();
  const [kept, keep] = useState(seen);
  const [written, write] = useState(begun);
  const key = useRef(newKey());
  const saving = useMutation({
    mutationFn: async ({ written: sent, version }: Sent): Promise<Seen> => {
      const { data, error, response } = kept && version
        ? await client.PUT(ONE_RULE, { params: { path: { ...path, rule_id: kept.rule.id }, header: { "if-match": version } }, body: sent })
        : await client.POST(RULES, { params: { path, header: { "idempotency-key": key.current } }, body: sent });
      if (!data) throw error;
      return { rule: data, version: response.headers.get("etag") ?? "*" };
    },
    onSuccess: (now) => {
      queries.setQueryData(ruleKey(path.boutique_id, now.rule.id), now);
      keep(now);
      write(writtenIn(now.rule));
      void changed();
      onSaved(now.rule, kept === null);
    },
    onError: () => { key.current = newKey(); },
  });
  const from = kept ? writtenIn(kept.rule) : begun;
  const unsaved = JSON.stringify(tidied(written)) !== JSON.stringify(tidied(from));
  useWarning(unsaved);
  const stale = isProblem(saving.error) && saving.error.status === 412;
  const send = (version: string | null) => saving.mutate({ written: tidied(written), version });
  return {
    written,
    change: (part) => write({ ...written, ...part }),
    rule: kept?.rule ?? null,
    unsaved,
    saving: saving.isPending,
    save: () => send(kept?.version ?? null),
    conflict: stale ? {
      keepMine: () => send("*"),
      takeTheirs: () => window.location.reload(),
    } : null,
    problem: stale ? null : saving.error,
    remedy: (field) => (isProblem(saving.error) ? saving.error.errors?.find((one) => one.field === field)?.remedy : undefined),
  };
}

/** The browser asks before it leaves what is not saved. */
function useWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
