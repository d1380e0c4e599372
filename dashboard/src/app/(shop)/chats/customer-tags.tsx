"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type Customer, useTags } from "./queries";

export function CustomerTags({ customer }: { customer: Customer }) {
  const t = useTranslations("chats.about");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const known = useTags().filter((one) => !customer.tags.includes(one.tag));
  const give = api.useMutation("put", "/boutiques/{boutique_id}/customers/{customer_id}/tags", {
    onSuccess: () => void queries.invalidateQueries(),
    onError: (error) => void toast.error(isProblem(error) ? error.detail : c("failed")),
  });
  const set = (tags: string[]) =>
    give.mutate({ params: { path: { ...path, customer_id: customer.id } }, body: { tags } }, { onSuccess: () => setTyped("") });
  function add(event: FormEvent) {
    event.preventDefault();
    if (typed.trim()) set([...customer.tags, typed.trim()]);
  }
  return (
    <section className="flex flex-col gap-2">
      <h3 className="px-1 text-xs font-medium text-soft">{t("tags")}</h3>
      {customer.tags.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {customer.tags.map((tag) => (
            <li key={tag} className="flex items-center rounded-full bg-sunk pl-3 text-base">
              #{tag}
              <button type="button" aria-label={t("removeTag", { tag })} disabled={give.isPending}
                onClick={() => set(customer.tags.filter((one) => one !== tag))} className="grid size-9 place-items-center text-soft">
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex gap-2">
        <input value={typed} onChange={(event) => setTyped(event.target.value)} maxLength={40} list={`tags-${customer.id}`}
          aria-label={t("addTag")} placeholder={t("addTag")}
          className="h-11 min-w-0 flex-1 rounded-xl border border-line bg-raised px-3 text-input placeholder:text-soft focus:border-green focus:outline-none" />
        <datalist id={`tags-${customer.id}`}>{known.map((one) => <option key={one.tag} value={one.tag} />)}</datalist>
        <Button type="submit" look="outline" size="small" className="size-11 rounded-xl" aria-label={t("addTag")} disabled={!typed.trim()} busy={give.isPending}>
          {!give.isPending && <Plus aria-hidden />}
        </Button>
      </form>
    </section>
  );
}
