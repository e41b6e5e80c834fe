import * as z from "zod";
import { type Answer, json, text } from "./answer.ts";
import { type CsvValue, csvOf } from "./csv.ts";

/** What every list takes. */
export const pageQuery = {
  limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(4096).optional().describe("next_cursor of the page before"),
};

/** A page of anything, as answered. */
export const pageSchema = <S extends z.ZodType>(row: S) => z.strictObject({ rows: z.array(row), next_cursor: z.string().nullable() });

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The store's form of a page's place. */
export const placeOf = ({ limit, cursor }: PageQuery): { limit: number; cursor?: string } =>
  cursor === undefined ? { limit } : { limit, cursor };

export const page = (rows: readonly unknown[], nextCursor: string | null): Answer => json({ rows, next_cursor: nextCursor });

/** A page as CSV; the cursor of the next one stands in a header. */
export const csvPage = (columns: readonly string[], rows: readonly (readonly CsvValue[])[], nextCursor: string | null): Answer =>
  text(csvOf(columns, rows), "text/csv; charset=utf-8", nextCursor === null ? {} : { "x-next-cursor": nextCursor });
