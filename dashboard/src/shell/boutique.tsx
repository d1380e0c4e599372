"use client";

import { createContext, useContext } from "react";

import type { Schemas } from "@/api/client";

export type Boutique = Schemas["MyBoutique"];
type Chosen = { boutique: Boutique; others: Boutique[]; choose: (id: string | null) => void };

export const BoutiqueContext = createContext<Chosen | null>(null);

/** The boutique that the person works in now; only pages behind the gate may ask. */
export function useBoutique(): Boutique {
  return useChosen().boutique;
}

export function useChosen(): Chosen {
  const chosen = useContext(BoutiqueContext);
  if (chosen === null) throw new Error("no boutique is chosen outside the gate");
  return chosen;
}

/** The part of a call's address that every route of a boutique has. */
export function useBoutiquePath(): { boutique_id: string } {
  return { boutique_id: useBoutique().boutique_id };
}
