import { type InvalidateOptions, type InvalidateQueryFilters, type Query, QueryClient } from "@tanstack/react-query";

/**
 * Asks once more for what changed while it was asked for the first time.
 *
 * The library leaves a first question under way alone and takes its answer for fresh, though it may be
 * from before the change. It is let come, so that something is shown on a slow line, and then asked anew.
 */
export class FreshQueries extends QueryClient {
  readonly #waiting = new WeakSet<Query>();

  override invalidateQueries(filters?: InvalidateQueryFilters, options: InvalidateOptions = {}): Promise<void> {
    const first = options.cancelRefetch === false ? [] : this.getQueryCache()
      .findAll({ ...filters, fetchStatus: "fetching" }).filter((query) => query.state.data === undefined);
    const looked = super.invalidateQueries(filters, options);
    return first.length === 0 ? looked : Promise.all([looked, ...first.map((query) => this.#onceMore(query))]).then(() => undefined);
  }

  async #onceMore(query: Query): Promise<void> {
    if (this.#waiting.has(query)) return;
    this.#waiting.add(query);
    await query.promise?.catch(() => undefined); // what failed says so itself
    this.#waiting.delete(query);
    await super.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
}
