import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/components/cn";

const looks = cva(
  "inline-flex max-w-full shrink-0 select-none items-center justify-center gap-2 text-balance rounded-xl " +
    "font-medium transition duration-150 ease-out active:scale-[0.98] disabled:pointer-events-none " +
    "disabled:opacity-50 [&_svg]:size-5 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        main: "bg-green text-on-green hover:brightness-95",
        outline: "border border-line bg-raised text-ink hover:bg-paper",
        quiet: "text-ink hover:bg-ink/6",
        link: "text-green-ink hover:underline",
        danger: "bg-red-soft text-red hover:brightness-95",
      },
      size: {
        md: "min-h-12 px-5 py-1.5 text-base",
        sm: "min-h-10 px-3.5 py-1 text-base",
        icon: "size-12 rounded-full",
        small: "size-10 rounded-full",
      },
    },
    defaultVariants: { look: "main", size: "md" },
  },
);

type Props = ComponentProps<"button"> &
  VariantProps<typeof looks> & { asChild?: boolean; busy?: boolean };

/** `main` is the next action, of which a screen has one; `busy` shows a spinner and takes no taps. */
export function Button({ className, look, size, asChild, busy, children, disabled, ...rest }: Props) {
  const classes = cn(looks({ look, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
