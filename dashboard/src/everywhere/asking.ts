// Buttons that are there before the code of what they open say here what is asked for.
export type Asked = "palette" | "shortcuts";
const EVENT = "dukani.everywhere";
let waiting: Asked | null = null;

export function ask(what: Asked): void {
  waiting = what;
  window.dispatchEvent(new Event(EVENT));
}

/** Calls for each thing that is asked for, also for one that was asked before. */
export function onAsked(open: (what: Asked) => void): () => void {
  const hear = () => {
    const what = waiting;
    waiting = null;
    if (what) open(what);
  };
  hear();
  window.addEventListener(EVENT, hear);
  return () => window.removeEventListener(EVENT, hear);
}
