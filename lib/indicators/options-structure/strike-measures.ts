import type { ExpiryScope } from "../../options/chain/chain-layout.ts";
import { gammaPeak } from "../../options/chain/gamma-ladder.ts";
import { maxPain, openInterestPeak } from "../../options/chain/open-interest.ts";
import type { ChainMeasure } from "../snapshots.ts";

/** Strikes that a snapshot points to, raw dollars: each is read by two indicators, as a price and as a distance from it. */
export const maxPainMeasure = (expiry: ExpiryScope): ChainMeasure => ({
  kind: "open_interest",
  key: `max_pain:${expiry}`,
  of: (chain) => maxPain(chain, expiry),
});

export const openInterestPeakMeasure = (expiry: ExpiryScope): ChainMeasure => ({
  kind: "open_interest",
  key: `oi_peak:${expiry}`,
  of: (chain) => openInterestPeak(chain, expiry),
});

export const gammaPeakMeasure = (expiry: ExpiryScope): ChainMeasure => ({
  kind: "exposure",
  key: `gamma_peak:${expiry}`,
  of: (chain) => gammaPeak(chain, expiry),
});

/** What all strikes and distances say about splits. */
export const STRIKE_NOTE =
  "NaN too where a split or dividend lies between the snapshot and the row, as the strikes may not be the row's any more.";
