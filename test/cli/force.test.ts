import { afterAll, expect, it } from "vitest";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());
const sigma = (...args: string[]) => runHere(args, { SIGMA_HOME: place.home });

const MODEL = "spx_eq_swing_daily";

it("stops a build on copied opens, and shows which checks --force overruled", async () => {
  const label = ["label.kind=forward_return", "label.unit=sessions", "label.horizon=5", "label.entry=next_open"];
  const settings = [...label, "window.start=2002-01-02", "window.end=2004-01-02"].flatMap((setting) => ["--set", setting]);
  const created = await sigma("models", "create", "--ticker", "SPX", "--template", "swing_eq_daily", "--provider", "sample", ...settings);
  expect(created.code, created.stderr).toBe(0);

  const stopped = await sigma("build", MODEL);
  expect(stopped.code).not.toBe(0);
  expect(flat(stopped.stderr)).toMatch(/QUALITY_FAILED.*stale_open: In 2002-2003 more than 10\.0 % of sessions open at the previous close/);
  expect(flat(stopped.stderr)).toContain("force the build");

  const forced = await sigma("build", MODEL, "--force");
  expect(forced.code, forced.stderr).toBe(0);
  expect(forced.stdout).toMatch(/Quality +fail/);
  expect(forced.stdout).toContain("Overruled by --force: stale_open");

  const preview = await sigma("preview", MODEL, "--sessions", "3");
  expect(preview.code, preview.stderr).toBe(0);
  expect(preview.stdout).toMatch(/Label +3 of 3 rows labelled/);
  expect(preview.stdout).toMatch(/Rows by hour +09h 3\n/);
  expect(preview.stdout).toContain("Implied volatility  The matrix has no implied volatility.");
}, 60_000);
