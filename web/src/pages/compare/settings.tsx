import { stepInWords } from "../../words/runs.ts";
import { sideLines } from "./compared.ts";
import type { Compared } from "./compared-row.ts";
import { SideTable } from "./side-table.tsx";

/** The parameters of each variant; what none sets is left out. */
export function Settings({ compared }: { readonly compared: readonly Compared[] }) {
  const lines = sideLines(
    compared.map(({ row: { params, composition, pack_id, model_id, symbol, risk_profile } }) => {
      const { composition: _, group: __, ...rest } = params;
      return { pack_id, model_id, symbol, risk_profile, composition: composition?.label, ...rest };
    }),
  );
  return <SideTable label="Settings side by side" compared={compared} lines={lines} nameOf={(key) => stepInWords(key)} />;
}
