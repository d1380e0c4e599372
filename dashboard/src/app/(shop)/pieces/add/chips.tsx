"use client";

import { Check } from "lucide-react";

import { cn } from "@/components/cn";

/** Some of many, as tappable words; what the eye suggests comes first. */
export function Chips(props: {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  name: (value: string) => string;
  onToggle: (value: string) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 text-xs font-medium text-soft">{props.label}</legend>
      <div className="flex flex-wrap gap-2">
        {props.values.map((value) => {
          const on = props.chosen.includes(value);
          return (
            <button key={value} type="button" aria-pressed={on} onClick={() => props.onToggle(value)}
              className={cn("flex h-11 items-center gap-1.5 rounded-full border px-4 font-medium transition-colors",
                on ? "border-green bg-green-soft text-green-ink" : "border-line bg-raised hover:bg-paper")}>
              {on && <Check aria-hidden className="size-4" />}
              {props.name(value)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

/** The suggested and chosen ones first, then as many of the others as are asked for. */
export function ordered(all: readonly string[], first: readonly string[], shown: number): string[] {
  return [...new Set([...first, ...all])].slice(0, Math.max(shown, first.length));
}
