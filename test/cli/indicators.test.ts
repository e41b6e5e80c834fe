import { afterAll, describe, expect, it } from "vitest";
import { runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
const env = { SIGMA_HOME: place.home };
afterAll(() => place.remove());

describe("sigma indicators NAME", () => {
  it("says what the indicator needs", async () => {
    expect((await runHere(["indicators", "vix_delta"], env)).stdout).toMatch(
      /Needs +daily bars of VIX; 2 sessions of history before the first row/,
    );
    expect((await runHere(["indicators", "rsi"], env)).stdout).not.toMatch(/Needs/);
  });
});
