import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStepPorts } from "#infra/local/step-ports.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { SECRET } from "../../lib/adapters/network/loopback.ts";
import { fakePolygon } from "../../lib/adapters/network/polygon/fake-polygon.ts";

const clock = { now: () => newYorkWallToUtc(2024, 7, 13, 12, 0) };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "sigma-ports-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const ports = () => createStepPorts({ home, metadata: createMemoryMetadataStore({ clock }), clock });

describe("createStepPorts", () => {
  it("reaches the vendors with what the environment says, keeps their history in the home folder, and needs no key for that", async () => {
    const vendor = await fakePolygon(clock.now);
    vi.stubEnv("POLYGON_URL", vendor.server.url);
    vi.stubEnv("POLYGON_API_KEY", SECRET);
    const request = {
      owner: "local",
      provider: "polygon",
      symbol: "AAPL",
      cadence: "daily",
      window: { start: "2024-07-01", end: "2024-07-06" },
    } as const;
    const first = await ports().marketData.bars(request);
    expect([first.bars.length, first.bars.factor[1]]).toEqual([4, 7]);
    vi.stubEnv("POLYGON_API_KEY", "");
    vendor.server.asked.length = 0;
    expect(await ports().marketData.bars(request)).toEqual(first);
    expect(vendor.server.asked).toEqual([]);
  });

  it("offers the vendors with the secrets that they need", async () => {
    for (const name of ["POLYGON_API_KEY", "APCA_API_KEY_ID", "APCA_API_SECRET_KEY"]) vi.stubEnv(name, "");
    const needs = (await ports().marketData.offers("local")).map(({ provider, needs: what }) => [provider, what]);
    expect(needs).toEqual([
      ["sample", null],
      ["simulated", null],
      ["files", null],
      ["polygon", "the secret POLYGON_API_KEY"],
      ["alpaca", "the secrets APCA_API_KEY_ID and APCA_API_SECRET_KEY"],
    ]);
  });

  it("refuses a setting that cannot be read, by its name", () => {
    vi.stubEnv("ALPACA_FEED", "otc");
    expect(ports).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", fieldErrors: [expect.objectContaining({ path: "ALPACA_FEED" })] }),
    );
  });
});
