import { NotFound } from "@/shell/not-found";

export default function Page() {
  return <NotFound />;
}
