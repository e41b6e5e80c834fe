import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256 } from "#lib/core/digest.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import { paramSets } from "./laws.ts";
import { supplied } from "./market.ts";
import { EVERY_DAY, gridsOf, HOURLY, inputsOf, roughWalk } from "./series.ts";

/** Digests of every published version: an entry is added with a new version and never changed. */
const published: Readonly<Record<string, string>> = Object.assign(
  {},
  ...readdirSync(new URL("versions/", import.meta.url)).map((file) =>
    JSON.parse(readFileSync(new URL(`versions/${file}`, import.meta.url), "utf8")),
  ),
);

/** Nine digits of every output on fixed series: enough to see a change of formula, few enough to survive a reordered sum. */
function digestOf(definition: IndicatorDefinition): string {
  const lines = (definition.needs ? [EVERY_DAY, HOURLY] : gridsOf(definition)).flatMap((grid) =>
    paramSets(definition).flatMap((params) => {
      const computed = definition.compute(inputsOf(supplied(definition, params, roughWalk(300, "version", grid))), params);
      return definition.columns(params).map(({ name, unit }, c) => {
        const values = Array.from(computed[c]!, (value) => (Math.abs(value) < 1e-9 ? "0" : value.toPrecision(9)));
        return `${grid.name} ${name} ${unit} ${values.join(" ")}`;
      });
    }),
  );
  return sha256(lines.join("\n")).slice(0, 16);
}

describe("the version of an indicator", () => {
  it.each([...INDICATORS.values()].map((definition) => [`${definition.name}@${definition.version}`, definition] as const))(
    "%s stands for the output it was published with; a changed output needs the next version and a new line in versions/",
    (key, definition) => {
      expect({ [key]: published[key] }).toEqual({ [key]: digestOf(definition) });
    },
  );
});
