import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkLocks, checkPermissions, checkSchema } from "../../cli/doctor-checks.ts";
import { runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());
beforeAll(async () => {
  expect((await runHere(["db-migrate"], { SIGMA_HOME: place.home })).code).toBe(0);
});

const databaseOf = (home: string): DatabaseSync => new DatabaseSync(join(home, "metadata.sqlite"));

describe.skipIf(process.platform === "win32")("checkPermissions", () => {
  it("warns where others can change the home, and says how to take that away", async () => {
    const home = join(place.folder, "shared home");
    mkdirSync(home);
    chmodSync(home, 0o700);
    expect(await checkPermissions(home)).toMatchObject({ status: "ok", detail: "700: only its owner can change the home" });
    chmodSync(home, 0o777);
    expect(await checkPermissions(home)).toMatchObject({ status: "WARN", detail: expect.stringContaining(`chmod go-w "${home}"`) });
    expect(await checkPermissions(join(place.folder, "none"))).toMatchObject({ status: "ok" });
  });
});

describe("checkSchema", () => {
  it("says which version there is, and fails on one that only a newer program knows", async () => {
    expect(checkSchema(join(place.folder, "none"))).toMatchObject({ status: "ok", detail: expect.stringContaining("none yet") });
    expect(checkSchema(place.home)).toMatchObject({ status: "ok", detail: expect.stringMatching(/^version \d+$/) });
    const newer = join(place.folder, "newer");
    mkdirSync(newer);
    const db = databaseOf(newer);
    db.exec("PRAGMA user_version = 99");
    db.close();
    expect(checkSchema(newer)).toMatchObject({ status: "FAIL", detail: expect.stringContaining("the store has version 99") });
  });
});

describe("checkLocks", () => {
  it("sees a lock while somebody holds it, and none afterwards", () => {
    expect(checkLocks(place.home)).toMatchObject({ status: "ok", detail: "none is held" });
    const holder = databaseOf(place.home);
    holder.exec("BEGIN IMMEDIATE");
    expect(checkLocks(place.home)).toMatchObject({ status: "WARN", detail: expect.stringContaining("metadata.sqlite") });
    holder.exec("ROLLBACK");
    holder.close();
    expect(checkLocks(place.home)).toMatchObject({ status: "ok" });
  });
});
