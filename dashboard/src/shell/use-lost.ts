"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";

import { forgetKnown } from "@/kept/known";
import { forgetSeen } from "@/kept/seen";

import type { Boutique } from "./boutique";

/** The boutique whose page was open when the person's membership of it ended, until another is chosen. */
export function useLost(mine: Boutique[]): { lost: Boutique | undefined; remember: (open: Boutique | null) => void } {
  const queries = useQueryClient();
  const [last, setLast] = useState<Boutique | null>(null);
  const lost = last && !mine.some((one) => one.boutique_id === last.boutique_id) ? last : undefined;
  useEffect(() => {
    if (!lost) return;
    queries.removeQueries({ predicate: (query) => query.queryKey[1] !== "/me" }); // no longer for her eyes
    forgetKnown();
    forgetSeen();
  }, [lost, queries]);
  const remember = useCallback((open: Boutique | null) => {
    if (open?.boutique_id !== last?.boutique_id) setLast(open); // asked while rendering: only a change may be set
  }, [last]);
  return { lost, remember };
}
