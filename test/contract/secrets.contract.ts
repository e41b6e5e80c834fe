import { expect, it } from "vitest";
import type { Secrets } from "#lib/ports/secrets.ts";

/** The promises of the port, against an adapter that knows exactly the given values. */
export function secretsContract(create: (values: Readonly<Record<string, string>>) => Secrets): void {
  const value = "s3cr3t value";

  it("returns the value of a name", async () => {
    const secrets = create({ WEBHOOK_SECRET: value });
    expect(await secrets.get("WEBHOOK_SECRET")).toBe(value);
    expect(await secrets.get("WEBHOOK_SECRET")).toBe(value);
  });

  it("names a secret that is not set, or set to nothing, and says what to do", async () => {
    const secrets = create({ EMPTY: "", OTHER: value });
    for (const name of ["MISSING", "EMPTY"]) {
      const error = await secrets.get(name).catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: "CONFIG_INVALID", facts: { secret: name } });
      expect((error as Error).message).toContain(`"${name}" is not set`);
      expect(JSON.stringify([String(error), error])).not.toContain(value);
    }
  });

  it.each(["", "lower", "1A", "A-B", "A/B", "A B", "../A", "__proto__", "toString", "A".repeat(129)])(
    "refuses the name %j without repeating it, since it may be a value",
    async (name) => {
      const error = await create({ OTHER: value })
        .get(name)
        .catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: "CONFIG_INVALID" });
      if (name.length > 3) expect((error as Error).message).not.toContain(name);
    },
  );
}
