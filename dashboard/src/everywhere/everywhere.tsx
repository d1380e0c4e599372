"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";

import { later } from "@/components/later";
import { useBoutique } from "@/shell/boutique";
import { useUrl } from "@/shell/url";

import { type Asked, onAsked } from "./asking";
import { type Action, keyReader, letterKeys } from "./keys";
import { focusSearch, keysAreTaken, moveInList } from "./list-moves";
import { isMac } from "./mac";
import { useOpened } from "./use-opened";

const Palette = later(() => import("./palette").then((part) => part.Palette));
const ShortcutsSheet = later(() => import("./shortcuts-sheet").then((part) => part.ShortcutsSheet));
// Lists whose open row holds nothing that was typed and not sent.
const CLOSED_BY_ESC = new Set(["/orders", "/chats", "/pieces", "/customers", "/money"]);

/** What every page has: the palette, the shortcuts, and the keys that open them. */
export function Everywhere() {
  const [shown, setShown] = useState<Asked | null>(null);
  useOpened();
  useEffect(() => onAsked(setShown), []);
  useKeys((what) => setShown((now) => (now === what ? null : what)), shown === "palette");
  if (shown === "palette") return <Palette onClose={() => setShown(null)} onShortcuts={() => setShown("shortcuts")} />;
  return shown && <ShortcutsSheet onClose={() => setShown(null)} />;
}

function useKeys(show: (what: Asked) => void, paletteIsOpen: boolean): void {
  const act = useActions(show);
  const [read] = useState(() => keyReader({ mac: isMac(), letters: letterKeys.on }));
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
    const taken = keysAreTaken(event.target);
    const action = read({
      key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey, at: event.timeStamp, typing: taken,
    });
    if (!action) return;
    // A sheet that is open holds what is being written: nothing opens above it.
    if ("do" in action && action.do === "palette" && !paletteIsOpen && document.querySelector("[role=dialog]")) return;
    if (act(action)) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Does what a key asks for; false: there is nothing to do, and the key stays the browser's. */
function useActions(show: (what: Asked) => void): (action: Action) => boolean {
  const router = useRouter();
  const path = usePathname();
  const { role } = useBoutique();
  const { change } = useUrl();
  return (action) => {
    if ("to" in action) router.push(action.to);
    else if (action.do === "palette" || action.do === "shortcuts") show(action.do);
    else if (action.do === "search") return focusSearch();
    else if (action.do === "next" || action.do === "before") return moveInList(action.do === "next" ? 1 : -1);
    else if (action.do === "new") {
      if (path !== "/pieces" || role !== "owner") return false;
      router.push("/pieces/add");
    } else {
      // Asked of the address itself: the page's parameters come a moment later.
      if (!CLOSED_BY_ESC.has(path) || !new URLSearchParams(window.location.search).has("id")) return false;
      change({ id: null, at: null });
    }
    return true;
  };
}
