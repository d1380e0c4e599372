"use client";

import { Switch as Radix } from "radix-ui";

/** On or off, at once or with the form it is in. The label is the caller's, by `id` or by words. */
export function Switch(props: {
  id?: string;
  label?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <Radix.Root
      id={props.id}
      aria-label={props.label}
      checked={props.checked}
      onCheckedChange={props.onChange}
      disabled={props.disabled}
      className="relative h-8 w-13 shrink-0 rounded-full bg-line-strong transition-colors duration-150 data-[state=checked]:bg-green disabled:opacity-60"
    >
      <Radix.Thumb className="block size-6 translate-x-1 rounded-full bg-white transition-transform duration-150 data-[state=checked]:translate-x-6" />
    </Radix.Root>
  );
}
