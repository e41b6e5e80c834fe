import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localEnvironment } from "#infra/local/environment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sigma-env-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("localEnvironment", () => {
  it("takes from the file what the environment does not set, or sets to nothing", () => {
    const path = join(folder, ".env");
    writeFileSync(path, '# keys\nPOLYGON_API_KEY="from the file"\nALPACA_FEED=iex\nexport APCA_API_KEY_ID=id # mine\n');
    expect(localEnvironment(path, { POLYGON_API_KEY: "", ALPACA_FEED: "sip", HOME: "/root" })).toEqual({
      POLYGON_API_KEY: "from the file",
      ALPACA_FEED: "sip",
      APCA_API_KEY_ID: "id",
      HOME: "/root",
    });
  });

  it("needs no file", () => {
    expect(localEnvironment(join(folder, ".env"), { A: "1" })).toEqual({ A: "1" });
  });

  it("refuses one that cannot be read", () => {
    const path = join(folder, ".env");
    mkdirSync(path);
    chmodSync(path, 0o700);
    expect(() => localEnvironment(path, {})).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining('".env"') }),
    );
  });
});
