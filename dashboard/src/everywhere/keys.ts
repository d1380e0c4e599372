/** What a key does: goes somewhere, or one of the things that a list or the page can do. */
export type Action = { to: string } | { do: "palette" | "shortcuts" | "search" | "next" | "before" | "new" | "close" };

export type Pressed = {
  key: string;
  ctrl: boolean;
  meta: boolean;
  alt: boolean;
  at: number; // milliseconds
  typing: boolean; // a letter would be written, or a dialog or a menu has the keys
};

/** Places by the letter after `g`. */
export const PLACES_BY_LETTER = {
  t: "/", o: "/orders", c: "/chats", p: "/pieces", u: "/customers", m: "/money",
} as const;

const SINGLE: Record<string, Action> = {
  "?": { do: "shortcuts" }, "/": { do: "search" }, j: { do: "next" }, k: { do: "before" }, n: { do: "new" },
};
const SECOND_MS = 1_500; // so long a letter after `g` is waited for

/**
 * Reads keys one by one. Only Ctrl+K (Cmd+K) has a modifier: whatever else has one is the browser's.
 * `letters`: whether keys without a modifier do anything, which a person can switch off.
 */
export function keyReader(options: { mac: boolean; letters: () => boolean }) {
  let wentAt = -Infinity;
  return (pressed: Pressed): Action | null => {
    const going = pressed.at - wentAt <= SECOND_MS;
    wentAt = -Infinity;
    const [wanted, other] = options.mac ? [pressed.meta, pressed.ctrl] : [pressed.ctrl, pressed.meta];
    if (wanted && !other && !pressed.alt) return pressed.key.toLowerCase() === "k" ? { do: "palette" } : null;
    if (wanted || other || pressed.alt || pressed.typing) return null;
    if (pressed.key === "Escape") return { do: "close" };
    if (!options.letters()) return null;
    if (going && pressed.key in PLACES_BY_LETTER) return { to: PLACES_BY_LETTER[pressed.key as keyof typeof PLACES_BY_LETTER] };
    if (pressed.key === "g") {
      wentAt = pressed.at;
      return null;
    }
    return SINGLE[pressed.key] ?? null;
  };
}

const OFF = "dukani.shortcuts";

/** Whether keys without a modifier do something on this device (WCAG 2.1.4: they can be switched off). */
export const letterKeys = {
  on: (): boolean => localStorage.getItem(OFF) !== "off",
  set: (on: boolean): void => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "off")),
};
