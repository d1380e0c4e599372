import { describe, expect, it } from "vitest";

import { messageOf, NO_EXPERIMENT, orNone, withMessage, withOneLess, withOneMore, withoutStep } from "@/app/(shop)/automations/write/arms";
import { emptyRule, tidied } from "@/app/(shop)/automations/write/empty";
import { unitOf } from "@/app/(shop)/automations/told";

const two = () => {
  const rule = emptyRule("en");
  const [step] = rule.steps;
  return { ...rule, steps: [step!, { ...step!, after_minutes: 1440 }] };
};
const saying = (text: string) => ({ ...emptyRule("en").steps[0]!.message, text: { en: text } });

describe("arms of a rule", () => {
  it("begin as two of equal shares, and end as none", () => {
    const begun = withOneMore(null);
    expect(begun.variants.map(({ key, share }) => [key, share])).toEqual([["a", 0.5], ["b", 0.5]]);
    const three = withOneMore(begun);
    expect(three.variants.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(withOneLess(begun).variants).toEqual([]);
    expect(orNone(NO_EXPERIMENT)).toBeNull();
    expect(orNone({ ...NO_EXPERIMENT, holdout: 0.1 })).not.toBeNull();
  });

  it("say the rule's words until they have their own; the first says always the rule's", () => {
    const rule = { ...two(), experiment: withOneMore(null) };
    const changed = withMessage(withMessage(rule, 1, "b", saying("B")), 1, "a", saying("A"));
    expect(messageOf(changed, 1, "b")?.text.en).toBe("B");
    expect(messageOf(changed, 1, "a")?.text.en).toBe("A");
    expect(changed.steps[1]?.message.text.en).toBe("A");
    expect(messageOf(changed, 0, "b")).toBe(changed.steps[0]?.message);
  });

  it("lose the words of a step that is taken away", () => {
    const rule = withMessage({ ...two(), experiment: withOneMore(null) }, 1, "b", saying("B"));
    const left = withoutStep(rule, 0);
    expect(left.steps.map((step) => step.after_minutes)).toEqual([1440]);
    expect(messageOf(left, 0, "b")?.text.en).toBe("B");
  });
});

describe("a rule that is sent", () => {
  it("leaves out languages in which nothing is said", () => {
    const rule = emptyRule("sw");
    const sent = tidied({ ...rule, name: " Cart ", steps: [{ ...rule.steps[0]!, message: { ...rule.steps[0]!.message, text: { sw: "Habari", en: " " }, sms: { sw: "" } } }] });
    expect(sent.name).toBe("Cart");
    expect(sent.steps[0]?.message.text).toEqual({ sw: "Habari" });
    expect(sent.steps[0]?.message.sms).toBeNull();
  });
});

describe("a wait", () => {
  it("is told in its largest whole unit", () => {
    expect([0, 45, 60, 90, 1440, 4320].map(unitOf)).toEqual(["minutes", "minutes", "hours", "minutes", "days", "days"]);
  });
});
