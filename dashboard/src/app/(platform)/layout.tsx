import { type ReactNode, Suspense } from "react";

import { PlatformFrame } from "@/platform/frame";
import { PlatformGate } from "@/platform/gate";
import { PageWaiting } from "@/shell/page";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <PlatformGate>
      <PlatformFrame>
        <Suspense fallback={<PageWaiting />}>{children}</Suspense>
      </PlatformFrame>
    </PlatformGate>
  );
}
