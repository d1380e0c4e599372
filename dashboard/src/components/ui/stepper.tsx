"use client";

import { Minus, Plus } from "lucide-react";

import { Button } from "@/components/ui/button";

/** A small number between two buttons; `label` says what is counted. */
export function Stepper(props: {
  label: string;
  fewer: string;
  more: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}) {
  return (
    <div role="group" aria-label={props.label} className="flex items-center gap-1">
      <Button look="outline" size="small" aria-label={props.fewer} disabled={props.value <= 0}
        onClick={() => props.onChange(props.value - 1)}>
        <Minus aria-hidden />
      </Button>
      <output className="w-9 text-center font-semibold">{props.value}</output>
      <Button look="outline" size="small" aria-label={props.more} disabled={props.value >= props.most}
        onClick={() => props.onChange(props.value + 1)}>
        <Plus aria-hidden />
      </Button>
    </div>
  );
}
