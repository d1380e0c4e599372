import type { Schemas } from "@/api/client";

import { COLOURS, KINDS } from "./sizes";
import type { Draft } from "./use-draft";

type Wish = Pick<Schemas["WishDone"], "kind" | "subject">;

/** What the address says of the new piece, where it is to be what customers asked for in vain. */
export function askedPiece(address: string): Partial<Draft> {
  const asked = new URLSearchParams(address);
  const colour = COLOURS.find((one) => one === asked.get("colour"));
  return {
    kind: KINDS.find((one) => one === asked.get("kind")) ?? null,
    colours: colour ? [colour] : [],
    name: asked.get("name"),
    extra: asked.get("size") ? [asked.get("size")?.toUpperCase() ?? ""] : [],
  };
}

/** The wish that this piece grants. */
export function askedWish(address: string): Wish | null {
  const found = /^(piece|size|colour|price) (.+)$/.exec(new URLSearchParams(address).get("wish") ?? "");
  return found ? { kind: found[1] as Wish["kind"], subject: found[2] ?? "" } : null;
}
