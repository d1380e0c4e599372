import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

import { cn } from "@/components/cn";

/** The device's own list: on a phone it is the one that everybody knows. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select
        className={cn(
          "h-12 w-full appearance-none rounded-xl border border-line-strong/60 bg-raised pl-4 pr-10 text-input text-ink",
          "transition-colors duration-150 focus:border-green focus:outline-2 focus:outline-offset-0 focus:outline-green/30",
          "aria-invalid:border-red disabled:opacity-60",
          className,
        )}
        {...rest}
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-3 top-3.5 size-5 text-soft" />
    </span>
  );
}
