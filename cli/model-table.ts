import { minute, text } from "./format.ts";
import { renderTable } from "./table.ts";

/** A model as the lists of the API name it. */
export interface ModelRow {
  readonly model_id: string;
  readonly pack_id: string;
  readonly ticker: string | null;
  readonly template_id: string | null;
  readonly created_at: string | null;
}

/** Models, and how to get one where there is none. */
export function modelTable(rows: readonly ModelRow[], width: number): string {
  if (rows.length === 0) return 'No models. "sigma models create" makes one.';
  return renderTable<ModelRow>(
    [
      { header: "Model", value: ({ model_id }) => model_id, shrinkTo: 24 },
      { header: "Pack", value: ({ pack_id }) => pack_id },
      { header: "Ticker", value: ({ ticker }) => text(ticker) },
      { header: "Template", value: ({ template_id }) => text(template_id), optional: 1 },
      { header: "Created (UTC)", value: ({ created_at }) => (created_at === null ? "comes with the pack" : minute(created_at)) },
    ],
    rows,
    width,
  );
}
