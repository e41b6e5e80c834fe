import type { RowOf } from "../../data/ask.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import type { Column } from "../../ui/table-model.ts";
import { PLACE_OF } from "../../words/places.ts";

type Composition = RowOf<"GET /sweeps">["compositions"][number];

const COLUMNS: readonly Column<Composition>[] = [
  {
    id: "label",
    header: "Composition",
    value: ({ label }) => label,
    cell: ({ label, best_row }) => (best_row === null ? label : <PlaceLink to={PLACE_OF.result(best_row)}>{label}</PlaceLink>),
    width: 320,
  },
  { id: "pass", header: "Passed", value: ({ pass }) => pass, align: "right", width: 84, phone: "beside" },
  { id: "variants", header: "Variants", value: ({ variants }) => variants, align: "right", width: 84 },
  { id: "best_score", of: "score", header: "Best score", value: ({ best_score }) => best_score, width: 100 },
  { id: "log_loss", of: "log_loss", value: ({ log_loss }) => log_loss, width: 120 },
  { id: "prior_log_loss", of: "log_loss", header: "Base rates' log loss", value: ({ prior_log_loss }) => prior_log_loss, width: 180 },
];

/** How each way to put the model together did. */
export function Compositions({ compositions }: { readonly compositions: readonly Composition[] }) {
  return (
    <DataTable
      caption="compositions"
      columns={COLUMNS}
      rows={compositions}
      rowKey={({ id }) => id}
      sort="-best_score"
      csvName="compositions"
    />
  );
}
