import type { Tone } from "@/components/ui/badge";

import type { Outcome } from "./queries";

export const TONES: Record<Outcome, Tone> = { new: "good", changed: "waits", unchanged: "plain", refused: "risk" };
