"use client";

import { useQueryClient } from "@tanstack/react-query";

/** Reads the platform's lists again, after something was done. */
export function useLookAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) => typeof route === "string" && /^\/platform\/(queues|jobs|dead|failed|webhook)/.test(route),
  });
}
