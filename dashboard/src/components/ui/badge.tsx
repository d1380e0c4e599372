import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

import { cn } from "@/components/cn";

const looks = cva(
  "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-0.5 text-xs font-medium",
  {
    variants: {
      tone: {
        plain: "bg-sunk text-soft",
        good: "bg-green-soft text-green-ink",
        waits: "bg-amber-soft text-amber",
        risk: "bg-red-soft text-red",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);
export type Tone = NonNullable<VariantProps<typeof looks>["tone"]>;

/** A state, always with its word: colour alone tells nothing to who cannot see it. */
export function Badge(props: { tone?: Tone; className?: string; children: ReactNode }) {
  return (
    <span className={cn(looks({ tone: props.tone }), props.className)}>
      <span aria-hidden className="size-1.5 rounded-full bg-current" />
      {props.children}
    </span>
  );
}
