import type { Written } from "../queries";

type Experiment = NonNullable<Written["experiment"]>;
type Variant = Experiment["variants"][number];

/** In what an arm differs from the campaign: in one thing, so that the difference has one cause. */
export type Differs = { in: "nothing" } | { in: "collage" } | { in: "hour"; hour: number } | { in: "template"; template: string } | { in: "pieces"; pieces: string[] };
export type Arm = { key: string; differs: Differs };

export const MEASURES = ["converted", "clicked", "replied", "read"] as const;
/** The share that is usual, from which the size of an experiment is reckoned. */
export const BASES: Record<Experiment["measure"], number> = { read: 0.6, clicked: 0.1, replied: 0.05, converted: 0.02 };

export function armsOf(written: Written): Arm[] {
  return (written.experiment?.variants ?? []).map((one) => ({ key: one.key, differs: differenceOf(one) }));
}

function differenceOf(variant: Variant): Differs {
  if (variant.message) return { in: "template", template: variant.message.template };
  if (variant.pieces) return { in: "pieces", pieces: variant.pieces };
  if (variant.hour !== null && variant.hour !== undefined) return { in: "hour", hour: variant.hour };
  return variant.collage === false ? { in: "collage" } : { in: "nothing" };
}

/** With these arms, of equal shares; one alone is compared with nothing. */
export function withArms(experiment: Experiment | null, arms: Arm[]): Experiment {
  const kept = arms.length < 2 ? [] : arms;
  const share = 1 / Math.max(1, kept.length);
  return {
    holdout: experiment?.holdout ?? 0,
    measure: experiment?.measure ?? "converted",
    least_difference: experiment?.least_difference ?? 0.02,
    decide_by: experiment?.decide_by ?? null,
    variants: kept.map(({ key, differs }) => ({
      key, share,
      message: differs.in === "template" ? { template: differs.template, language: "customer", variables: {} } : null,
      pieces: differs.in === "pieces" ? differs.pieces : null,
      collage: differs.in !== "collage",
      hour: differs.in === "hour" ? differs.hour : null,
    })),
  };
}
