import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { tearSheetHtml } from "#lib/backtest/tear-sheet/tear-sheet.ts";
import { tearSheetMarkdown } from "#lib/backtest/tear-sheet/tear-sheet-markdown.ts";
import { parseXml } from "../svg/parse-xml.ts";
import { sampleReport, VERDICT } from "./sample-report.ts";

const report = sampleReport();
const html = tearSheetHtml(report, VERDICT);

describe("tearSheetHtml", () => {
  it("describes a report of the schema, with the same bytes each time", () => {
    expect(BacktestReportSchema.parse(report)).toEqual(report);
    expect(tearSheetHtml(report, VERDICT)).toBe(html);
    expect(html).not.toMatch(/NaN|Infinity|undefined</);
  });

  it("runs nothing and asks for nothing: no script, no handler, no style attribute, no address", () => {
    expect(html).not.toMatch(/<(script|link|img|iframe|object|form)\b/i);
    expect(html).not.toMatch(/\s(on\w+|style|src|href)=/i);
    expect(html).not.toMatch(/url\(|@import|https?:/i);
  });

  it("allows its own style sheet by digest, and nothing else", () => {
    const style = /<style>([^<]*)<\/style>/.exec(html)![1]!;
    const digest = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(`default-src &apos;none&apos;; style-src &apos;sha256-${digest}&apos;`);
  });

  it("has every part, headed, with tables whose headers say what they head", () => {
    const headings = [...html.matchAll(/<h2 id="\w+">([^<]+)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Measures, net of costs",
      "Equity",
      "Returns by month",
      "Trades",
      "Folds and probabilities",
      "Robustness",
      "All variants of this backtest",
      "Assumptions",
      "Warnings",
      "Lineage",
      "Definitions",
    ]);
    expect(html.match(/<th(?! scope=)/g)!.length).toBe(html.match(/<thead/g)!.length);
    for (const [svg] of html.matchAll(/<svg.*?<\/svg>/g)) expect(parseXml(svg).names.slice(0, 3)).toEqual(["svg", "title", "desc"]);
    expect(html.match(/<svg/g)).toHaveLength(2 * 5);
  });

  it("says the verdict with its reasons, and why a measure is n/a", () => {
    expect(html).toContain("Gate: FAIL");
    expect(html).toContain("dsr_below_min: significance.dsr is 0.520, the gate asks for 0.900.");
    expect(html).toContain("the gate asks for 13 to 15.");
    expect(html).toContain("capped_simulated: MARGINAL at most, whatever else holds.");
    expect(html).toContain('n/a <span class="sub">distinct variants below 10</span>');
    expect(html).toContain("SIMULATED DATA.");
  });

  it("escapes every text that a file or a person wrote", () => {
    const evil = `</style><script>alert("1")</script>&'`;
    const stamped = {
      ...report,
      model_id: evil,
      symbol: evil,
      warnings: [evil],
      data: { ...report.data, provider: evil, stamps: [evil], statement: evil },
      assumptions: { ...report.assumptions, statements: [evil] },
      lineage: { ...report.lineage, code_version: evil },
    };
    const page = tearSheetHtml(stamped, {
      ...VERDICT,
      rowId: evil,
      gate: { status: "FAIL", reasons: [{ code: "x", metric: evil, value: 1, limit: 2 }] },
    });
    expect(page).not.toContain("<script");
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/);
  });

  it.each([
    ["no trades", sampleReport({ threshold: 0.999 })],
    ["less than a year", sampleReport({ rows: 200 })],
    ["hourly bars", sampleReport({ barsPerSession: 6 })],
    ["robustness that nobody asked for", { ...report, robustness: null }],
  ])("shows %s", (_, other) => {
    const page = tearSheetHtml(other, VERDICT);
    expect(page).not.toMatch(/NaN|Infinity|undefined</);
    for (const [svg] of page.matchAll(/<svg.*?<\/svg>/g)) parseXml(svg);
    expect(tearSheetMarkdown(other, VERDICT)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("has columns for hours where bars have hours, and for months where they have none", () => {
    expect(html).toContain("by weekday and month of entry");
    const hourly = tearSheetHtml(sampleReport({ barsPerSession: 6 }), VERDICT);
    expect(hourly).toContain("by weekday and hour (New York) of the entry bar");
    expect(hourly).toContain(">12:00</th>");
  });
});

describe("tearSheetMarkdown", () => {
  it("has the tables of the page, and no markup from a text", () => {
    const markdown = tearSheetMarkdown({ ...report, model_id: "a|b\n<b>" }, VERDICT);
    expect(markdown).toMatch(/^# a\\\|b \\<b\\>: backtest\n/);
    for (const heading of ["## Gate: FAIL", "## Folds", "## Robustness", "## Lineage"]) expect(markdown).toContain(`\n${heading}\n`);
    const [first, ...cells] = markdown
      .split("\n")
      .find((line) => line.startsWith("| Twice the costs"))!
      .split("|")
      .map((cell) => cell.trim());
    expect(first).toBe("");
    expect(cells[1]).toBe(String(report.robustness!.costs_doubled.trades));
    expect(tearSheetMarkdown(report, VERDICT)).toBe(tearSheetMarkdown(report, VERDICT));
  });
});
