import { type ComponentProps, type ReactNode, useId } from "react";

import { cn } from "@/components/cn";

const BOX =
  "w-full rounded-xl border border-line-strong/60 bg-raised text-input text-ink placeholder:text-soft " +
  "transition-colors duration-150 focus:border-green focus:outline-2 focus:outline-offset-0 " +
  "focus:outline-green/30 aria-invalid:border-red disabled:opacity-60";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(BOX, "h-12 px-4", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(BOX, "min-h-24 px-4 py-3", className)} {...rest} />;
}

type Wired = { id: string; "aria-invalid"?: boolean; "aria-describedby"?: string };

/** A label above an input, and under it the hint, or what is wrong with what was typed. */
export function Field(props: {
  label: string;
  hint?: string;
  error?: string;
  className?: string;
  children: (wired: Wired) => ReactNode;
}) {
  const id = useId();
  const below = props.error ?? props.hint;
  const wired: Wired = { id };
  if (props.error) wired["aria-invalid"] = true;
  if (below) wired["aria-describedby"] = `${id}-below`;
  return (
    <div className={cn("flex flex-col gap-1.5", props.className)}>
      <label htmlFor={id} className="text-xs font-medium text-soft">
        {props.label}
      </label>
      {props.children(wired)}
      {below && (
        <p id={`${id}-below`} role={props.error ? "alert" : undefined}
          className={cn("text-xs", props.error ? "text-red" : "text-soft")}>
          {below}
        </p>
      )}
    </div>
  );
}
