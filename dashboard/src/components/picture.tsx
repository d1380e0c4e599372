import { Shirt } from "lucide-react";

import { cn } from "@/components/cn";

/** A piece's thumbnail; a drawn shirt where it has no photo. `sizes` is how wide it is shown. */
export function Picture(props: { url: string | null; srcset?: string | null; sizes?: string; alt?: string; className?: string }) {
  const box = cn("size-12 shrink-0 rounded-xl bg-sunk object-cover", props.className);
  if (!props.url) {
    return (
      <span aria-hidden className={cn(box, "grid place-items-center text-soft")}>
        <Shirt className="size-5" />
      </span>
    );
  }
  return (
    <img src={props.url} srcSet={props.srcset ?? undefined} sizes={props.srcset ? (props.sizes ?? "48px") : undefined}
      alt={props.alt ?? ""} loading="lazy" decoding="async" className={box} />
  );
}
