import type { ReactNode } from "react";

import { Brand } from "@/components/brand";

/** What stands around the pages for who is not signed in yet; from the top, so that what comes in below moves nothing. */
export function Door(props: { title: string; text: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-105 flex-col gap-8 px-5 pb-10 pt-[max(2.5rem,10dvh)]">
      <Brand />
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">{props.title}</h1>
        <p className="mt-2 text-balance text-soft">{props.text}</p>
      </div>
      {props.children}
    </main>
  );
}
