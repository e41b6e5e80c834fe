import type { QueryClient } from "@tanstack/react-query";

/** Rows of a list that go while the server is asked to remove them, and come back when it refuses. */
export interface Vanishing {
  /** The list, by the beginning of its key. */
  readonly key: readonly unknown[];
  readonly goes: (row: unknown) => boolean;
}

interface Page {
  readonly rows: readonly unknown[];
}

/** A list's answer, one page or all that were read, without the rows that go; anything else as it is. */
export function withoutRows(answer: unknown, goes: Vanishing["goes"]): unknown {
  if (!isRecord(answer)) return answer;
  const rest = (page: unknown): unknown => (isPage(page) ? { ...page, rows: page.rows.filter((row) => !goes(row)) } : page);
  return Array.isArray(answer["pages"]) ? { ...answer, pages: answer["pages"].map(rest) } : rest(answer);
}

/**
 * Takes rows out of every answer of a list that is at hand.
 *
 * @returns puts the answers back as they were
 */
export async function vanish(queries: QueryClient, { key, goes }: Vanishing): Promise<() => void> {
  // An answer that is on its way would bring the rows back.
  await queries.cancelQueries({ queryKey: key });
  const before = queries.getQueriesData({ queryKey: key });
  queries.setQueriesData({ queryKey: key }, (answer: unknown) => withoutRows(answer, goes));
  return () => {
    for (const [each, answer] of before) queries.setQueryData(each, answer);
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const isPage = (value: unknown): value is Page => isRecord(value) && Array.isArray(value["rows"]);
