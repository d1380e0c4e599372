"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";

import { type Rule, useRecipes } from "./queries";
import { useTold } from "./told";
import { TriggerIcon } from "./results/trigger-icon";

type Recipe = Schemas["Recipe"];

/** Rules to begin with: one tap opens one to be changed, and nothing is kept until it is saved. */
export function Recipes({ made }: { made: Rule[] }) {
  const t = useTranslations("automations.recipes");
  const { data, isError } = useRecipes();
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
  const t = useTranslations("automations.recipes");
  const told = useTold();
  const name = t(`name.${recipe.key}`);
  return (
    <div className="flex min-h-19 items-center gap-3 px-4 py-3">
      <span className="grid size-12 shrink-0 place-items-center rounded-xl bg-sunk text-soft"><TriggerIcon trigger={recipe.key} /></span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{name}</span>
        <span className="block text-xs text-soft">{told.rule(recipe.definition)}</span>
      </span>
      <Button asChild look="outline" size="sm">
        <Link href={`/automations/write?recipe=${recipe.key}`} aria-label={t("use", { name })}><Plus aria-hidden /> {t("begin")}</Link>
      </Button>
    </div>
  );
}
