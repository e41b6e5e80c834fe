import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());

const home = (name: string) => ({ SIGMA_HOME: join(place.folder, name) });
const documentOf = async <T>(env: Record<string, string>, ...args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await runHere([...args, "--json"], env);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
};

interface Made {
  readonly model: { readonly model_id: string; readonly template_id: string; readonly pack_id: string; readonly created: boolean };
}

describe("sigma init", () => {
  it("prepares an empty home, and again changes nothing", async () => {
    const env = home("first");
    const made = await documentOf<Made>(env, "init");
    expect(made.model).toMatchObject({
      model_id: "spx_eq_swing_daily",
      pack_id: "swingsigma",
      template_id: "swing_eq_daily_close",
      created: true,
    });
    expect(existsSync(join(env.SIGMA_HOME, "metadata.sqlite"))).toBe(true);
    expect((await documentOf<Made>(env, "init")).model).toMatchObject({ model_id: "spx_eq_swing_daily", created: false });
    expect(await documentOf<{ rows: object[] }>(env, "models", "list", "--pack", "swingsigma")).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ model_id: "spx_eq_swing_daily", ticker: "SPX" })]),
    });
  });

  it("makes the model that an id spells out, from the first template of its kind", async () => {
    const made = await documentOf<Made>(home("named"), "init", "--id", "qqq_eq_swing_hourly", "--ticker", "QQQ");
    expect(made.model).toMatchObject({ model_id: "qqq_eq_swing_hourly", template_id: "swing_eq_hourly", created: true });
    const free = await runHere(["init", "--id", "my_best_model"], home("named"));
    expect(free.code).toBe(2);
    expect(flat(free.stderr)).toContain('"my_best_model" does not say what it is');
  });

  it("says why nothing can be made where the home cannot be written", async () => {
    const blocked = join(place.folder, "a file");
    writeFileSync(blocked, "");
    const { code, stderr } = await runHere(["init"], { SIGMA_HOME: join(blocked, "home") });
    expect(code).toBe(1);
    expect(stderr).toContain("Code STORE_READ_ONLY");
  });
});

describe("sigma init-auto", () => {
  it("names the model by what it does, chooses pack and template, and says which data is missing", async () => {
    const env = home("auto");
    const model = await documentOf<Made["model"] & { warnings: string[] }>(env, "init-auto", "--ticker", "qqq", "--variant", "mine");
    expect(model).toMatchObject({ model_id: "qqq_eq_swing_daily_mine", pack_id: "swingsigma", created: true });
    expect(model.warnings.at(-1)).toContain("No provider has QQQ daily yet");
    const sample = await documentOf<Made["model"] & { warnings: string[] }>(env, "init-auto", "--ticker", "SPX");
    expect(sample.warnings.filter((warning) => warning.includes("No provider"))).toEqual([]);
  });

  it("says which kinds there are when no template fits, and the nearest template", async () => {
    const none = await runHere(["init-auto", "--ticker", "SPY", "--horizon", "long", "--cadence", "5m"], home("auto"));
    expect(none.code).toBe(2);
    expect(flat(none.stderr)).toContain("No template of any pack is of the kind eq long 5m; there are: ");
    const near = await runHere(["init-auto", "--ticker", "SPY", "--template", "swing_eq_dayly"], home("auto"));
    expect(flat(near.stderr)).toContain('did you mean "swing_eq_daily"?');
  });
});

describe("sigma db-migrate", () => {
  it("makes the store, and says that it is up to date", async () => {
    const env = home("store");
    expect(await documentOf(env, "db-migrate")).toMatchObject({ before: 0, migrated: true });
    expect(await documentOf(env, "db-migrate")).toMatchObject({ migrated: false });
  });

  it("refuses a store that a newer program wrote", async () => {
    const env = home("newer");
    await documentOf(env, "db-migrate");
    const db = new DatabaseSync(join(env.SIGMA_HOME, "metadata.sqlite"));
    db.exec("PRAGMA user_version = 99");
    db.close();
    const { code, stderr } = await runHere(["db-migrate"], env);
    expect(code).toBe(1);
    expect(flat(stderr)).toContain('has schema version "99"');
  });

  it.each([["DATABASE_URL"], ["DB_HOST"], ["PGPASSWORD"], ["PGHOST"]])("refuses %s, and never says its value", async (name) => {
    const env = home(`refused ${name}`);
    const { code, stderr } = await runHere(["db-migrate"], { ...env, [name]: "postgres://user:secret@host/db" });
    expect(code).toBe(1);
    expect(flat(stderr)).toContain(`${name} names a database server, and Sigma Lab uses none`);
    expect(stderr).not.toContain("secret");
    expect(existsSync(env.SIGMA_HOME)).toBe(false);
  });

  it("takes no offence at variables that only begin alike", async () => {
    expect(await documentOf({ ...home("other"), DBUS_SESSION_BUS_ADDRESS: "x", PGP_KEY: "x" }, "db-migrate")).toMatchObject({ before: 0 });
  });
});
