import * as z from "zod";
import { EXPIRY_SCOPES, type ExpiryScope } from "../options/chain/chain-layout.ts";
import type { Tenor } from "../options/chain/iv-measures.ts";
import { IV_SOURCES, type IvSource } from "../options/chain/smile.ts";

/** Parameters of everything that reads an implied volatility. */
export const daysParam = (days: number) =>
  z
    .int()
    .min(0)
    .max(730)
    .default(days)
    .meta({ examples: [45] })
    .describe("Calendar days to expiry, interpolated; 0 = the nearest expiry");

export const ivSourceParam = z
  .enum(IV_SOURCES)
  .default("auto")
  .describe("snapshot: the source's own; quotes: solved from the middle of the quotes; auto: snapshot, else quotes");

export const expiryParam = (scope: ExpiryScope) =>
  z.enum(EXPIRY_SCOPES).default(scope).describe("front: the nearest living expiry; all: every living expiry");

export const tenorOf = ({ days, iv_source }: { readonly days: number; readonly iv_source: IvSource }): Tenor => ({
  days,
  source: iv_source,
});

/** Names a tenor in a measure's key. */
export const tenorKey = ({ days, source }: Tenor): string => `${days}:${source}`;

/** `30`, `front`, `30_quotes`: the end of a column's name. */
export const tenorSuffix = ({ days, iv_source }: { readonly days: number; readonly iv_source: IvSource }): string =>
  `${days === 0 ? "front" : days}${iv_source === "auto" ? "" : `_${iv_source}`}`;

/** Nothing for the indicator's usual scope, else `_front` or `_all`. */
export const scopeSuffix = (scope: ExpiryScope, usual: ExpiryScope): string => (scope === usual ? "" : `_${scope}`);

/** `2`, `0p5`: a number with decimals as column names write it. */
export const decimal = (value: number): string => String(value).replace(".", "p");
