"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { AUTOMATIONS, type Rule, useAutomationsChanged } from "./queries";
import { useTold } from "./told";
import { TriggerIcon } from "./results/trigger-icon";

type Recipe = Schemas["Recipe"];

/** Rules to begin with: one tap makes one, switched off, and opens it to be changed. */
export function Recipes({ made }: { made: Rule[] }) {
  const t = useTranslations("automations.recipes");
  const path = useBoutiquePath();
  const { data, isError } = api.useQuery("get", `${AUTOMATIONS}/recipes`, { params: { path } }, { staleTime: 600_000 });
  const used = new Set(made.map((rule) => rule.definition.trigger));
  const left = data?.items.filter((recipe) => !used.has(recipe.key));
  if (isError && !data) return null; // rules can be written without
  if (left?.length === 0) return null;
  return (
    <section aria-labelledby="recipes">
      <h2 id="recipes" className="px-4 pb-1 pt-6 text-xs font-medium text-soft">{t("title")}</h2>
      {left
        ? <ul aria-label={t("title")} className="divide-y border-y">{left.map((recipe) => <li key={recipe.key}><RecipeRow recipe={recipe} /></li>)}</ul>
        : <SkeletonRows count={4} />}
    </section>
  );
}

function RecipeRow({ recipe }: { recipe: Recipe }) {
  const t = useTranslations();
  const told = useTold();
  const router = useRouter();
  const path = useBoutiquePath();
  const changed = useAutomationsChanged();
  const use = api.useMutation("post", `${AUTOMATIONS}/recipes/{recipe}/rules`, {
    onSuccess: (rule) => { void changed(); router.push(`/automations/write?id=${rule.id}`); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <div className="flex min-h-19 items-center gap-3 px-4 py-3">
      <span className="grid size-12 shrink-0 place-items-center rounded-xl bg-sunk text-soft"><TriggerIcon trigger={recipe.key} /></span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{recipe.definition.name}</span>
        <span className="block text-xs text-soft">{told.rule(recipe.definition)}</span>
      </span>
      <Button look="outline" size="sm" busy={use.isPending} aria-label={t("automations.recipes.use", { name: recipe.definition.name })}
        onClick={() => use.mutate({ params: { path: { ...path, recipe: recipe.key }, header: { "idempotency-key": newKey() } } })}>
        <Plus aria-hidden /> {t("automations.recipes.begin")}
      </Button>
    </div>
  );
}
