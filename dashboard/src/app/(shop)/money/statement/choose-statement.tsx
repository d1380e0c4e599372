"use client";

import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { type Statement, useImporting, useStatements } from "../queries";

const KINDS = ".csv,.xlsx,.pdf,text/csv,application/pdf,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const LOCKED = ["password_needed", "wrong_password"];

/** The file, its password if it has one, and the last statements. */
export function ChooseStatement({ onTaken }: { onTaken: (one: Statement) => void }) {
  const t = useTranslations();
  const input = useRef<HTMLInputElement>(null);
  const importing = useImporting();
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState("");
  const problem = isProblem(importing.error) ? importing.error : null;
  const locked = file !== null && problem !== null && LOCKED.includes(problem.code);
  const take = (chosen: File, opened: string) => importing.mutate({ file: chosen, password: opened }, { onSuccess: onTaken });
  const choose = (chosen: File) => { setFile(chosen); setPassword(""); take(chosen, ""); };
  return (
    <>
      <section className="flex flex-col gap-4 rounded-2xl border bg-surface p-5">
        <p className="text-soft">{t("money.statement.text")}</p>
        {importing.isError && !locked && <Notice tone="risk">{problem?.errors?.[0]?.remedy ?? problem?.detail ?? t("common.failed")}</Notice>}
        {locked && (
          <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); take(file, password); }}>
            <Field label={t("money.statement.password")} hint={t("money.statement.passwordHint")} error={problem.code === "wrong_password" ? problem.detail : undefined}>
              {(wired) => <Input {...wired} type="password" autoComplete="off" value={password} onChange={({ target }) => setPassword(target.value)} />}
            </Field>
            <Button type="submit" busy={importing.isPending} disabled={!password}>{t("money.statement.open")}</Button>
          </form>
        )}
        <Button look={locked ? "outline" : "main"} busy={importing.isPending} onClick={() => input.current?.click()}>
          {!importing.isPending && <FileUp aria-hidden />} {t(importing.isPending ? "money.statement.reading" : "money.statement.choose")}
        </Button>
        <input ref={input} type="file" accept={KINDS} aria-label={t("money.statement.choose")} tabIndex={-1} className="sr-only"
          onChange={({ target }) => { const [chosen] = target.files ?? []; if (chosen) choose(chosen); target.value = ""; }} />
      </section>
      <Latest />
    </>
  );
}

function Latest() {
  const t = useTranslations("money.statement");
  const { when } = useFormats();
  const { change } = useUrl();
  const latest = useStatements() ?? [];
  if (latest.length === 0) return null;
  return (
    <section aria-labelledby="latest-statements" className="overflow-hidden rounded-2xl border bg-surface">
      <h2 id="latest-statements" className="px-4 pt-4 font-medium">{t("latest")}</h2>
      <ul className="divide-y">
        {latest.map((one) => (
          <li key={one.id}>
            <Row onOpen={() => change({ id: one.id })} title={one.file_name} aside={<span className="text-xs text-soft">{when(one.created_at)}</span>}
              below={t("found", { count: one.lines, fresh: one.new_lines })}
              belowAside={one.left > 0 ? <Badge tone="waits">{t("leftCount", { count: one.left })}</Badge> : <Badge tone="good">{t("allKnown")}</Badge>} />
          </li>
        ))}
      </ul>
    </section>
  );
}
