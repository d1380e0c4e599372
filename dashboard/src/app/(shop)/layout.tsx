import { type ReactNode, Suspense } from "react";

import { AHEAD_SCRIPT } from "@/api/ahead";
import { SEEN_ID, SEEN_SCRIPT } from "@/kept/seen";
import { Frame } from "@/shell/frame";
import { Gate } from "@/shell/gate";
import { PageWaiting } from "@/shell/page";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <div id={SEEN_ID} inert aria-hidden suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }}
        className="fixed inset-0 z-50 bg-paper empty:hidden" />
      <script dangerouslySetInnerHTML={{ __html: `${SEEN_SCRIPT};${AHEAD_SCRIPT}` }} />
      <Gate>
        <Frame>
          <Suspense fallback={<PageWaiting />}>{children}</Suspense>
        </Frame>
      </Gate>
    </>
  );
}
