import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import type { SigmaError } from "#lib/errors/sigma-error.ts";
import { StrategySchema } from "#lib/packs/strategy.schema.ts";
import { messageIn } from "../../../web/src/ui/form/field.tsx";
import { schemaResolver } from "../../../web/src/ui/form/schema-resolver.ts";

const options = { fields: {}, shouldUseNativeValidation: false } as never;
const STRATEGY = {
  name: "trend",
  version: 1,
  description: "Trades the learner's side while a trend has some strength.",
  tags: { approach: "momentum" },
  indicators: [{ name: "adx", window: 14 }],
  entry: { all: [{ column: "ADX 14", op: ">", value: 10 }] },
  side: "both",
};

describe("schemaResolver", () => {
  it("says what the API says, also inside a union, at the place it says it of", async () => {
    const resolve = schemaResolver(z.strictObject({ strategy: StrategySchema }) as never);
    const { errors } = await resolve({ strategy: STRATEGY } as never, undefined, options);
    const api = (() => {
      try {
        parseOr("INVALID_PARAM", z.strictObject({ strategy: StrategySchema }), { strategy: STRATEGY });
      } catch (error) {
        return (error as SigmaError).fieldErrors[0]!;
      }
    })();
    expect(api).toEqual({ path: "strategy.entry.all.0.column", issue: "must name a column: lower-case letters, digits, _ and ." });
    expect(messageIn((errors as { strategy: { entry: object } }).strategy.entry)).toBe(`all.0.column: ${api!.issue}`);
  });

  it("hands on what the schema makes of a form that fits", async () => {
    const resolve = schemaResolver(z.strictObject({ n: z.number().default(3) }) as never);
    expect(await resolve({} as never, undefined, options)).toEqual({ values: { n: 3 }, errors: {} });
  });
});

describe("messageIn", () => {
  it("says the first message, and where it lies below the field", () => {
    expect(messageIn({ type: "schema", message: "is required" })).toBe("is required");
    expect(messageIn({ all: [undefined, { column: { message: "no" } }] })).toBe("all.1.column: no");
    expect(messageIn({})).toBeUndefined();
  });
});
