import { useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../words/format.ts";

/** The log as far as it was read; counts stand on it. */
export const useWholeLog = (model?: string | undefined) =>
  useRows("GET /signals", { query: { limit: 200, ...(model === undefined ? {} : { model_id: model }) } });

/** Over how many signals a count is, and a way to read more of them. */
export function LogExtent({ log }: { readonly log: ReturnType<typeof useWholeLog> }) {
  const count = log.data?.length ?? 0;
  if (!log.hasNextPage) return <>Counts are over the whole log, {plural(count, "decision")}.</>;
  return (
    <>
      Counts are over the newest {plural(count, "decision")}.{" "}
      <Button small busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
        Count older ones, too
      </Button>
    </>
  );
}
