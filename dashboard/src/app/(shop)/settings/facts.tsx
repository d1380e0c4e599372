/** Names and what they are, a line each. */
export function Facts({ rows }: { rows: [string, string][] }) {
  return (
    <dl className="divide-y">
      {rows.map(([name, value]) => (
        <div key={name} className="flex min-h-12 items-center gap-4 px-4 py-2">
          <dt className="shrink-0 text-soft">{name}</dt>
          <dd className="min-w-0 flex-1 break-all text-right font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
