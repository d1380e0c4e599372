"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { ANSWERS, type OwnAnswer, type Synonym, SYNONYMS, useOwnAnswers, useSynonyms, useTaught } from "./queries";

const SynonymSheet = later(() => import("./synonym-sheet").then((part) => part.SynonymSheet));
const AnswerSheet = later(() => import("./answer-sheet").then((part) => part.AnswerSheet));

/** What the assistant was taught for this shop; each can be taken away, and that taken back. */
export function Taught() {
  const t = useTranslations("wishes");
  const [adding, setAdding] = useState<"synonym" | "answer" | null>(null);
  const synonyms = useSynonyms().data?.items ?? [];
  const answers = useOwnAnswers().data?.items ?? [];
  const { forgetSynonym, forgetAnswer } = useForgetting();
  const sheet = { onSaved: () => { setAdding(null); toast.success(t("taughtNow")); }, onClose: () => setAdding(null) };
  return (
    <>
      <List title={t("synonyms")} none={t("noSynonyms")} add={t("synonym.title")} onAdd={() => setAdding("synonym")}>
        {synonyms.map((one) => <Line key={one.id} title={`“${one.said}”`} below={t("means", { words: one.means })} onRemove={() => forgetSynonym(one)} remove={t("forget", { what: one.said })} />)}
      </List>
      <List title={t("answers")} none={t("noAnswers")} add={t("answer.title")} onAdd={() => setAdding("answer")}>
        {answers.map((one) => <Line key={one.id} title={`“${one.asked}”`} below={[one.english, one.swahili].filter(Boolean).join(" · ")} onRemove={() => forgetAnswer(one)} remove={t("forget", { what: one.asked })} />)}
      </List>
      {adding === "synonym" && <SynonymSheet said="" {...sheet} />}
      {adding === "answer" && <AnswerSheet asked="" {...sheet} />}
    </>
  );
}

function useForgetting() {
  const t = useTranslations();
  const path = useBoutiquePath();
  const taught = useTaught();
  const told = { onSuccess: () => void taught(), onError: () => void toast.error(t("common.failed")) };
  const synonym = api.useMutation("delete", `${SYNONYMS}/{synonym_id}`, told);
  const answer = api.useMutation("delete", `${ANSWERS}/{answer_id}`, told);
  const synonymAgain = api.useMutation("post", SYNONYMS, told);
  const answerAgain = api.useMutation("post", ANSWERS, told);
  const forgotten = (again: () => void) => toast(t("wishes.forgotten"), { action: { label: t("common.undo"), onClick: again } });
  return {
    forgetSynonym: ({ id, said, means }: Synonym) => synonym.mutate({ params: { path: { ...path, synonym_id: id } } },
      { onSuccess: () => forgotten(() => synonymAgain.mutate({ params: { path }, body: { said, means } })) }),
    forgetAnswer: ({ id, asked, english, swahili }: OwnAnswer) => answer.mutate({ params: { path: { ...path, answer_id: id } } },
      { onSuccess: () => forgotten(() => answerAgain.mutate({ params: { path }, body: { asked, english, swahili } })) }),
  };
}

function List(props: { title: string; none: string; add: string; onAdd: () => void; children: React.ReactNode[] }) {
  return (
    <section aria-label={props.title} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="flex min-h-12 items-center gap-2 border-b pl-4 pr-2">
        <h2 className="min-w-0 flex-1 py-2 font-semibold">{props.title}</h2>
        <Button look="quiet" size="small" aria-label={props.add} onClick={props.onAdd}><Plus aria-hidden /></Button>
      </div>
      {props.children.length === 0 ? <p className="p-4 text-soft">{props.none}</p> : <ul aria-label={props.title} className="divide-y">{props.children}</ul>}
    </section>
  );
}

function Line(props: { title: string; below: string; remove: string; onRemove: () => void }) {
  return (
    <li className="flex min-h-16 items-center gap-2 py-2 pl-4 pr-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{props.title}</p>
        <p className="line-clamp-2 text-xs text-soft">{props.below}</p>
      </div>
      <Button look="quiet" size="icon" aria-label={props.remove} onClick={props.onRemove}><Trash2 aria-hidden /></Button>
    </li>
  );
}
