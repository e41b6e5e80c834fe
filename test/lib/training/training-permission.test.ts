import { describe, expect, it } from "vitest";
import type { GATE_STATUSES } from "#lib/leaderboard/gate.schema.ts";
import { requireTrainable } from "#lib/training/training-permission.ts";

const override = { by: "ann", reason: "I know why" };
const gate = (status: (typeof GATE_STATUSES)[number]) => ({
  status,
  reasons: [
    { code: "dsr_below_min", metric: "dsr", value: 0.4, limit: 0.9 },
    { code: "hours_not_allowed", metric: "trades_by_hour", value: [9, 10], limit: [13] },
    { code: "es95_undefined", metric: "es95_mult", value: null, limit: 2 },
  ],
});
const allowed = (status: (typeof GATE_STATUSES)[number], permission: Parameters<typeof requireTrainable>[2]): boolean => {
  try {
    requireTrainable("row", gate(status), permission);
    return true;
  } catch {
    return false;
  }
};

describe("requireTrainable", () => {
  it.each([
    { status: "PASS", plain: true, overridden: true },
    { status: "MARGINAL", plain: false, overridden: true },
    { status: "MARGINAL_SIG", plain: false, overridden: true },
    { status: "FAIL", plain: false, overridden: false },
  ] as const)("lets $status through: plain $plain, overridden $overridden, as research always", ({ status, plain, overridden }) => {
    expect(allowed(status, { research: false, override: null })).toBe(plain);
    expect(allowed(status, { research: false, override })).toBe(overridden);
    expect(allowed(status, { research: true, override: null })).toBe(true);
  });

  it("says every reason, and what would allow it", () => {
    const refusal = (status: "FAIL" | "MARGINAL") => () => requireTrainable("row", gate(status), { research: false, override: null });
    expect(refusal("FAIL")).toThrow(
      expect.objectContaining({
        code: "GATE_FAILED",
        message:
          'The gate judged "row" FAIL: dsr_below_min (0.4 against 0.9), hours_not_allowed (9,10 against 13), es95_undefined (n/a against 2). Train it as research, which leaves it UNPROVEN, or choose another row.',
        facts: { row_id: "row", status: "FAIL", reasons: ["dsr_below_min", "hours_not_allowed", "es95_undefined"] },
      }) as Error,
    );
    expect(refusal("MARGINAL")).toThrow(/Record an override/);
  });
});
