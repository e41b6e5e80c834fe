import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAsk, useRows } from "../../data/ask.ts";
import { given } from "../../data/search.ts";
import { Chip, Chips } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { plural } from "../../words/format.ts";
import { conditionInWords, entryInWords, spoken, titled } from "../../words/packs.ts";
import { IndicatorDrawer } from "./indicator-drawer.tsx";
import { type Indicator, type MenuRow, menuRows, plainText } from "./indicator-rows.ts";
import styles from "./pack.module.css";
import type { PackDetail } from "./pack-standing.ts";

const route = getRouteApi("/packs/$packId");

const COLUMNS: readonly Column<MenuRow>[] = [
  { id: "name", header: "Indicator", width: 190, value: ({ name }) => name, phone: "head" },
  {
    id: "category",
    header: "Category",
    width: 130,
    value: ({ indicator }) => indicator?.category,
    cell: ({ indicator }) => (indicator === undefined ? "unknown" : titled(indicator.category)),
    phone: "beside",
  },
  {
    id: "timeframe",
    header: "Computed on",
    width: 110,
    value: ({ timeframe }) => timeframe,
    cell: ({ timeframe }) => dataOf(timeframe),
    phone: "none",
  },
  {
    id: "doc",
    header: "What it says",
    width: 380,
    value: ({ indicator }) => indicator && plainText(indicator.doc),
    sortable: false,
    phone: "line",
  },
  {
    id: "columns",
    header: "Columns",
    align: "right",
    width: 90,
    value: ({ indicator }) => indicator?.columns.length,
    phone: "none",
  },
  { id: "warmup", header: "Warm-up (bars)", align: "right", width: 110, value: ({ indicator }) => indicator?.warmup_bars, phone: "none" },
  {
    id: "sets",
    header: "Sets",
    align: "right",
    width: 70,
    value: ({ usedBy }) => new Set(usedBy.map(({ set }) => set)).size,
    phone: "none",
  },
];

const dataOf = (timeframe: string): string => (timeframe === "bar" ? "own bars" : `${timeframe} data`);

/** What a pack's models may look at: its menu with the definition of each indicator, and the sets that bundle them. */
export function IndicatorsTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id, pack } = detail;
  const { indicator: open, category } = route.useSearch();
  const navigate = useNavigate({ from: "/packs/$packId" });
  const catalogue = useAsk("GET /indicators", { query: {} });
  const sets = useRows("GET /packs/{pack_id}/indicator_sets", { params: { pack_id }, query: { limit: 200 } });
  const known = useMemo(() => (catalogue.data !== undefined && "rows" in catalogue.data ? catalogue.data.rows : []), [catalogue.data]);
  const rows = useMemo(() => menuRows(pack.indicators, known as readonly Indicator[], sets.data ?? []), [pack, known, sets.data]);
  const categories = [...new Set(rows.map(({ indicator }) => indicator?.category).filter((name) => name !== undefined))];
  const shown = category === undefined ? rows : rows.filter(({ indicator }) => indicator?.category === category);
  const opened = open === undefined ? undefined : rows.find(({ name }) => name === open);
  const openRow = (name: string | undefined): void =>
    void navigate({ search: (search) => given({ ...search, indicator: name }), replace: true });

  return (
    <Grid>
      <Panel title="Menu" note={`${plural(pack.indicators.length, "indicator")} that sets, strategies and models of this pack may use`}>
        <Loaded query={catalogue} title="The indicator catalogue could not be read" skeleton={<SkeletonBlock />}>
          {() => (
            <DataTable
              caption="indicators of the menu"
              columns={COLUMNS}
              rows={shown}
              rowKey={({ name }) => name}
              sort="category"
              onOpen={({ name }) => openRow(name)}
              currentKey={open}
              csvName={`${pack_id}-indicators`}
              tools={
                <select
                  className={styles.select}
                  aria-label="Category"
                  value={category ?? ""}
                  onChange={(event) =>
                    void navigate({ search: (search) => given({ ...search, category: event.target.value || undefined }), replace: true })
                  }
                >
                  <option value="">All categories</option>
                  {categories.map((name) => (
                    <option key={name} value={name}>
                      {titled(name)}
                    </option>
                  ))}
                </select>
              }
            />
          )}
        </Loaded>
      </Panel>
      <Panel title="Sets" note="what a model computes; a model may have a set of its own instead">
        <Loaded query={sets} title="The sets could not be read" skeleton={<SkeletonBlock />}>
          {(all) => (
            <ul className={styles.entries}>
              {all.map(({ name, version, description, indicators, scan, origin }) => (
                <li key={name}>
                  <div className={styles.entryHead}>
                    <h3>{name}</h3>
                    <span className={styles.soft}>
                      version {version}, {plural(indicators.length, "indicator")}
                    </span>
                    {origin === "own" && <Chip tone="accent">Your own</Chip>}
                    {scan !== undefined && <Chip>Scanner</Chip>}
                  </div>
                  {description !== undefined && <p className={styles.text}>{description}</p>}
                  <Chips>
                    {indicators.map((entry) => (
                      <button key={JSON.stringify(entry)} type="button" className={styles.word} onClick={() => openRow(entry.name)}>
                        {entryInWords(entry)}
                      </button>
                    ))}
                  </Chips>
                  {scan !== undefined && (
                    <p className={styles.soft}>
                      Fulfilled while {scan.where.length === 0 ? "always" : scan.where.map(conditionInWords).join(" and ")}; ranks by{" "}
                      {scan.rank
                        .map(({ column, best, weight }) => `${best === "high" ? "highest" : "lowest"} ${column} (weight ${weight})`)
                        .join(", ")}
                      .
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
      <IndicatorDrawer
        isLoading={catalogue.data === undefined}
        row={opened}
        name={open}
        onClose={() => openRow(undefined)}
        note={opened && spoken(dataOf(opened.timeframe))}
      />
    </Grid>
  );
}
