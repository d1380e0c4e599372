"use client";

import { CheckCheck, MessageCircle } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type OrderData, useOrdersChanged } from "./queries";

type Asked = OrderData["open_requests"][number];

/** What the customer asks of this order: answered here, in the chat, and then closed. */
export function OrderRequest({ order, request }: { order: OrderData; request: Asked }) {
  const t = useTranslations();
  const { when } = useFormats();
  const [answering, setAnswering] = useState(false);
  const { close, closing } = useClose(request);
  return (
    <article className="flex flex-col gap-3 rounded-2xl bg-amber-soft p-4 text-amber">
      <div className="flex items-baseline gap-3 text-xs font-medium">
        <h3 className="flex-1">{t(`requests.kinds.${request.kind}`)}</h3>
        <time dateTime={request.created_at}>{when(request.created_at)}</time>
      </div>
      <p className="text-ink">“{request.words}”</p>
      <div className="flex flex-wrap gap-2">
        {order.conversation_id && (
          <Button look="outline" size="sm" onClick={() => setAnswering(true)}>
            <MessageCircle aria-hidden /> {t("requests.answer")}
          </Button>
        )}
        <Button look="quiet" size="sm" busy={closing} onClick={close}><CheckCheck aria-hidden /> {t("requests.done")}</Button>
      </div>
      {answering && order.conversation_id && (
        <Answer request={request} conversationId={order.conversation_id} onClose={() => setAnswering(false)} onSent={close} />
      )}
    </article>
  );
}

function useClose(request: Asked) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useOrdersChanged();
  const params = { path: { ...path, request_id: request.id } };
  const reopen = api.useMutation("delete", "/boutiques/{boutique_id}/requests/{request_id}/done", { onSuccess: () => void changed() });
  const done = api.useMutation("post", "/boutiques/{boutique_id}/requests/{request_id}/done", {
    onSuccess: () => {
      void changed();
      toast(t("requests.closed"), { action: { label: t("common.undo"), onClick: () => reopen.mutate({ params }) } });
    },
    onError: () => void toast.error(t("common.failed")),
  });
  return { close: () => done.mutate({ params }), closing: done.isPending };
}

/** The answer goes into the customer's chat, in the person's own words; refused, it stays here. */
function Answer(props: { request: Asked; conversationId: string; onClose: () => void; onSent: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const [text, setText] = useState("");
  const key = useRef(newKey());
  const send = api.useMutation("post", "/boutiques/{boutique_id}/conversations/{conversation_id}/messages", {
    onSuccess: () => { props.onClose(); props.onSent(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const submit = () => send.mutate({
    params: { path: { ...path, conversation_id: props.conversationId }, header: { "idempotency-key": key.current } },
    body: { text: text.trim() },
  });
  return (
    <Sheet open onOpenChange={props.onClose} title={t("requests.answer")} close={t("common.close")}
      footer={
        <Button busy={send.isPending} disabled={!text.trim()} onClick={submit}>{t("requests.send")}</Button>
      }>
      <p className="mb-4 text-soft">“{props.request.words}”</p>
      <Field label={t("requests.yourAnswer")} hint={t("chats.willTakeOver")}>
        {(wired) => (
          <Textarea {...wired} value={text} maxLength={4000}
            onChange={(event) => { key.current = newKey(); setText(event.target.value); }} />
        )}
      </Field>
    </Sheet>
  );
}
