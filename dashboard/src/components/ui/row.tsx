import type { ReactNode } from "react";

import { cn } from "@/components/cn";

type Content = {
  before?: ReactNode;
  title: ReactNode;
  aside?: ReactNode;
  below?: ReactNode;
  belowAside?: ReactNode;
};

/** Two lines with a picture before them, as every list here has; the whole row is one tap. */
export function Row(props: Content & { onOpen: () => void; open?: boolean; label?: string }) {
  return (
    <button
      type="button"
      onClick={props.onOpen}
      aria-current={props.open || undefined}
      aria-label={props.label}
      className={cn(
        "flex min-h-19 w-full items-center gap-3 px-4 py-3 text-left transition-colors duration-150",
        "hover:bg-ink/4 focus-visible:-outline-offset-2",
        props.open && "bg-green-soft/70 hover:bg-green-soft/70",
      )}
    >
      {props.before}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate font-medium">{props.title}</span>
          {props.aside}
        </span>
        <span className="mt-1 flex items-center gap-3 text-xs text-soft">
          <span className="min-w-0 flex-1 truncate">{props.below}</span>
          {props.belowAside}
        </span>
      </span>
    </button>
  );
}
