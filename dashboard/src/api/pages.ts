/** The rows of all pages read so far, and how to read the next: what every list needs. */
export type Rows<Row> = {
  rows: Row[];
  loading: boolean;
  failed: boolean;
  more: (() => void) | null;
  loadingMore: boolean;
  retry: () => void;
};

type Query<Row> = {
  data?: { pages: { items: Row[]; next_cursor: string | null }[] };
  isPending: boolean;
  isError: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

export function rowsOf<Row>(query: Query<Row>): Rows<Row> {
  return {
    rows: query.data?.pages.flatMap((page) => page.items) ?? [],
    loading: query.isPending,
    failed: query.isError && !query.data,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    loadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
  };
}

/** How every list of the API goes on. */
export const PAGING = {
  pageParamName: "cursor",
  initialPageParam: null as string | null, // not undefined: the hooks would send 0
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
};
