import type { RowOf } from "../../data/ask.ts";
import { Chip, Chips } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import type { Column } from "../../ui/table-model.ts";
import { spoken, titled } from "../../words/packs.ts";
import { PLACE_OF } from "../../words/places.ts";

export type FoundStrategy = RowOf<"GET /strategies">;

const COLUMNS: readonly Column<FoundStrategy>[] = [
  {
    id: "strategy",
    header: "Strategy",
    width: 170,
    value: ({ strategy }) => strategy,
    phone: "head",
    cell: ({ pack_id, strategy }) => (
      <PlaceLink to={PLACE_OF.pack(pack_id)} search={{ tab: "strategies", strategy }}>
        {titled(strategy)}
      </PlaceLink>
    ),
  },
  { id: "pack_id", header: "Pack", width: 130, value: ({ pack_id }) => pack_id, phone: "beside" },
  {
    id: "tags",
    header: "Tags in force, inherited ones included",
    width: 480,
    value: ({ tags }) => tags.join(" "),
    sortable: false,
    phone: "line",
    cell: ({ tags }) => (
      <Chips>
        {tags.map((tag) => (
          <Chip key={tag}>{spoken(tag)}</Chip>
        ))}
      </Chips>
    ),
  },
];

/** Strategies that have all the tags that were asked for. */
export function FoundStrategies({ rows }: { readonly rows: readonly FoundStrategy[] }) {
  return (
    <DataTable
      caption="strategies"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ pack_id, strategy }) => `${pack_id}/${strategy}`}
      csvName="strategies"
    />
  );
}
