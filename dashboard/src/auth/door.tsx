import type { ReactNode } from "react";

import { Brand } from "@/components/brand";

/** What stands around the pages for who is not signed in yet. */
export function Door(props: { title: string; text: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-105 flex-col justify-center gap-8 px-5 py-10">
      <Brand />
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">{props.title}</h1>
        <p className="mt-2 text-balance text-soft">{props.text}</p>
      </div>
      {props.children}
    </main>
  );
}
