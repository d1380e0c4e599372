"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useLanguage, WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { PageWaiting } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { useRecipes, useRule, writtenIn } from "../queries";
import { Editor } from "./editor";
import { emptyRule } from "./empty";
import { EditorFrame } from "./frame";

export function Write() {
  return <WithAllWords waiting={<PageWaiting />}><Writing /></WithAllWords>;
}

/** A rule that is there, by the address, or a new one: of a recipe, or empty. */
function Writing() {
  const t = useTranslations("automations");
  const { params } = useUrl();
  const { language } = useLanguage();
  const id = params.get("id");
  const owner = useBoutique().role === "owner";
  const key = params.get("recipe");
  const recipes = useRecipes(id === null && key !== null);
  const { data, isError } = useRule(id);
  if (!owner) return <Closed text={t("ownersOnly")} />;
  if (id === null && key !== null && recipes.isPending) return <Waiting />;
  const recipe = recipes.data?.items.find((one) => one.key === key);
  if (id === null && recipe) return <Editor key={recipe.key} seen={null} begun={{ ...recipe.definition, name: t(`recipes.name.${recipe.key}`) }} />;
  if (id === null) return <Editor key="new" seen={null} begun={emptyRule(language)} />;
  if (data) return <Editor key={id} seen={data} begun={writtenIn(data.rule)} />;
  if (isError) return <Closed text={t("gone")} />;
  return <Waiting />;
}

function Waiting() {
  const t = useTranslations("automations");
  return (
    <EditorFrame name={t("rule")} onClose={() => {}}>
      {[0, 1, 2].map((n) => <Skeleton key={n} className="h-40 rounded-2xl" />)}
    </EditorFrame>
  );
}

function Closed({ text }: { text: string }) {
  const t = useTranslations("automations");
  const router = useRouter();
  return (
    <EditorFrame name={t("rule")} onClose={() => router.push("/automations")}>
      <Notice tone="waits">{text}</Notice>
      <div><Button look="outline" onClick={() => router.push("/automations")}>{t("toList")}</Button></div>
    </EditorFrame>
  );
}
