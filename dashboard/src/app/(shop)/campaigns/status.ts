import type { Tone } from "@/components/ui/badge";

import type { Status, Summary } from "./queries";

const TONES: Record<Status, Tone> = {
  draft: "plain",
  scheduled: "good",
  sending: "good",
  paused: "waits",
  missed: "waits",
  completed: "plain",
  cancelled: "plain",
  failed: "risk",
};

export const toneOf = (status: Status): Tone => TONES[status];

/** How much of a campaign is done, from 0 to 1: who waits no more has been sent to, left out or lost. */
export function doneOf({ recipients, waiting }: Pick<Summary, "recipients" | "waiting">): number {
  return recipients === 0 ? 0 : (recipients - waiting) / recipients;
}

export const isLive = (status: Status) => status === "sending" || status === "paused";
export const isBegun = (status: Status) => status !== "draft" && status !== "scheduled" && status !== "missed";
