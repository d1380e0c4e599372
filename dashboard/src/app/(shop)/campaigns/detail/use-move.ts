"use client";

import { api } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

import { useCampaignsChanged } from "../queries";

export type Move = "send_late" | "pause" | "resume" | "cancel";
const ONE = "/boutiques/{boutique_id}/campaigns/{campaign_id}";

/** Moves a campaign on; which move is under way is `busy`. `short`: tokens the wallet lacks for the last ones. */
export function useMove(id: string, told: { onDone: (move: Move, short: number) => void; onError: (error: unknown) => void }) {
  const path = useBoutiquePath();
  const changed = useCampaignsChanged();
  const settled = (move: Move) => ({
    onSuccess: (moved: object) => { void changed(); told.onDone(move, "tokens_short" in moved ? Number(moved.tokens_short) : 0); },
    onError: (error: unknown) => { void changed(); told.onError(error); },
  });
  const moves = {
    send_late: api.useMutation("post", `${ONE}/send-late`, settled("send_late")),
    pause: api.useMutation("post", `${ONE}/pause`, settled("pause")),
    resume: api.useMutation("post", `${ONE}/resume`, settled("resume")),
    cancel: api.useMutation("post", `${ONE}/cancel`, settled("cancel")),
  };
  const busy = (Object.keys(moves) as Move[]).find((one) => moves[one].isPending) ?? null;
  return { busy, move: (one: Move) => moves[one].mutate({ params: { path: { ...path, campaign_id: id } } }) };
}
