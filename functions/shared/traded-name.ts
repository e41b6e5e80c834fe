import type { ModelConfig } from "#lib/models/model-config.schema.ts";

/** What a model trades: its symbol, or the universe whose members it may choose among. Results and trials are kept under this name. */
export const tradedName = ({ symbol, universe }: ModelConfig["data"]): string => universe ?? symbol;
