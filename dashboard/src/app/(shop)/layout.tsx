import { type ReactNode, Suspense } from "react";

import { Frame } from "@/shell/frame";
import { Gate } from "@/shell/gate";
import { PageWaiting } from "@/shell/page";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Gate>
      <Frame>
        <Suspense fallback={<PageWaiting />}>{children}</Suspense>
      </Frame>
    </Gate>
  );
}
