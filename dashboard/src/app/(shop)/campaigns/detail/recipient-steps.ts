import type { Schemas } from "@/api/client";
import type { Tone } from "@/components/ui/badge";

type Recipient = Schemas["CampaignRecipient"];

const STEPS = ["accepted", "sent", "delivered", "read", "clicked", "replied", "converted", "opted_out", "failed"] as const;
// What counts most is last; a stop outweighs all that came before it.
const DEEDS = ["clicked", "replied", "converted", "opted_out"] as const;
const TONES: Partial<Record<string, Tone>> = {
  read: "good", delivered: "good", clicked: "good", replied: "good", converted: "good", opted_out: "risk", failed: "risk", unknown: "waits",
};

export const toneOf = (far: Recipient["state"] | (typeof STEPS)[number]): Tone | undefined => TONES[far];

/** The furthest that a customer came with her message, or how it stands where she did nothing. */
export function furthest(recipient: Recipient): Recipient["state"] | (typeof DEEDS)[number] {
  return DEEDS.filter((one) => recipient[`${one}_at`] !== null).at(-1) ?? recipient.state;
}

/** What happened and when, in the order in which it happened. */
export function stepsOf(recipient: Recipient): { name: (typeof STEPS)[number]; at: string }[] {
  return STEPS.flatMap((name) => {
    const at = recipient[`${name}_at`];
    return at === null ? [] : [{ name, at }];
  }).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
