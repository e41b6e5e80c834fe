import { describe, expect, it } from "vitest";
import { changeOf, differencesOf, formOf, quotaResolver } from "../../../../web/src/pages/admin/quota-form.ts";

const QUOTAS = [
  { name: "reads_per_minute", limit: 60, source: "default", used: 3 },
  { name: "sweeps_per_day", limit: 30, source: "owner", used: 1 },
  { name: "running_sweeps", limit: null, source: "owner", used: null },
  { name: "trainings_per_day", limit: null, source: "deployment", used: null },
  { name: "running_trainings", limit: 2, source: "default", used: 0 },
] as const;
const account = { tier: "premium", quotas: QUOTAS } as const;
const check = (form: ReturnType<typeof formOf>) => quotaResolver(form, undefined, { fields: {}, shouldUseNativeValidation: false });

describe("formOf", () => {
  it("tells an owner's own limits from those of the tier", () => {
    expect(formOf(account).quotas).toEqual({
      reads_per_minute: { kind: "tier" },
      sweeps_per_day: { kind: "own", limit: 30 },
      running_sweeps: { kind: "none" },
      trainings_per_day: { kind: "tier" },
      running_trainings: { kind: "tier" },
    });
  });
});

describe("changeOf", () => {
  it("asks for what stands in the form, and leaves to the tier what is the tier's", () => {
    const form = { ...formOf(account), reason: "Order 1042" };
    expect(changeOf(form)).toEqual({ tier: "premium", reason: "Order 1042", quotas: { sweeps_per_day: 30, running_sweeps: null } });
  });
});

describe("quotaResolver", () => {
  it("puts the schema's objections at the reason and at the limit that was not filled in", async () => {
    const form = formOf(account);
    form.quotas.sweeps_per_day = { kind: "own" };
    const { errors } = await check(form);
    expect(errors.reason).toMatchObject({ type: "schema" });
    expect(errors.quotas?.sweeps_per_day?.limit).toMatchObject({ type: "schema" });
    expect(Object.keys(errors.quotas ?? {})).toEqual(["sweeps_per_day"]);
  });

  it("refuses more than a day's record holds", async () => {
    const form = { ...formOf(account), reason: "x" };
    form.quotas.reads_per_minute = { kind: "own", limit: 5001 };
    expect((await check(form)).errors.quotas?.reads_per_minute?.limit?.message).toContain("5000");
  });

  it("lets through what the API takes", async () => {
    expect((await check({ ...formOf(account), reason: "Order 1042" })).errors).toEqual({});
  });
});

describe("differencesOf", () => {
  it("names what changes, with before and after, and nothing else", () => {
    const before = formOf(account);
    const after = { ...formOf(account), tier: "pro" as const };
    after.quotas.sweeps_per_day = { kind: "none" };
    expect(differencesOf(before, after, (name) => name)).toEqual([
      { what: "Tier", before: "premium", after: "pro" },
      { what: "sweeps_per_day", before: "30", after: "no limit" },
    ]);
    expect(differencesOf(before, formOf(account), (name) => name)).toEqual([]);
  });
});
