export const STEPS = ["name", "message", "audience", "pieces", "schedule", "review"] as const;
export type Step = (typeof STEPS)[number];
