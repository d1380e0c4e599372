import { type ReactNode, Suspense } from "react";

import { Frame } from "@/shell/frame";
import { Gate } from "@/shell/gate";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Gate>
      <Frame>
        <Suspense>{children}</Suspense>
      </Frame>
    </Gate>
  );
}
