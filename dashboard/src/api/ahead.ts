import { KEPT_AS } from "@/auth/kept-session";
import { BOUTIQUE, ME } from "@/kept/keys";

// What a page asks the API first is asked for before its scripts are there, which on a slow line is
// seconds sooner. `client.ts` takes the answer where the page asks for the same.
const API = `${process.env.NEXT_PUBLIC_API_URL ?? ""}/api/v1`;
const EVERYWHERE = ["/today"]; // the marks of the navigation
const PAGES: Record<string, string[]> = {
  "/": ["/orders?filter=all"],
  "/orders": ["/orders?filter=to_send"],
  "/chats": ["/conversations?filter=all"],
  "/pieces": ["/products?filter=on_sale&search="],
};
const COUNTS_MS = 30_000; // an answer as old as this is asked for anew
const MARGIN_MS = 90_000; // as of the session: a token that ends sooner is renewed first

export type Ahead = { token: string; at: number; answers: Record<string, Promise<Response> | undefined> };
declare global {
  interface Window { dukaniAhead?: Ahead }
}

const json = JSON.stringify;
// Runs where the page's body begins. Who has several boutiques has chosen one; without it nothing is asked.
export const AHEAD_SCRIPT = [
  `try{(function(l,p){if(location.search||location.hash||!p)return;`,
  `var s=JSON.parse(l.getItem(${json(KEPT_AS)})),m=JSON.parse(l.getItem(${json(ME)})),b=m.me.boutiques;`,
  `b=b.length===1?b[0]:b.find(function(o){return o.boutique_id===l.getItem(${json(BOUTIQUE)})});`,
  `if(!b||m.userId!==s.user.id||s.expires_at*1e3-Date.now()<${MARGIN_MS})return;`,
  `var a=window.dukaniAhead={token:s.access_token,at:Date.now(),answers:{}};`,
  `p.concat(${json(EVERYWHERE)}).forEach(function(q){`,
  `var u=new URL(${json(`${API}/boutiques/`)}+b.boutique_id+q,location.href).href;`,
  `(a.answers[u]=fetch(u,{headers:{authorization:"Bearer "+a.token}})).catch(function(){})})`,
  `})(localStorage,${json(PAGES)}[location.pathname])}catch(e){}`,
].join("");

/** The answer to this call if it was asked for ahead, by the same person and lately; each is given once. */
export function answerAhead(call: Request, ahead: Ahead | undefined = window.dukaniAhead): Promise<Response> | undefined {
  if (!ahead || call.method !== "GET") return undefined;
  const found = ahead.answers[call.url];
  delete ahead.answers[call.url];
  const counts = Date.now() - ahead.at < COUNTS_MS && call.headers.get("authorization") === `Bearer ${ahead.token}`;
  return counts ? found?.catch(() => fetch(call)).then(inItsOwnTask) : undefined;
}

/** They are all there at once: what each of them changes is shown in a task of its own, between which taps are heard. */
function inItsOwnTask(answer: Response): Promise<Response> {
  return new Promise((done) => setTimeout(() => done(answer)));
}
