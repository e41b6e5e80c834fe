import { expect, it } from "vitest";
import type { Preview } from "#lib/matrix/preview.schema.ts";
import { plain } from "../../cli/paint.ts";
import { previewText } from "../../cli/preview-text.ts";

const PREVIEW: Preview = {
  matrix_sha: "f".repeat(64),
  sessions: ["2024-06-27", "2024-06-28"],
  status: "fail",
  columns: ["ret_1", "sma_3", "atm_iv_30"].map((name) => ({ name, indicator: name, version: 1, unit: "ratio" })),
  warmup_bars: 2,
  rows: [
    { ts: "2024-06-27T20:00:00.000Z", symbol: "AAA", ret_1: 0.0123456, atm_iv_30: null, y: 1 },
    { ts: "2024-06-28T20:00:00.000Z", symbol: "BBB", ret_1: -0.02, atm_iv_30: null, y: null },
  ],
  nan_share: { columns: { ret_1: 0, sma_3: 0.25, atm_iv_30: 1 }, indicators: { ret: 0, sma: 0.25, atm_iv: 1 } },
  label_balance: [
    { value: -1, rows: 0, share: 0 },
    { value: 1, rows: 1, share: 1 },
  ],
  coverage_by_hour: [
    { hour: 9, rows: 1, labelled: 1 },
    { hour: 15, rows: 1, labelled: 0 },
  ],
  verdicts: [
    {
      check: "iv_populated",
      status: "fail",
      summary: "Implied volatility is unavailable: there is no option chain. Choose another provider.",
      numbers: {},
      items: [],
    },
    { check: "flow_present", status: "ok", summary: "The matrix has no option flow.", numbers: {}, items: [] },
  ],
  leakage: { schema_version: 1, status: "ok", cuts: [], columns_checked: 6, values_compared: 1234, leaks: [] },
};

it("says what is unknown by indicator, the label's balance, the rows by hour, volatility and flow, and every fault in full", () => {
  expect(previewText(PREVIEW, plain, 60)).toBe(`Symbols             AAA, BBB
Sessions            2024-06-27, 2024-06-28
Rows                2
Features            3
Warm-up (bars)      2
Label               1 of 2 rows labelled, -1: 0 rows (0.0 %), 1: 1 rows (100.0 %)
Rows by hour        09h 1, 15h 1 (0 labelled)
Implied volatility  Implied volatility is unavailable: there is no option chain. Choose another provider.
Option flow         The matrix has no option flow.
Leak test           ok, 1,234 values compared
Verdict             fail

Indicator  Unknown (%)
---------  -----------
atm_iv           100.0
sma               25.0
Known in every row: 1 of 3 indicators.

Column                     Last row
---------  ------------------------
ts         2024-06-28T20:00:00.000Z
symbol                          BBB
ret_1                       -0.0200
atm_iv_30                       n/a
y                               n/a

Check         Status  What was found
------------  ------  --------------------------------------
iv_populated  fail    Implied volatility is unavailable: th…
flow_present  ok      The matrix has no option flow.
  - iv_populated: Implied volatility is unavailable: there is no option chain. Choose another provider.`);
});

it("says so when everything is known, and shows no symbol where there is one only", () => {
  const rows = PREVIEW.rows.map(({ symbol: _, ...row }) => row);
  const text = previewText({ ...PREVIEW, rows, nan_share: { columns: {}, indicators: { ret: 0, sma: 0 } } }, plain, 80);
  expect(text).toContain("Known in every row: 2 of 2 indicators.");
  expect(text).not.toContain("Symbols");
});
