import * as z from "zod";
import type { HttpSession } from "../http-client.ts";
import { answerInvalid } from "../vendor-answer.ts";

export interface PagedRequest<S extends z.ZodType> {
  readonly provider: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  /** The form of one row. */
  readonly row: S;
  readonly feature: string;
}

/** Follows `next_page_token` through lists by symbol, such as `{ bars: { SPY: [...] } }`, and hands on one row after the other. */
export async function forEachRow<S extends z.ZodType>(
  session: HttpSession,
  list: "bars" | "trades" | "quotes",
  request: PagedRequest<S>,
  use: (symbol: string, row: z.output<S>) => void,
): Promise<void> {
  const schema = z.object({ [list]: z.record(z.string(), z.array(request.row)).nullish(), next_page_token: z.string().nullish() });
  await forEachPage(session, { ...request, row: schema }, (page) => {
    const bySymbol = (page as Record<string, Record<string, readonly z.output<S>[]> | null | undefined>)[list] ?? {};
    for (const [symbol, rows] of Object.entries(bySymbol)) for (const row of rows) use(symbol, row);
  });
}

/**
 * Follows `next_page_token` to the last page.
 *
 * @throws DATA_INVALID when a page names itself as the next one; as the session otherwise
 */
export async function forEachPage<S extends z.ZodType<{ readonly next_page_token?: string | null | undefined }>>(
  session: HttpSession,
  { provider, path, query, row: schema, feature }: PagedRequest<S>,
  use: (page: z.output<S>) => void,
): Promise<void> {
  let token = "";
  do {
    const page: z.output<S> = await session.get({ path, query: token === "" ? query : { ...query, page_token: token }, schema, feature });
    use(page);
    const next: string = page.next_page_token ?? "";
    if (next !== "" && next === token) throw answerInvalid({ provider, endpoint: path }, "its next page is the page itself");
    token = next;
  } while (token !== "");
}
