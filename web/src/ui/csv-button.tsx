import { Download } from "lucide-react";
import { Button } from "./button.tsx";
import { fileName, saveText } from "./save-file.ts";
import { type CellValue, linesCsv } from "./table-model.ts";

export interface CsvButtonProps {
  /** What the table holds; it names the file. */
  readonly label: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** Saves a table as CSV that is no list, such as numbers side by side. */
export function CsvButton({ label, header, rows }: CsvButtonProps) {
  return (
    <Button
      small
      icon={Download}
      aria-label={`CSV of ${label.toLowerCase()}`}
      onClick={() => saveText(`${fileName(label)}.csv`, linesCsv([header, ...rows]), "text/csv")}
    >
      CSV
    </Button>
  );
}
