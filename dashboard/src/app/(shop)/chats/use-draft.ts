"use client";

import { useRef, useState } from "react";

import { newKey } from "@/api/once";

/** What was typed and not sent, kept on this device; a second try of the same text sends it once. */
export function useDraft(name: string) {
  const kept = `dukani.draft.${name}`;
  const [text, setText] = useState(() => read(kept).text);
  const key = useRef(read(kept).key);
  function write(typed: string) {
    key.current = newKey();
    setText(typed);
    // The key stays with the text: after a reload too, a text whose answer was lost is sent once.
    if (typed) window.localStorage.setItem(kept, JSON.stringify({ text: typed, key: key.current }));
    else window.localStorage.removeItem(kept);
  }
  return { text, write, keyOf: () => key.current };
}

function read(kept: string): { text: string; key: string } {
  const stored = window.localStorage.getItem(kept);
  try {
    const { text, key } = JSON.parse(stored ?? "{}") as { text?: string; key?: string };
    return { text: text ?? "", key: key ?? newKey() };
  } catch {
    return { text: stored ?? "", key: newKey() };
  }
}
