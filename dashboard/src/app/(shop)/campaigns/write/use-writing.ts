"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { client } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { campaignKey, type Campaign, type Seen, useCampaign, useCampaignsChanged, type Written, writtenIn } from "../queries";

const SAVED_AFTER_MS = 600; // of stillness

export type Writing = {
  id: string;
  campaign: Campaign | null; // as it is kept
  version: string | undefined;
  written: Written | null; // as it is typed
  change: (part: Partial<Written>) => void;
  state: "saved" | "saving" | "unsaved" | "refused";
  /** Somebody else changed it since: what they wrote is `campaign`. */
  conflict: { keepMine: () => void; takeTheirs: () => void } | null;
  problem: unknown;
  remedy: (field: string) => string | undefined;
  /** Saves what is not saved yet; false: it was refused, and stays as it was typed. */
  flush: () => Promise<boolean>;
  missing: boolean;
};

/** A draft that is kept on the server while it is typed, in the version that was seen. */
export function useWriting(id: string): Writing {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const changed = useCampaignsChanged();
  const { data, isError, refetch } = useCampaign(id);
  const [typed, type] = useState<Written | null>(null);
  const save = useMutation({
    mutationFn: async (sent: { written: Written; version: string }): Promise<Seen> => {
      const { data: kept, error, response } = await client.PUT("/boutiques/{boutique_id}/campaigns/{campaign_id}", {
        params: { path: { ...path, campaign_id: id }, header: { "if-match": sent.version } },
        body: sent.written,
      });
      if (!kept) throw error;
      return { campaign: kept, version: response.headers.get("etag") ?? "*" };
    },
    onSuccess: (seen, sent) => {
      queries.setQueryData(campaignKey(path.boutique_id, id), seen);
      type((now) => (now === sent.written ? null : now));
    },
    onError: (error) => {
      if (isProblem(error) && error.status === 412) void refetch();
    },
  });
  const { mutate, mutateAsync, isPending } = save;
  const refused = save.isError && save.variables?.written === typed;

  useEffect(() => {
    if (!typed || !data || isPending || refused) return;
    const timer = setTimeout(() => mutate({ written: typed, version: data.version }), SAVED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, data, isPending, refused, mutate]);

  const written = typed ?? (data ? writtenIn(data.campaign) : null);
  const stale = refused && isProblem(save.error) && save.error.status === 412;
  return {
    id,
    campaign: data?.campaign ?? null,
    version: data?.version,
    written,
    change: (part) => written && type({ ...written, ...part }),
    state: refused ? "refused" : isPending ? "saving" : typed ? "unsaved" : "saved",
    conflict: stale && typed && data ? {
      keepMine: () => mutate({ written: typed, version: data.version }),
      takeTheirs: () => { type(null); save.reset(); },
    } : null,
    problem: refused && !stale ? save.error : null,
    remedy: (field) => (refused ? remedyFor(save.error, field) : undefined),
    flush: async () => {
      if (!typed || !data || isPending) return true;
      try {
        await mutateAsync({ written: typed, version: data.version });
        void changed();
        return true;
      } catch {
        return false; // told by `problem` and `conflict`
      }
    },
    missing: isError && !data,
  };
}
