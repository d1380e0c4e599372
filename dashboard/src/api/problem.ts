/** An error of the API, as RFC 9457 has it: a form shows each of `errors` beside its field. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: { field: string; code: string; value?: unknown; remedy: string }[];
};

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error && "status" in error;
}

/** The remedy for one field of a form, if the API refused its value. */
export function remedyFor(error: unknown, field: string): string | undefined {
  if (!isProblem(error)) return undefined;
  return error.errors?.find((one) => one.field === field || one.field.endsWith(`.${field}`))?.remedy;
}
