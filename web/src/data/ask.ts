import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Operations } from "#client/operations.ts";
import type { ListName, OperationName, RequestOf } from "#client/sigma-client.ts";
import { client } from "./client.ts";
import { type Vanishing, vanish } from "./meanwhile.ts";

/** Routes that only read. */
export type ReadName = Extract<OperationName, `GET ${string}`>;
/** Routes that change something, or work something out. */
export type ActName = Exclude<OperationName, ReadName>;

/** What a route answers. */
export type AnswerOf<K extends OperationName> = Operations[K]["answer"];
/** A row of a list. */
export type RowOf<K extends ListName> = AnswerOf<K> extends { readonly rows: readonly (infer R)[] } ? R : never;

type Asked<K extends OperationName> = Pick<RequestOf<K>, Extract<keyof RequestOf<K>, "params" | "query">>;
type Rest<K extends OperationName> = Record<never, never> extends Asked<K> ? [request?: Asked<K>] : [request: Asked<K>];

/** Answers are kept by route and request; `[route]` alone reaches all answers of a route. */
export const keyOf = (name: OperationName, request?: object): readonly unknown[] => (request === undefined ? [name] : [name, request]);

/** Options of a read, for `useQuery`, for loaders and for prefetching. */
export function asking<K extends ReadName>(name: K, ...[request]: Rest<K>) {
  return queryOptions({
    queryKey: keyOf(name, request),
    queryFn: ({ signal }) => client.call(name, ...([{ ...request, signal }] as never)) as Promise<AnswerOf<K>>,
  });
}

/** How often and whether a read is made. */
export interface AskOptions<T = unknown> {
  readonly enabled?: boolean;
  /** Asked again so often while the page is seen; may depend on the last answer. */
  readonly everyMs?: number | false | ((answer: T | undefined) => number | false);
}

/** Reads a route: `useAsk("GET /models/{model_id}", { params: { model_id } })`. */
export function useAsk<K extends ReadName>(
  name: K,
  request?: Rest<K>[0],
  { enabled = true, everyMs = false }: AskOptions<AnswerOf<K>> = {},
) {
  return useQuery({
    ...asking(name, ...([request] as never)),
    enabled,
    refetchInterval: typeof everyMs === "function" ? ({ state }) => everyMs(state.data as AnswerOf<K> | undefined) : everyMs,
  });
}

type PageOf<K extends ListName> = AnswerOf<K> & { readonly next_cursor: string | null };

/** One function for all renders: another one each time would put all rows together, and compare them, again. */
const rowsOfPages = ({ pages }: InfiniteData<{ readonly rows: readonly unknown[] }, string>): unknown[] =>
  pages.flatMap(({ rows }) => rows);

/** Reads a list page after page; `rows` are those of all pages that were read. */
export function useRows<K extends ListName & ReadName>(
  name: K,
  request?: Rest<K>[0],
  { enabled = true, everyMs = false }: Pick<AskOptions, "enabled"> & { readonly everyMs?: number | false } = {},
) {
  return useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: [...keyOf(name, request), "pages"],
      queryFn: ({ signal, pageParam }) => {
        const { query, ...rest } = (request ?? {}) as { readonly query?: object };
        const asked = { ...rest, query: { ...query, ...(pageParam === "" ? {} : { cursor: pageParam }) }, signal };
        return client.call(name, ...([asked] as never)) as Promise<PageOf<K>>;
      },
      initialPageParam: "",
      getNextPageParam: (last: PageOf<K>) => last.next_cursor ?? undefined,
      select: rowsOfPages as (data: InfiniteData<PageOf<K>, string>) => RowOf<K>[],
    }),
    enabled,
    refetchInterval: everyMs,
  });
}

/**
 * Changes something: `useAct("DELETE /models/{model_id}", ["GET /models"])`. Afterwards the named reads are made again, and the
 * list of runs when it began one.
 * The same key goes with every try of one request, so that trying again never does it twice.
 *
 * @param vanishing - rows that are gone from their list at once, and back when the server refuses
 */
export function useAct<K extends ActName>(
  name: K,
  changes: readonly ReadName[] = [],
  vanishing?: (request: RequestOf<K>) => Vanishing,
): UseMutationResult<AnswerOf<K>, Error, RequestOf<K>, (() => void) | undefined> {
  const queries = useQueryClient();
  return useMutation({
    onMutate: (request: RequestOf<K>) => (vanishing === undefined ? undefined : vanish(queries, vanishing(request))),
    onError: (_error, _request, restore) => restore?.(),
    mutationFn: (request: RequestOf<K>) =>
      client.call(name, ...([name.startsWith("POST") ? { idempotencyKey: crypto.randomUUID(), ...request } : request] as never)) as Promise<
        AnswerOf<K>
      >,
    onSuccess: (answer) => {
      const startsRun = typeof answer === "object" && answer !== null && "run_id" in answer;
      const stale: readonly ReadName[] = startsRun ? [...changes, "GET /runs"] : changes;
      return Promise.all(stale.map((read) => queries.invalidateQueries({ queryKey: keyOf(read) })));
    },
  });
}
