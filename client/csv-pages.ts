import type { QueryValues, Send } from "./send.ts";

/** Most rows of one page of a list. */
const MOST_PAGE_ROWS = 200;

/** A list as CSV, page after page under one header, at most so many rows. */
export async function csvPages(
  send: Send,
  path: string,
  query: QueryValues = {},
  most = 100_000,
): Promise<{ readonly text: string; readonly rows: number }> {
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(MOST_PAGE_ROWS, most - Math.max(0, lines.length - 1));
    const response = await send("GET", path, { query: { ...query, limit, cursor }, headers: { accept: "text/csv" } });
    lines.push(...recordsOf(await response.text()).slice(cursor === undefined ? 0 : 1));
    cursor = response.headers.get("x-next-cursor") ?? undefined;
  } while (cursor !== undefined && lines.length - 1 < most);
  return { text: lines.map((line) => `${line}\r\n`).join(""), rows: lines.length - 1 };
}

/** Records of a CSV text; a line break inside quotes belongs to its record. */
function recordsOf(csv: string): string[] {
  const records: string[] = [];
  let open = "";
  for (const line of csv.split("\r\n")) {
    open = open === "" ? line : `${open}\r\n${line}`;
    if (open.split('"').length % 2 === 0) continue;
    if (open !== "") records.push(open);
    open = "";
  }
  return records;
}
