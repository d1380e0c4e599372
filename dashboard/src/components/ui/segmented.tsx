import { cn } from "@/components/cn";

export type Segment<Value extends string> = { value: Value; label: string; count?: number };

/** One filter of several, as a row of pills that scrolls sideways where it is too long. */
export function Segmented<Value extends string>(props: {
  label: string;
  segments: Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div role="group" aria-label={props.label}
      className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none]">
      {props.segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === props.value}
          onClick={() => props.onChange(segment.value)}
          className={cn(
            "flex h-10 shrink-0 items-center gap-2 rounded-full border px-4 font-medium transition-colors duration-150",
            segment.value === props.value
              ? "border-ink bg-ink text-paper"
              : "border-line bg-raised text-ink hover:bg-paper",
          )}
        >
          {segment.label}
          {segment.count !== undefined && segment.count > 0 && (
            <span className="text-xs opacity-75">{segment.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}
