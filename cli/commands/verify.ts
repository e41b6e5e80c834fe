import { command } from "../command.ts";
import type { Progress } from "../progress.ts";
import { renderTable } from "../table.ts";
import { type Comparison, verifyRun } from "../verify-run.ts";

export const verify = command({
  name: "verify",
  description: "Do a finished run again from its lineage, in an empty home, and compare content digests",
  localOnly: "it does the run again from the stored inputs in an empty home",
  args: { run: { type: "positional", description: "Run id of a build, backtest, sweep, train or pipeline", required: true } },
  examples: ["sigma verify sweep_0123456789abcdef01234567"],
  async run({ session, args }) {
    const { paint } = session;
    let progress: { readonly label: string; readonly bar: Progress } | undefined;
    const found = await verifyRun(await session.local(), session.owner, args.run, (label, event) => {
      if (progress?.label !== label) {
        progress?.bar.end();
        progress = { label, bar: session.progress(label) };
      }
      progress.bar.step(event);
    });
    progress?.bar.end();
    const identical = found.verdict === "identical";
    // The digests of the lineage stand for documents; where those are at hand, the place of the change says more.
    const changed = found.changed.length > 0 ? found.changed : found.lineage.filter(({ equal }) => !equal);
    const table = renderTable<Comparison>(
      [
        { header: "Result", value: ({ what }) => what },
        { header: "Equal", value: ({ equal }) => (equal ? paint("green", "yes") : paint("red", "NO")) },
        { header: "Recorded", value: ({ recorded }) => recorded ?? "n/a", shrinkTo: 16 },
        { header: "Repeated", value: ({ repeated }) => repeated ?? "n/a", shrinkTo: 16 },
      ],
      found.results,
      session.width,
    );
    const lines = [
      table,
      identical ? paint("green", `${args.run} is identical to its repetition.`) : paint("red", `${args.run} differs from its repetition.`),
      ...(found.failure === null ? [] : [`There is no repeated result: ${found.failure.code}: ${found.failure.detail}`]),
      ...(changed.length === 0
        ? identical
          ? []
          : ["Everything that went in is equal: this is a fault of the product. Please report it with the run's id."]
        : [
            "What went in has changed since:",
            ...changed.map(({ what, recorded, repeated }) => `  - ${what}: was ${recorded ?? "n/a"}, is ${repeated ?? "n/a"}`),
          ]),
    ];
    return { document: found, text: lines.join("\n"), exitCode: identical ? 0 : 1 };
  },
});
