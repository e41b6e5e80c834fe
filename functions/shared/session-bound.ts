import type { ModelConfig } from "#lib/models/model-config.schema.ts";

/** Whether trades end in the session of their decision. */
export const isSessionBound = ({ horizon }: Pick<ModelConfig, "horizon">): boolean => horizon === "0dte" || horizon === "intraday";
