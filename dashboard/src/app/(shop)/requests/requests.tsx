"use client";

import { CheckCheck, MessageCircle, Package } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead } from "@/shell/page";

import { type CustomerRequest, useRequests, useRequestsChanged } from "./queries";

/** What customers asked for that only a person can grant. */
export function Requests() {
  const t = useTranslations("requests");
  return (
    <>
      <PageHead title={t("title")} />
      <main className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <div className="mx-auto max-w-160">
          <RowList of={useRequests()} label={t("title")} row={(request) => <RequestRow request={request} />}
            empty={<Empty picture={<CheckCheck aria-hidden />} text={t("none")} />} />
        </div>
      </main>
    </>
  );
}

function RequestRow({ request }: { request: CustomerRequest }) {
  const t = useTranslations();
  const { when } = useFormats();
  const path = useBoutiquePath();
  const changed = useRequestsChanged();
  const params = { path: { ...path, request_id: request.id } };
  const reopen = api.useMutation("delete", "/boutiques/{boutique_id}/requests/{request_id}/done", { onSuccess: () => void changed() });
  const close = api.useMutation("post", "/boutiques/{boutique_id}/requests/{request_id}/done", {
    onSuccess: () => {
      void changed();
      toast(t("requests.closed"), { action: { label: t("common.undo"), onClick: () => reopen.mutate({ params }) } });
    },
    onError: () => void toast.error(t("common.failed")),
  });
  return (
    <article className="flex flex-col gap-3 p-4">
      <div className="flex items-baseline gap-3">
        <h2 className="min-w-0 flex-1 truncate font-medium">{request.customer_name ?? t("chats.customer")}</h2>
        <time dateTime={request.created_at} className="text-xs text-soft">{when(request.created_at)}</time>
      </div>
      <p>“{request.words}”</p>
      <div className="flex flex-wrap gap-2">
        <Button asChild look="outline" size="sm">
          <Link href={`/chats?id=${request.conversation_id}`}><MessageCircle aria-hidden /> {t("requests.answer")}</Link>
        </Button>
        {request.order_id && (
          <Button asChild look="outline" size="sm">
            <Link href={`/orders?filter=all&id=${request.order_id}`}><Package aria-hidden /> {request.order_number}</Link>
          </Button>
        )}
        <Button look="quiet" size="sm" busy={close.isPending} onClick={() => close.mutate({ params })}>
          <CheckCheck aria-hidden /> {t("requests.done")}
        </Button>
      </div>
    </article>
  );
}
