import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EdgeSchema } from "#lib/market-data/simulate/edge/edge.schema.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";

const text = readFileSync(new URL("../../../../docs/simulated-market.md", import.meta.url), "utf8");

/** `volatility.slow` is documented as that, or as `.slow` after another part of it. */
it("has every parameter in docs/simulated-market.md", () => {
  const missing: string[] = [];
  for (const [name, value] of Object.entries({ ...MarketSchema.parse({}), ...EdgeSchema.parse({}) })) {
    const isGroup = typeof value === "object" && !Array.isArray(value);
    for (const path of isGroup ? Object.keys(value).map((key) => `${name}.${key}`) : [name])
      if (!text.includes(`\`${path}\``) && !(isGroup && text.includes(`\`.${path.split(".")[1]}\``))) missing.push(path);
  }
  expect(missing).toEqual([]);
});
