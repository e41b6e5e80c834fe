import type { Entry, Group } from "./commands.ts";
import type { Paint } from "./paint.ts";

const EXAMPLES = [
  ["sigma demo", "see the whole way, with and without an edge"],
  ["sigma data import --file QQQ.csv --symbol QQQ --cadence daily", "bring your own bars"],
  ["sigma models create --ticker QQQ --template swing_eq_daily --provider files", "make a model of them"],
  ["sigma build qqq_eq_swing_daily", "compute its matrix"],
  ["sigma sweep qqq_eq_swing_daily", "try 27 ways to trade it"],
  ["sigma leaderboard --model qqq_eq_swing_daily", "see what the gate says"],
] as const;

/** What `sigma` alone prints. */
export function overview(commands: Readonly<Record<string, Entry>>, version: string, paint: Paint): string {
  const wide = Math.max(...Object.keys(commands).map((name) => name.length));
  const exampleWide = Math.max(...EXAMPLES.map(([example]) => example.length));
  return [
    `${paint("bold", "Sigma Lab")} ${version}: from a trading idea to a trusted, explainable signal.`,
    "",
    paint("bold", "USAGE"),
    "  sigma COMMAND [ARGUMENTS] [--json] [--workspace simulated]",
    "",
    paint("bold", "COMMANDS"),
    ...Object.entries(commands).map(([name, { about }]) => `  ${paint("cyan", name.padEnd(wide))}  ${about}`),
    "",
    paint("bold", "EXAMPLES"),
    ...EXAMPLES.map(([example, about]) => `  ${example.padEnd(exampleWide)}  ${paint("dim", about)}`),
    "",
    paint("bold", "ENVIRONMENT"),
    "  SIGMA_HOME       where this machine keeps its state (default: .sigma in the working directory)",
    "  SIGMA_API_URL    talk to a deployed API instead of this machine; SIGMA_API_TOKEN is its token",
    "  SIGMA_DEBUG=1    show where an unexpected error came from",
    "",
    "sigma COMMAND --help says more about one command.",
  ].join("\n");
}

/** What a group alone prints: its commands. */
export async function groupHelp(name: string, group: Group["group"], paint: Paint): Promise<string> {
  const commands = await Promise.all(
    Object.entries(group).map(async ([key, member]) => {
      const about = typeof member === "function" ? (await member()).sigma.description : member.about;
      return [key, about] as const;
    }),
  );
  const wide = Math.max(...commands.map(([key]) => key.length));
  return [
    paint("bold", "USAGE"),
    `  sigma ${name} ${commands.map(([key]) => key).join("|")}`,
    "",
    paint("bold", "COMMANDS"),
    ...commands.map(([key, about]) => `  ${paint("cyan", key.padEnd(wide))}  ${about}`),
    "",
    `sigma ${name} COMMAND --help says more.`,
  ].join("\n");
}
