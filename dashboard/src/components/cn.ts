import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The theme's own sizes of type, or else `text-xs text-ink` would be taken for two of one kind.
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["xs", "base", "input", "lg", "xl", "2xl"] }] } },
});

/** Class names joined, of which the last of a kind counts. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
