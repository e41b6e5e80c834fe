import { useMemo } from "react";
import { useAsk } from "../../../data/ask.ts";
import type { Indicator } from "../indicator-rows.ts";

/** Every indicator by its name; empty until the catalogue was read. */
export function useCatalogue(): ReadonlyMap<string, Indicator> {
  const query = useAsk("GET /indicators", { query: {} });
  return useMemo(() => {
    const rows = query.data !== undefined && "rows" in query.data ? query.data.rows : [];
    return new Map((rows as readonly Indicator[]).map((indicator) => [indicator.name, indicator]));
  }, [query.data]);
}
