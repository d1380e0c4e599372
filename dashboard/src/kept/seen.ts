import { KEPT_AS, keptSession } from "@/auth/kept-session";

import { BOUTIQUE, LANGUAGE } from "./keys";

// A page as it was last seen, shown by the browser until the page itself runs: on a slow line that
// takes seconds. It is a picture only (inert), and gone with the first thing the page shows itself.
const AS = "dukani.seen:";
export const SEEN_ID = "last-seen";

/**
 * Whose picture it is, of which shop, in which words and of which day: `today` and `14:05` are
 * wrong on the next. Null where nobody is signed in.
 */
export function whose(now = new Date()): string | null {
  const session = keptSession(localStorage.getItem(KEPT_AS));
  if (!session) return null;
  return [session.user.id, localStorage.getItem(BOUTIQUE), localStorage.getItem(LANGUAGE), now.toDateString()].join();
}

const kept = (name: string) => `l.getItem(${JSON.stringify(name)})`;
// Runs where the page's body begins, before React is there. It says again what `whose` says.
export const SEEN_SCRIPT = [
  `try{var l=localStorage,p=JSON.parse(l.getItem(${JSON.stringify(AS)}+location.pathname))`,
  `,w=[JSON.parse(${kept(KEPT_AS)}).user.id,${kept(BOUTIQUE)},${kept(LANGUAGE)},new Date().toDateString()].join()`,
  `;if(p.whose===w&&!location.search&&!location.hash)document.getElementById(${JSON.stringify(SEEN_ID)}).innerHTML=p.html}catch(e){}`,
].join("");

/** Keeps the page as it is on the screen; false while something of it is still waited for. */
export function keepSeen(frame: HTMLElement): boolean {
  const by = whose();
  if (by === null || window.location.search || window.location.hash) return true;
  if (frame.querySelector("[data-waiting]")) return false;
  const html = onScreen(frame).outerHTML;
  try {
    localStorage.setItem(AS + window.location.pathname, JSON.stringify({ whose: by, html }));
  } catch (error) {
    console.warn("the page is not kept", error); // the browser's room is used up
  }
  return true;
}

/** A copy without the rows below the screen. */
function onScreen(frame: HTMLElement): HTMLElement {
  const copy = frame.cloneNode(true) as HTMLElement;
  const rows = frame.querySelectorAll("li");
  const copies = [...copy.querySelectorAll("li")];
  rows.forEach((row, index) => {
    if (row.getBoundingClientRect().top > window.innerHeight) copies[index]?.remove();
  });
  return copy;
}

/** Takes the picture away, as the page shows itself now. */
export function unshowSeen(): void {
  document.getElementById(SEEN_ID)?.replaceChildren();
}

/** The next person at this browser must not see it. */
export function forgetSeen(): void {
  unshowSeen();
  for (const name of Object.keys(localStorage)) if (name.startsWith(AS)) localStorage.removeItem(name);
}
