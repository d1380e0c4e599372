import { cn } from "@/components/cn";

export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden data-waiting
      className={cn("animate-[shimmer_1.4s_ease-in-out_infinite] rounded-lg bg-ink/8", className)} />
  );
}

/** Rows as high as the real ones, so that nothing moves when those come. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  return (
    <div aria-busy="true" className="divide-y">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-19 items-center gap-3 px-4">
          <Skeleton className="size-12 rounded-xl" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </div>
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  );
}
