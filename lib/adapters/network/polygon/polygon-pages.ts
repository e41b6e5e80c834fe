import type * as z from "zod";
import { SigmaError } from "../../../errors/sigma-error.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { pageOf } from "./polygon-shapes.ts";

/** The vendor's own hosts, old name and new: either may name the next page on the other. */
const VENDOR_HOSTS = new Set(["api.massive.com", "api.polygon.io"]);

export interface PagedRequest<S extends z.ZodType> {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  /** The form of one row. */
  readonly row: S;
  readonly feature: string;
}

/** All rows of a request, and whether the plan gives them with a delay. */
export async function readPages<S extends z.ZodType>(
  client: HttpClient,
  session: HttpSession,
  request: PagedRequest<S>,
): Promise<{ readonly rows: readonly z.output<S>[]; readonly delayed: boolean }> {
  const rows: z.output<S>[] = [];
  const { delayed } = await forEachRow(client, session, request, (row) => rows.push(row));
  return { rows, delayed };
}

/**
 * Follows `next_url` to the last page and hands on one row after the other. The next page is asked from the host that was
 * asked first, and only when it is named there: the key goes nowhere else.
 *
 * @throws DATA_INVALID when the next page is named on another host, or is the page that was just read
 * @throws as the session otherwise
 */
export async function forEachRow<S extends z.ZodType>(
  client: HttpClient,
  session: HttpSession,
  { path, query, row, feature }: PagedRequest<S>,
  use: (row: z.output<S>) => void,
): Promise<{ readonly delayed: boolean }> {
  const schema = pageOf(row);
  let delayed = false;
  let previousUrl = "";
  let next: { readonly path: string; readonly query: PagedRequest<S>["query"] } | undefined = { path, query };
  while (next !== undefined) {
    const page: z.output<typeof schema> = await session.get({ ...next, schema, feature });
    if (page.status === "DELAYED") delayed = true;
    for (const one of page.results ?? []) use(one as z.output<S>);
    const url: string = page.next_url ?? "";
    if (url !== "" && url === previousUrl) throw pageInvalid(client.provider, path, "its next page is the page itself");
    previousUrl = url;
    next = url === "" ? undefined : nextPage(client, path, url);
  }
  return { delayed };
}

function nextPage(client: HttpClient, path: string, text: string): { readonly path: string; readonly query: Record<string, string> } {
  const base = new URL(client.baseUrl);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const trusted = url !== undefined && (url.host === base.host || (VENDOR_HOSTS.has(url.host) && VENDOR_HOSTS.has(base.host)));
  if (!trusted || url.protocol !== base.protocol) {
    throw pageInvalid(client.provider, path, `its next page lies on "${url?.host ?? "no"}" host, not on "${base.host}"`);
  }
  // The key travels in a header only.
  url.searchParams.delete("apiKey");
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
}

function pageInvalid(provider: string, endpoint: string, issue: string): SigmaError {
  return new SigmaError(
    "DATA_INVALID",
    `The answer of "${provider}" to ${endpoint} cannot be followed: ${issue}. Nothing was sent there.`,
    {
      provider,
      endpoint,
    },
  );
}
