import type { Manifest } from "#lib/matrix/manifest.schema.ts";
import { command } from "../command.ts";
import { bytes, count } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { renderFacts, renderTable } from "../table.ts";

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
      renderFacts([
        ["Matrix", found.matrix_sha],
        ["Content", found.content_digest],
        ["Rows", count(found.rows)],
        ["Size", bytes(found.bytes)],
        ["Columns", [...groups].map(([group, columns]) => `${count(columns.length)} ${group}`).join(", ")],
        ["Leak test", `${paintStatus(paint, found.leakage.status)}, ${count(found.leakage.values_compared)} values compared`],
        ...(found.forced.length === 0 ? [] : [["Overruled", found.forced.join(", ")] as const]),
      ]),
      "",
      verdicts,
    ];
    return { document: found, text: lines.join("\n") };
  },
});
