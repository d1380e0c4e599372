"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Badge, type Tone } from "@/components/ui/badge";

type State = Schemas["PlatformBoutique"]["state"];
export type Finding = Schemas["FindingShown"];
const TONES: Record<State, Tone> = { healthy: "good", needs_attention: "waits", paused: "waits", closed: "plain" };

/** How a boutique is, as a colour with its word. Where something is broken, that is its word. */
export function StateBadge({ state, findings }: { state: State; findings: Finding[] }) {
  const t = useTranslations("platformShops");
  const broken = state !== "closed" && findings.some((one) => one.level === "broken");
  if (broken && state === "needs_attention") return <Badge tone="risk">{t("levels.broken")}</Badge>;
  return <Badge tone={broken ? "risk" : TONES[state]}>{t(`states.${state}`)}</Badge>;
}

/** What is wrong, in a few words. */
export function useFindingWords() {
  const t = useTranslations("platformShops");
  return (one: Finding) => t(`findings.${one.kind}`, { count: one.count });
}

/** What a provider said of keys, and what to do about it. */
export function useProblemWords() {
  const t = useTranslations("platformShops.keys.problems");
  return (problem: string) => (t.has(problem as never) ? t(problem as never) : t("other"));
}

/** Everything that is wrong with a boutique, the worst first, and what to do about each. */
export function Findings({ findings }: { findings: Finding[] }) {
  const t = useTranslations("platformShops");
  const words = useFindingWords();
  const problem = useProblemWords();
  return (
    <ul className="divide-y">
      {findings.map((one) => (
        <li key={one.kind} className="flex flex-col gap-1 px-4 py-3">
          <span className="flex items-center gap-3">
            <span className="min-w-0 flex-1 font-medium">{words(one)}</span>
            <Badge tone={one.level === "broken" ? "risk" : "waits"}>{t(`levels.${one.level}`)}</Badge>
          </span>
          {one.kind === "number_problem" && one.detail && <span>{problem(one.detail)}</span>}
          <span className="text-soft">{t(`remedies.${one.kind}`)}</span>
          {one.codes.length > 0 && <span className="break-words text-xs text-soft">{t("codes", { codes: one.codes.join(", ") })}</span>}
        </li>
      ))}
    </ul>
  );
}
