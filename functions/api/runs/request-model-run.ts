import type { requestModelRun as request } from "../../shared/request-run.ts";

/** The function of this name, loaded by the first request that starts a run: with it comes all that reads market data. */
export const requestModelRun: typeof request = async (...asked) => {
  const { requestModelRun: loaded } = await import("../../shared/request-run.ts");
  return loaded(...asked);
};
