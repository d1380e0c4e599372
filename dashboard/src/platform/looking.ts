"use client";

import { api } from "@/api/client";
import { forgetMe } from "@/auth/kept-me";
import { BOUTIQUE as CHOSEN } from "@/kept/keys";
import { forgetKnown } from "@/kept/known";
import { forgetSeen } from "@/kept/seen";

/** Opens the dashboard of a boutique that is looked at, as a page of its own: it begins knowing nothing. */
export function enterLook(boutiqueId: string): void {
  forget();
  load(`/?boutique=${boutiqueId}`);
}

/** Ends a look; nothing of the boutique stays in this browser. */
export function useLeave(boutiqueId: string, then: { onLeft: () => void; onError?: (error: unknown) => void }) {
  const leave = api.useMutation("delete", "/platform/boutiques/{boutique_id}/looks", {
    onSuccess: () => { forget(); then.onLeft(); },
    onError: then.onError,
  });
  return { busy: leave.isPending, now: () => leave.mutate({ params: { path: { boutique_id: boutiqueId } } }) };
}

/** Where a look was begun. */
export function leaveForPlatform(boutiqueId: string): void {
  forget();
  load(`/platform/boutique?id=${boutiqueId}`);
}

/** The whole page anew: what this one has in memory is of other eyes. */
function load(address: string): void {
  window.location.assign(address);
}

function forget(): void {
  forgetMe();
  forgetKnown();
  forgetSeen();
  window.localStorage.removeItem(CHOSEN);
}
