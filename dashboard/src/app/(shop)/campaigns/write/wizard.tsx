"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrl } from "@/shell/url";

import { usePreview } from "../queries";
import { AudienceStep } from "./audience/audience-step";
import { StepFrame } from "./frame";
import { MessageStep } from "./message-step";
import { NameStep } from "./name-step";
import { PiecesStep } from "./pieces-step";
import { PreviewPanel } from "./preview-panel";
import { ReviewStep } from "./review-step";
import { ScheduleStep } from "./schedule-step";
import { SendButton } from "./send-button";
import { type Step, STEPS } from "./steps";
import { useWriting, type Writing } from "./use-writing";

const PREVIEWED: readonly Step[] = ["audience", "pieces", "schedule", "review"];

/** A draft from its name to the moment it is sent; every step can be gone back to. */
export function Wizard({ id }: { id: string }) {
  const t = useTranslations("campaigns");
  const router = useRouter();
  const { params, change } = useUrl();
  const writing = useWriting(id);
  const asked = params.get("step");
  const step = STEPS.find((one) => one === asked) ?? "name";
  const preview = usePreview(id, PREVIEWED.includes(step) ? writing.version : undefined);
  const at = STEPS.indexOf(step);
  const go = (to: Step | undefined) => {
    if (!to) return;
    void writing.flush();
    change({ step: to }, "replace");
  };
  const leave = async () => {
    if (await writing.flush()) router.push(`/campaigns?id=${id}`);
  };
  const { written, campaign } = writing;
  const panel = <PreviewPanel preview={preview.data} seen={preview.seen} waiting={preview.isFetching || writing.state !== "saved"} failed={preview.isError} />;
  const editable = campaign?.status === "draft";
  return (
    <StepFrame name={written?.name ?? "…"} step={step} told={t(`write.${writing.state}`)} onStep={go} onClose={() => void leave()}
      aside={PREVIEWED.includes(step) && panel}
      footer={
        <>
          {at > 0 && <Button look="outline" onClick={() => go(STEPS[at - 1])}>{t("write.back")}</Button>}
          {step === "review"
            ? written && editable && <SendButton writing={writing} preview={preview.data} />
            : <Button disabled={!written?.name.trim()} onClick={() => go(STEPS[at + 1])}>{t("write.next")}</Button>}
        </>
      }>
      <Told writing={writing} />
      {writing.missing && <Notice tone="risk">{t("gone")}</Notice>}
      {!written && !writing.missing && <Waiting />}
      {written && campaign && !editable && <Notice tone="waits">{t("noDraft")}</Notice>}
      {written && editable && (
        <>
          {step === "name" && <NameStep name={written.name} onChange={(name) => writing.change({ name })} error={writing.remedy("name")} />}
          {step === "message" && <MessageStep writing={writing} written={written} />}
          {step === "audience" && <AudienceStep writing={writing} written={written} />}
          {step === "pieces" && <PiecesStep writing={writing} written={written} preview={preview.data} />}
          {step === "schedule" && <ScheduleStep writing={writing} written={written} />}
          {step === "review" && <ReviewStep writing={writing} written={written} preview={preview.data} onStep={go} />}
          {PREVIEWED.includes(step) && step !== "review" && <div className="xl:hidden">{panel}</div>}
        </>
      )}
    </StepFrame>
  );
}

/** What keeps the draft from being saved. */
function Told({ writing }: { writing: Writing }) {
  const t = useTranslations();
  if (writing.conflict) {
    return (
      <Notice tone="waits">
        <p>{t("campaigns.write.changed")}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="outline" size="sm" onClick={writing.conflict.keepMine}>{t("campaigns.write.keepMine")}</Button>
          <Button look="outline" size="sm" onClick={writing.conflict.takeTheirs}>{t("campaigns.write.takeTheirs")}</Button>
        </div>
      </Notice>
    );
  }
  if (!writing.problem) return null;
  const { problem } = writing;
  const remedies = isProblem(problem) ? problem.errors?.map((one) => one.remedy) : undefined;
  return (
    <Notice tone="risk" action={<Button look="outline" size="sm" onClick={() => void writing.flush()}>{t("common.retry")}</Button>}>
      {remedies?.join(" ") ?? (isProblem(problem) ? problem.detail : t("common.failed"))}
    </Notice>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      {[0, 1, 2].map((n) => <Skeleton key={n} className="h-24 rounded-2xl" />)}
    </div>
  );
}
