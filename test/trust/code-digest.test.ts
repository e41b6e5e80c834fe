import { describe, expect, it } from "vitest";
import { trustVersion } from "../../trust/code-digest.ts";

describe("trustVersion", () => {
  it("names the code that the experiments reach, the same each time", async () => {
    const version = await trustVersion();
    expect(version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
    expect(await trustVersion()).toBe(version);
  });
});
