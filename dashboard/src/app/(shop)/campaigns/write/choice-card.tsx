"use client";

import { Children, type ReactNode } from "react";

import { cn } from "@/components/cn";

/** One of a few ways, with what it means, and below it what it asks for once it is chosen. */
export function ChoiceCard(props: {
  group: string;
  chosen: boolean;
  onChoose: () => void;
  icon: ReactNode;
  name: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className={cn("rounded-2xl border bg-raised transition-colors duration-150", props.chosen ? "border-green ring-1 ring-green" : "hover:border-line-strong")}>
      <label className="flex min-h-18 cursor-pointer items-center gap-3 p-4 has-focus-visible:outline-2 has-focus-visible:outline-green rounded-2xl">
        <input type="radio" name={props.group} checked={props.chosen} onChange={props.onChoose} className="peer sr-only" />
        <span className={cn("grid size-11 shrink-0 place-items-center rounded-xl [&_svg]:size-5",
          props.chosen ? "bg-green text-on-green" : "bg-green-soft text-green-ink")}>
          {props.icon}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{props.name}</span>
          <span className="block text-xs text-soft">{props.text}</span>
        </span>
        <span aria-hidden className={cn("grid size-5 shrink-0 place-items-center rounded-full border-2", props.chosen ? "border-green" : "border-line-strong")}>
          {props.chosen && <span className="size-2.5 rounded-full bg-green" />}
        </span>
      </label>
      {props.chosen && Children.toArray(props.children).length > 0 && <div className="flex flex-col gap-3 border-t p-4">{props.children}</div>}
    </div>
  );
}
