import { cn } from "@/components/cn";

/** A person's or a boutique's initials, in a colour that stays the same for the same name. */
export function Avatar(props: { name: string; square?: boolean; className?: string }) {
  const hue = [...props.name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-11 shrink-0 place-items-center text-base font-semibold text-white",
        props.square ? "rounded-xl" : "rounded-full",
        props.className,
      )}
      style={{ background: `linear-gradient(140deg, hsl(${hue} 42% 40%), hsl(${hue + 30} 48% 28%))` }}
    >
      {initials(props.name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return "#";
  return words.slice(0, 2).map((word) => [...word].find((c) => /\p{L}/u.test(c))).join("").toUpperCase();
}
