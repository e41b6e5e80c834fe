import type { IndicatorDefinition } from "../define-indicator.ts";
import { microprice } from "./microprice.ts";
import { quoteImbalance } from "./quote-imbalance.ts";
import { vpin } from "./vpin.ts";

/** What single quotes and trades say. In the order of the docs. */
export const tickIndicators: readonly IndicatorDefinition[] = [quoteImbalance, microprice, vpin];
