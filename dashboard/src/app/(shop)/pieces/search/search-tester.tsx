"use client";

import { ArrowLeft, SearchX } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { PageHead } from "@/shell/page";

import { useInBoutique } from "../../carts/queries";
import { Formatted } from "../../chats/formatted";
import { FoundPiece } from "./found-piece";
import { UnderstoodWords } from "./understood-words";

const EXAMPLES = ["red dress size M under 5k", "nataka gauni la harusi", "something for the office", "viatu vyeusi 39"];

/** Type as a customer would, and see what the assistant makes of it. */
export function SearchTester() {
  const t = useTranslations();
  const header = useInBoutique();
  const [text, setText] = useState("");
  const search = api.useMutation("post", "/whatsapp-commerce/products/search");
  const ask = (said: string) => { setText(said); search.mutate({ params: { header }, body: { text: said } }); };
  const submit = (event: FormEvent) => { event.preventDefault(); if (text.trim()) ask(text.trim()); };
  const found = search.data;
  return (
    <>
      <PageHead title={
        <span className="flex items-center gap-2">
          <Button asChild look="quiet" size="icon"><Link href="/pieces" aria-label={t("searchTester.back")}><ArrowLeft aria-hidden /></Link></Button>
          {t("searchTester.title")}
        </span>
      } />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          <form onSubmit={submit} className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <Field label={t("searchTester.ask")}>
                {(wired) => <Input {...wired} value={text} maxLength={500} onChange={(event) => setText(event.target.value)} placeholder={EXAMPLES[0]} />}
              </Field>
            </div>
            <Button type="submit" busy={search.isPending}>{t("searchTester.try")}</Button>
          </form>
          {!found && !search.isPending && (
            <ul className="flex flex-wrap gap-2" aria-label={t("searchTester.examples")}>
              {EXAMPLES.map((example) => (
                <li key={example}><Button look="outline" size="sm" onClick={() => ask(example)}>{example}</Button></li>
              ))}
            </ul>
          )}
          {search.isError && <Notice tone="risk">{isProblem(search.error) ? search.error.detail : t("common.failed")}</Notice>}
          {search.isPending && <SkeletonRows count={4} />}
          {found && !search.isPending && (
            <>
              <UnderstoodWords found={found} />
              {found.items.length === 0
                ? <Empty picture={<SearchX aria-hidden />} text={t("searchTester.none")} />
                : <ol className="divide-y overflow-hidden rounded-2xl border bg-surface">{found.items.map((piece) => <FoundPiece key={piece.product_id} piece={piece} />)}</ol>}
              <section aria-labelledby="reply">
                <h2 id="reply" className="mb-2 px-1 text-xs font-medium text-soft">{t("searchTester.reply")}</h2>
                <div className="whitespace-pre-line rounded-2xl rounded-tl-sm border bg-surface p-4"><Formatted text={found.whatsapp_text} /></div>
              </section>
            </>
          )}
        </div>
      </main>
    </>
  );
}
