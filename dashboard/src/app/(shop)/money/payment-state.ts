import type { Tone } from "@/components/ui/badge";

import type { State } from "./queries";

export const TONES: Record<State, Tone> = {
  matched: "good", unclaimed: "waits", under_review: "risk", reversed: "risk", in_flight: "plain", failed: "plain", set_aside: "plain",
};
