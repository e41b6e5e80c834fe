import { useQuery } from "@tanstack/react-query";
import { asking } from "../../../data/ask.ts";

/** While the test runs its verdict is asked for so often. */
const ASK_MS = 2_500;

/** What is known of a draft: report, test, documents. Asked again while its test runs. */
export function useReview(packId: string) {
  return useQuery({
    ...asking("GET /pack_drafts/{pack_id}/review", { params: { pack_id: packId } }),
    refetchInterval: ({ state }) => (state.data?.check?.status === "running" ? ASK_MS : false),
  });
}
