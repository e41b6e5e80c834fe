import type { SigmaCommand } from "./command.ts";
import { wrap } from "./format.ts";
import type { Paint } from "./paint.ts";
import { renderFacts } from "./table.ts";

/** What `sigma COMMAND --help` prints: usage, arguments, options and examples, no wider than the terminal. */
export function helpText({ args, sigma }: SigmaCommand, paint: Paint, columns: number): string {
  const width = Math.min(columns, 100);
  const { name, description, repeatable, examples, localOnly } = sigma;
  const entries = Object.entries(args);
  const positionals = entries.filter(([, { type }]) => type === "positional");
  const usage = positionals.map(([option, { required }]) => (required === false ? `[${option.toUpperCase()}]` : option.toUpperCase()));
  const options = entries
    .filter(([, { type }]) => type !== "positional")
    .map(([option, definition]): [string, string] => {
      const { type, description: about = "", valueHint = "value", required } = definition;
      const isOn = type === "boolean" && definition.default === true;
      const said = isOn ? (definition.negativeDescription ?? about) : about;
      const notes = [...(required === true ? ["needed"] : []), ...(repeatable.includes(option) ? ["repeatable"] : [])];
      const value = type === "boolean" ? "" : valueHint.length > MOST_HINT ? " ..." : ` ${valueHint}`;
      const choices = type !== "boolean" && valueHint.length > MOST_HINT ? `: ${valueHint.replaceAll("|", ", ")}` : "";
      return [`  ${isOn ? "--no-" : "--"}${option}${value}`, `${said}${choices}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`];
    });
  return [
    wrap(`${description}.`, width),
    ...(localOnly === undefined ? [] : [wrap(`This machine only: ${localOnly}.`, width)]),
    "",
    paint("bold", "USAGE"),
    `  sigma ${[name, ...usage, "[options]"].join(" ")}`,
    ...(positionals.length === 0
      ? []
      : [
          "",
          paint("bold", "ARGUMENTS"),
          renderFacts(
            positionals.map(([option, definition]) => [`  ${option.toUpperCase()}`, definition.description ?? ""]),
            width,
          ),
        ]),
    "",
    paint("bold", "OPTIONS"),
    renderFacts(options, width),
    ...(examples.length === 0 ? [] : ["", paint("bold", "EXAMPLES"), ...examples.map((example) => `  ${example}`)]),
  ].join("\n");
}

/** A longer hint of a value stands in the text beside it. */
const MOST_HINT = 22;
