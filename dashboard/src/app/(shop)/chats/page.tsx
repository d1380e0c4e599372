import type { Metadata } from "next";

import { Chats } from "./chats";

export const metadata: Metadata = { title: "Chats" };

export default function Page() {
  return <Chats />;
}
