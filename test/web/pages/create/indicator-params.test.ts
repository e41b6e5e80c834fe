import { describe, expect, it } from "vitest";
import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";
import {
  entryInWords,
  type Indicator,
  parameterIssue,
  parametersOf,
  valueIn,
  withValue,
} from "../../../../web/src/pages/create/indicator-params.ts";

/** As the API shows an indicator's parameters. */
function shown(name: string): Pick<Indicator, "params"> {
  const { properties = {} } = z.toJSONSchema(INDICATORS.get(name)!.params, { io: "input" });
  return { params: properties as Indicator["params"] };
}

/** What a document with this value is answered. */
function serverSays(name: string, parameter: string, value: number | string): string | undefined {
  try {
    resolveIndicator({ name, [parameter]: value });
  } catch (error) {
    if (error instanceof SigmaError) return error.fieldErrors[0]?.issue;
    throw error;
  }
  return undefined;
}

describe("parametersOf", () => {
  it("knows the kind of every parameter of the catalogue, and its usual value passes", () => {
    for (const name of INDICATORS.keys())
      for (const { name: parameter, usual, kind } of parametersOf(shown(name))) {
        expect([name, parameter, typeof usual]).toEqual([
          name,
          parameter,
          { whole: "number", number: "number", switch: "boolean", text: "string", choice: typeof usual }[kind],
        ]);
        expect([name, parameter, parameterIssue(shown(name), parameter, usual)]).toEqual([name, parameter, undefined]);
      }
  });
});

describe("parameterIssue", () => {
  it("objects in the words of the indicator's own schema", () => {
    for (const [name, parameter, value] of [
      ["rsi", "window", 0],
      ["rsi", "window", 2.5],
      ["rsi", "window", 100_000],
      ["iv_realized_spread", "iv_source", "guess"],
      ["iv_realized_spread", "quote_window", "noon"],
      ["relative_strength", "benchmark", "spy!"],
      ["opening_range", "minutes", 20],
      ["close_vs_vwap", "kind", "percent"],
    ] as const) {
      expect([name, parameter, parameterIssue(shown(name), parameter, value)]).toEqual([
        name,
        parameter,
        serverSays(name, parameter, value),
      ]);
    }
  });

  it("has no pattern without words: a reader is told what fits", () => {
    for (const name of INDICATORS.keys())
      for (const [parameter, schema] of Object.entries(shown(name).params as Record<string, { pattern?: string; words?: string }>))
        if (schema.pattern !== undefined) expect([name, parameter, typeof schema.words]).toEqual([name, parameter, "string"]);
  });
});

describe("entries", () => {
  const [window] = parametersOf(shown("rsi"));

  it("reads a window under each of its names", () => {
    expect([{ name: "rsi" }, { name: "rsi", period: 7 }, { name: "rsi", length: 9 }].map((entry) => valueIn(entry, window!))).toEqual([
      14, 7, 9,
    ]);
  });

  it("says a value once, and the usual one not at all", () => {
    expect(withValue({ name: "rsi", period: 7 }, window!, 21)).toEqual({ name: "rsi", window: 21 });
    expect(withValue({ name: "rsi", period: 7 }, window!, 14)).toEqual({ name: "rsi" });
    expect(withValue({ name: "rsi", window: 7 }, window!, undefined)).toEqual({ name: "rsi" });
  });

  it("names an entry with its parameters", () => {
    expect(entryInWords({ name: "macd", fast: 12, slow: 26 })).toBe("macd (fast 12, slow 26)");
    expect(entryInWords({ name: "ret" })).toBe("ret");
  });
});
