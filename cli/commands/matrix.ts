import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { bytes, count, text } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { renderFacts, renderTable } from "../table.ts";

interface MatrixRow {
  readonly kind: "matrix";
  readonly pack_id: string;
  readonly model_id: string;
  readonly status: string;
  readonly matrix_sha: string | null;
}

interface PlotRow {
  readonly kind: "plot";
  readonly key: string;
}

export const matrixList = command({
  name: "matrix list",
  description: "The matrices that your models point to, stale ones marked; with --plots the plots of your evaluations",
  routes: ["GET /artifacts"],
  args: { plots: { type: "boolean", description: "Plots instead; sigma report writes them in one page" } },
  async run({ session, args }) {
    const client = await session.api();
    if (args.plots === true) {
      const rows = await allRows<PlotRow>(client, "/artifacts", { kind: "plot" });
      return { document: { rows }, text: rows.length === 0 ? "No plots." : rows.map(({ key }) => key).join("\n") };
    }
    const rows = await allRows<MatrixRow>(client, "/artifacts", { kind: "matrix" });
    const table = renderTable<MatrixRow>(
      [
        { header: "Model", value: ({ model_id }) => model_id },
        { header: "Pack", value: ({ pack_id }) => pack_id, optional: 1 },
        { header: "Status", value: ({ status }) => status },
        { header: "Matrix", value: ({ matrix_sha }) => text(matrix_sha), shrinkTo: 12 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? 'No matrices. "sigma build MODEL" makes one.' : table };
  },
});

export const matrixShow = command({
  name: "matrix show",
  description: "What a stored matrix is: its columns, quality and leak test",
  routes: ["GET /matrices/{matrix_sha}"],
  args: { matrix: { type: "positional", description: 'Digest of a matrix, as "sigma build" names it', required: true } },
  examples: ["sigma matrix show 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
  async run({ session, args }) {
    const { paint, width } = session;
    const found = await (await session.api()).get<Manifest>(`/matrices/${encodeURIComponent(args.matrix)}`);
    const groups = Map.groupBy(found.columns, ({ group }) => group);
    const verdicts = renderTable(
      [
        { header: "Check", value: ({ check }) => check },
        { header: "Status", value: ({ status }) => paintStatus(paint, status) },
        { header: "What was found", value: ({ summary }) => summary, shrinkTo: 30 },
      ],
      found.quality.verdicts,
      width,
    );
    const lines = [
      renderFacts(
        [
          ["Matrix", found.matrix_sha],
          ["Content", found.content_digest],
          ["Rows", count(found.rows)],
          ["Size", bytes(found.bytes)],
          ["Columns", [...groups].map(([group, columns]) => `${count(columns.length)} ${group}`).join(", ")],
          ["Leak test", `${paintStatus(paint, found.leakage.status)}, ${count(found.leakage.values_compared)} values compared`],
          ...(found.forced.length === 0 ? [] : [["Overruled", found.forced.join(", ")] as const]),
        ],
        width,
      ),
      "",
      verdicts,
    ];
    return { document: found, text: lines.join("\n") };
  },
});
