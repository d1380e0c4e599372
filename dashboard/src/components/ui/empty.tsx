import type { ReactNode } from "react";

/** What stands where nothing is yet: a picture, one sentence, one button. */
export function Empty(props: { picture: ReactNode; text: string; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 px-8 py-16 text-center">
      <div className="grid size-20 place-items-center rounded-3xl bg-green-soft text-green-ink [&_svg]:size-9">
        {props.picture}
      </div>
      <p className="max-w-70 text-balance text-soft">{props.text}</p>
      {props.action}
    </div>
  );
}
