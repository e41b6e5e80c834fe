import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it alone where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

/** Colours are for terminals whose user did not ask for none (no-color.org); FORCE_COLOR overrules the terminal's absence. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  const forced = (env["FORCE_COLOR"] ?? "") !== "" && env["FORCE_COLOR"] !== "0";
  if (refused || !(stream.isTTY === true || forced)) return plain;
  return (style, text) => styleText(style, text, { validateStream: false });
}

export const plain: Paint = (_, text) => text;

const STATUS_STYLES: Readonly<Record<string, Style>> = {
  PASS: "green",
  MARGINAL: "yellow",
  MARGINAL_SIG: "yellow",
  FAIL: "red",
  WARN: "yellow",
  APPROVED: "green",
  "APPROVED WITH WARNINGS": "yellow",
  REJECTED: "red",
  succeeded: "green",
  failed: "red",
  canceled: "yellow",
  interrupted: "yellow",
  running: "cyan",
  ok: "green",
  warn: "yellow",
  fail: "red",
  BUY: "green",
  SELL: "red",
};

/** A status in its colour; the word itself always says it too. */
export function paintStatus(paint: Paint, status: string): string {
  const style = STATUS_STYLES[status];
  return style === undefined ? status : paint(style, status);
}
