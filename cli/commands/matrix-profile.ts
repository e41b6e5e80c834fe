import type { MatrixProfile } from "#lib/matrix/profile/profile.schema.ts";
import { command } from "../command.ts";
import { count, decimal, percent } from "../format.ts";
import { renderFacts, renderTable } from "../table.ts";

/** Above this the customary reading of the index is: shifted. */
const SHIFTED = 0.25;
/** Pairs that say the same twice. */
const ALIKE = 0.9;
const MOST_PAIRS = 10;

export const matrixProfile = command({
  name: "matrix profile",
  description: "How a stored matrix is distributed: unknown values, drift of each column, features that say the same",
  routes: ["GET /matrices/{matrix_sha}/profile"],
  args: {
    matrix: { type: "positional", description: 'Digest of a matrix, as "sigma build" names it', required: true },
  },
  examples: ["sigma matrix profile 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
  async run({ session, args }) {
    const { paint, width } = session;
    const found = await (await session.api()).get<MatrixProfile>(`/matrices/${encodeURIComponent(args.matrix)}/profile`);
    const { rows, periods, period_unit, columns, correlation, label_psi } = found;
    const table = renderTable<MatrixProfile["columns"][number]>(
      [
        { header: "Column", value: ({ name }) => name, shrinkTo: 20 },
        { header: "Unknown %", align: "right", value: ({ known }) => percent(1 - known / rows) },
        { header: "Mean", align: "right", value: ({ mean }) => decimal(mean, 4) },
        { header: "SD", align: "right", value: ({ sd }) => decimal(sd, 4) },
        { header: "Min", align: "right", value: ({ min }) => decimal(min, 4), optional: 1 },
        { header: "Max", align: "right", value: ({ max }) => decimal(max, 4), optional: 1 },
        {
          header: "Drift (PSI)",
          align: "right",
          value: ({ psi }) => (psi !== null && psi > SHIFTED ? paint("yellow", decimal(psi)) : decimal(psi)),
        },
      ],
      columns,
      width,
    );
    const pairs = alike(correlation);
    const facts = renderFacts(
      [
        ["Matrix", found.matrix_sha],
        ["Rows", `${count(rows)} in ${count(periods.length)} periods (${period_unit})`],
        ["Drift of the label", decimal(label_psi)],
        ["Alike", pairs.length === 0 ? `no two features correlate by ${ALIKE} or more` : pairs.slice(0, MOST_PAIRS).join("; ")],
      ],
      width,
    );
    return { document: found, text: `${facts}\n\n${table}` };
  },
});

function alike({ columns, lower }: MatrixProfile["correlation"]): string[] {
  const pairs = lower.flatMap((row, i) => row.map((value, j) => ({ value: value ?? 0, names: `${columns[j]} and ${columns[i]}` })));
  return pairs
    .filter(({ value }) => Math.abs(value) >= ALIKE)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(({ value, names }) => `${names} ${decimal(value)}`);
}
