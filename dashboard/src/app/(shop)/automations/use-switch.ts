"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { ONE_RULE, type Rule, useAutomationsChanged } from "./queries";

/** A rule's switch, which moves at once and goes back where it is refused. */
export function useSwitch(rule: Rule) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useAutomationsChanged();
  const put = api.useMutation("put", `${ONE_RULE}/switch`, {
    onSuccess: (now) => {
      toast.success(t(now.is_on ? "automations.switchedOn" : "automations.switchedOff", { name: now.definition.name }));
      return changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const { isPending, variables } = put;
  return {
    isOn: isPending && variables ? variables.body.is_on : rule.is_on,
    busy: isPending,
    to: (is_on: boolean) => put.mutate({ params: { path: { ...path, rule_id: rule.id } }, body: { is_on } }),
  };
}
