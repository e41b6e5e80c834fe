import { describe, expect, it } from "vitest";
import { environmentOf } from "../../../web/src/shell/environment.ts";

describe("environmentOf", () => {
  it("marks simulated models wherever they are, and this machine apart from the cloud", () => {
    expect(environmentOf("simulated", "local").name).toBe("SIMULATED");
    expect(environmentOf("simulated", "cloud").name).toBe("SIMULATED");
    expect(environmentOf(undefined, "local").name).toBe("LOCAL");
    expect(environmentOf(undefined, "cloud").name).toBe("PAPER");
  });
});
