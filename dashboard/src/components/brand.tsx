import { cn } from "@/components/cn";

/** The shop's front, as on the phone page. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 46 46" aria-hidden className={cn("size-10 shrink-0", className)}>
      <rect width="46" height="46" rx="14" fill="#008069" />
      <path
        d="M11 19l3.5-8h17l3.5 8M13 20v15h20V20M11 19c0 5.5 8 5.5 8 0 0 5.5 8 5.5 8 0 0 5.5 8 5.5 8 0M20 35v-8h6v8"
        fill="none" stroke="#fff" strokeWidth="2.4" strokeLinejoin="round"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="flex items-center gap-3">
      <Mark />
      <span className="text-xl font-semibold tracking-tight">dukani</span>
    </span>
  );
}
