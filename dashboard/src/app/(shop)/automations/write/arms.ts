import type { Content, Written } from "../queries";

type Experiment = NonNullable<Written["experiment"]>;
export const NO_EXPERIMENT: Experiment = { variants: [], holdout: 0, least_difference: 0.02 };
const KEYS = ["a", "b", "c", "d"];

/** The experiment, or none where nothing is tried and nobody is kept apart. */
export const orNone = (experiment: Experiment) =>
  experiment.variants.length === 0 && experiment.holdout === 0 ? null : experiment;

/** One wording more: the first time there are two, of which the first is the rule's own. */
export function withOneMore(experiment: Experiment | null | undefined): Experiment {
  const now = experiment ?? NO_EXPERIMENT;
  const keys = KEYS.slice(0, Math.max(now.variants.length + 1, 2));
  return shared(now, keys.map((key, index) => now.variants[index] ?? { key, share: 0, messages: [] }));
}

/** Without the last; one alone is compared with nothing. */
export function withOneLess(experiment: Experiment): Experiment {
  return shared(experiment, experiment.variants.length <= 2 ? [] : experiment.variants.slice(0, -1));
}

function shared(experiment: Experiment, variants: Experiment["variants"]): Experiment {
  return { ...experiment, variants: variants.map((arm) => ({ ...arm, share: 1 / variants.length })) };
}

/** What an arm says at a step: its own words, or the rule's. */
export function messageOf(written: Written, step: number, arm: string | null): Content | undefined {
  const own = written.experiment?.variants.find(({ key }) => key === arm)?.messages[step];
  return own ?? written.steps[step]?.message;
}

/** The rule with a message changed: of an arm, or (of the first, or without one) its own. */
export function withMessage(written: Written, step: number, arm: string | null, message: Content): Written {
  const place = written.experiment?.variants.findIndex(({ key }) => key === arm) ?? -1;
  if (!written.experiment || place < 1) {
    return { ...written, steps: written.steps.map((one, index) => (index === step ? { ...one, message } : one)) };
  }
  const variants = written.experiment.variants.map((one, index) => {
    if (index !== place) return one;
    const messages = written.steps.map((_, at) => (at === step ? message : one.messages[at] ?? null));
    return { ...one, messages };
  });
  return { ...written, experiment: { ...written.experiment, variants } };
}

/** The rule without a step: each arm loses its words for it, too. */
export function withoutStep(written: Written, step: number): Written {
  const others = <Item,>(items: Item[]) => items.filter((_, index) => index !== step);
  return {
    ...written,
    steps: others(written.steps),
    experiment: written.experiment && {
      ...written.experiment,
      variants: written.experiment.variants.map((arm) => ({ ...arm, messages: others(arm.messages) })),
    },
  };
}
