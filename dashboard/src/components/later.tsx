"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

const AGAIN_MS = 3_000; // after a lost connection

/**
 * A part that a page does not need for its first picture, such as a dialog. Its code is fetched when
 * the page is still, so that it is there before the tap that opens it, also without a network then.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>, waiting: ReactNode = null): ComponentType<Props> {
  let part: ComponentType<Props> | undefined;
  const fetchPart = async () => (part = await load());
  whenStill(() => fetchPart().catch(() => {})); // asked for again when it is shown

  return function Later(props: Props) {
    const [Part, setPart] = useState(() => part);
    useEffect(() => {
      if (Part) return;
      let again: ReturnType<typeof setTimeout> | undefined;
      let gone = false;
      const fetchUntilThere = () => fetchPart().then(
        (found) => !gone && setPart(() => found),
        () => { again = gone ? undefined : setTimeout(fetchUntilThere, AGAIN_MS); },
      );
      void fetchUntilThere();
      return () => { gone = true; clearTimeout(again); };
    }, [Part]);
    return Part ? <Part {...props} /> : waiting;
  };
}

/** Whether the page has loaded and has nothing else to do: what is shown from then on is in nobody's way. */
export function useStill(): boolean {
  const [still, setStill] = useState(false);
  useEffect(() => whenStill(() => setStill(true)), []);
  return still;
}

/** Runs it once the page has loaded and has nothing else to do. */
export function whenStill(run: () => void): void {
  if (typeof window === "undefined") return;
  // Safari knows no idle time.
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(run, { timeout: 4_000 }) : setTimeout(run, 1_000));
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
}
