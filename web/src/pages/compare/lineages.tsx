import { LINEAGE_NAMES } from "../../words/lineage.ts";
import { sideLines } from "./compared.ts";
import type { Compared } from "./compared-row.ts";
import { SideTable } from "./side-table.tsx";

/** The fingerprints of what each was made from: equal ones are the same thing. */
export function Lineages({ compared }: { readonly compared: readonly Compared[] }) {
  const lines = sideLines(compared.map(({ row }) => row.lineage));
  return (
    <SideTable
      label="Lineage side by side"
      compared={compared}
      lines={lines.map((line) => ({ ...line, values: line.values.map(shortened) }))}
      nameOf={(key) => LINEAGE_NAMES[key] ?? key}
      mono
    />
  );
}

const shortened = (value: string): string => (/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value);
