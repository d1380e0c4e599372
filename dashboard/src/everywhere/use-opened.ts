"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";

import type { Schemas } from "@/api/client";
import { useBoutique } from "@/shell/boutique";

import { type Opened, rememberOpened } from "./recent";

const SHOP = "/boutiques/{boutique_id}";
type Kept = Schemas["Order"] & Schemas["Customer"] & Schemas["Conversation"] & { piece: Schemas["Product"] };

// By the page: what is opened there, the query that has it, and its name.
const PAGES: Record<string, { kind: Opened["kind"]; route: string; name: (kept: Kept) => string | null | undefined }> = {
  "/orders": { kind: "order", route: `${SHOP}/orders/{order_id}`, name: (kept) => kept.number },
  "/customers": { kind: "customer", route: `${SHOP}/customers/{customer_id}`, name: (kept) => kept.name },
  "/pieces": { kind: "piece", route: "piece", name: (kept) => kept.piece.name },
  "/chats": { kind: "message", route: `${SHOP}/conversations/{conversation_id}`, name: (kept) => kept.customer_name },
};

/** Remembers what is opened, with the name under which the page was told of it. */
export function useOpened(): void {
  const queries = useQueryClient();
  const { boutique_id } = useBoutique();
  const page = PAGES[usePathname()];
  const id = useSearchParams().get("id");
  useEffect(() => {
    if (!page || !id) return;
    const cache = queries.getQueryCache();
    const remember = (): boolean => {
      const found = cache.getAll().find(({ queryKey, state }) => state.data && isOf(queryKey, page.route, id));
      const name = found && page.name(found.state.data as Kept);
      if (name) rememberOpened(boutique_id, { kind: page.kind, id, title: name });
      return found !== undefined;
    };
    if (remember()) return;
    const stop = cache.subscribe((event) => {
      if (event.type === "updated" && event.action.type === "success" && remember()) stop();
    });
    return stop;
  }, [queries, boutique_id, page, id]);
}

/** Whether a query is of this one thing: its key has the route and, somewhere, the id. */
function isOf(key: QueryKey, route: string, id: string): boolean {
  return key.includes(route) && JSON.stringify(key).includes(id);
}
