import type { ReactNode } from "react";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { Tabs } from "../../ui/tabs.tsx";
import type { Report, ReportSearch } from "./report.ts";
import { ReportModel } from "./report-model.tsx";
import { ReportPrices } from "./report-prices.tsx";
import { ReportSummary } from "./report-summary.tsx";
import { ReportTrades } from "./report-trades.tsx";

export interface ReportViewProps {
  readonly report: Report;
  /** The judged row; null where the backtest was not saved, undefined while it is read. */
  readonly row: ResultRow | null | undefined;
  readonly search: ReportSearch;
  readonly onChange: (change: { readonly [K in keyof ReportSearch]?: ReportSearch[K] | undefined }, replace?: boolean) => void;
  /** Stands above the tabs. */
  readonly children?: ReactNode;
}

/** A report in four parts: what it earned, its trades, its trades on the prices, and how good its forecasts were. */
export function ReportView({ report, row, search, onChange, children }: ReportViewProps) {
  const { trades } = report.variants[report.headline]!.metrics;
  return (
    <>
      {children}
      <Tabs
        label="Parts of the report"
        value={search.tab ?? "summary"}
        onChange={(tab) => onChange({ tab: tab === "summary" ? undefined : tab })}
        tabs={[
          { value: "summary", label: "Summary", content: <ReportSummary report={report} row={row ?? undefined} /> },
          {
            value: "trades",
            label: `Trades ${trades}`,
            content: (
              <ReportTrades
                row={row}
                sort={search.sort}
                onSort={(sort) => onChange({ sort }, true)}
                onOpen={(trade) => onChange({ tab: "price", trade, fold: undefined })}
              />
            ),
          },
          {
            value: "price",
            label: "Price",
            content: (
              <ReportPrices report={report} row={row} trade={search.trade} fold={search.fold} onView={(view) => onChange(view, true)} />
            ),
          },
          { value: "model", label: "Forecasts", content: <ReportModel report={report} row={row} /> },
        ]}
      />
    </>
  );
}
