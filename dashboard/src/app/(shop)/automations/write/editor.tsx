"use client";

import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/shell/url";

import type { Seen, Written } from "../queries";
import { useTold } from "../told";
import { WarningsOf } from "../warnings";
import { ConditionsPart } from "./conditions-part";
import { ExperimentPart } from "./experiment-part";
import { EditorFrame } from "./frame";
import { LimitsPart } from "./limits-part";
import { StepsPart } from "./steps-part";
import { TriggerPart } from "./trigger-part";
import { useEditing } from "./use-editing";

const DryRunSheet = later(() => import("../trying/dry-run-sheet").then((part) => part.DryRunSheet));

export function Editor({ seen, begun }: { seen: Seen | null; begun: Written }) {
  const t = useTranslations();
  const told = useTold();
  const router = useRouter();
  const { change } = useUrl();
  const [trying, setTrying] = useState(false);
  const editing = useEditing(begun, seen, (rule, isNew) => {
    toast.success(t("automations.write.savedNamed", { name: rule.definition.name }));
    if (isNew) change({ id: rule.id, recipe: null }, "replace");
  });
  const { written, rule, conflict, problem } = editing;
  const close = () => router.push(rule ? `/automations?id=${rule.id}` : "/automations");
  return (
    <EditorFrame name={written.name.trim() || t("automations.new")} onClose={close}
      told={editing.saving ? t("automations.write.saving") : editing.unsaved ? t("automations.write.unsaved") : rule ? t("automations.write.saved") : told.rule(written)}
      footer={
        <>
          {rule && <Button look="outline" disabled={editing.unsaved} onClick={() => setTrying(true)}><FlaskConical aria-hidden /> {t("automations.try.open")}</Button>}
          <Button busy={editing.saving} disabled={written.name.trim() === "" || (!editing.unsaved && rule !== null)} onClick={editing.save}>{t("automations.write.save")}</Button>
        </>
      }>
      {conflict && (
        <Notice tone="waits" action={
          <span className="flex flex-wrap gap-2">
            <Button look="outline" size="sm" onClick={conflict.takeTheirs}>{t("automations.write.takeTheirs")}</Button>
            <Button look="outline" size="sm" onClick={conflict.keepMine}>{t("automations.write.keepMine")}</Button>
          </span>
        }>{t("automations.write.conflict")}</Notice>
      )}
      {problem ? <Problem of={problem} /> : null}
      {rule && !editing.unsaved && <WarningsOf warnings={rule.warnings} />}
      <TriggerPart editing={editing} />
      <StepsPart editing={editing} />
      <ConditionsPart editing={editing} />
      <LimitsPart editing={editing} />
      <ExperimentPart editing={editing} />
      {trying && rule && <DryRunSheet ruleId={rule.id} onClose={() => setTrying(false)} />}
    </EditorFrame>
  );
}

/** All that was refused, above the fields that say it again beside them. */
function Problem({ of: problem }: { of: unknown }) {
  const t = useTranslations("common");
  if (!isProblem(problem)) return <Notice tone="risk">{t("failed")}</Notice>;
  const said = problem.errors?.map((one) => one.remedy) ?? [problem.detail];
  return <Notice tone="risk"><ul className="flex flex-col gap-1">{said.map((one) => <li key={one}>{one}</li>)}</ul></Notice>;
}
