import { describe, expect, it } from "vitest";
import { placeIssues } from "../../../web/src/ui/form/server-issues.ts";

describe("placeIssues", () => {
  it("puts an objection at the field that it names, in the server's words", () => {
    expect(placeIssues([{ path: "ticker", issue: "must be a symbol" }], ["ticker", "horizon"])).toEqual({
      placed: [{ path: "ticker", issue: "must be a symbol" }],
      rest: [],
    });
  });

  it("puts an objection inside a field at the field, and says where inside", () => {
    expect(placeIssues([{ path: "indicators.2.params.window", issue: "at least 2" }], ["indicators"])).toEqual({
      placed: [{ path: "indicators", issue: "2.params.window: at least 2" }],
      rest: [],
    });
    expect(placeIssues([{ path: "window.start", issue: "after the end" }], ["window", "window.start"]).placed).toEqual([
      { path: "window.start", issue: "after the end" },
    ]);
  });

  it("keeps what no field stands for", () => {
    expect(
      placeIssues(
        [
          { path: "", issue: "too little" },
          { path: "policy.x", issue: "unknown key" },
        ],
        ["ticker"],
      ),
    ).toEqual({
      placed: [],
      rest: ["too little", "policy.x: unknown key"],
    });
  });
});
