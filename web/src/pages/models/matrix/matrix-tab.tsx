import { useState } from "react";
import { ClassShares } from "../../../charts/class-shares.tsx";
import { CorrelationMatrix, pairsOf } from "../../../charts/correlation-matrix.tsx";
import { DriftBars } from "../../../charts/drift-bars.tsx";
import { UnknownHeatmap } from "../../../charts/unknown-heatmap.tsx";
import { type AnswerOf, useAsk } from "../../../data/ask.ts";
import { client } from "../../../data/client.ts";
import { Button } from "../../../ui/button.tsx";
import { DataMarks } from "../../../ui/data-mark.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { Identifier } from "../../../ui/identifier.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { PlaceLink } from "../../../ui/place-link.tsx";
import { saveBlob } from "../../../ui/save-file.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import type { Column } from "../../../ui/table-model.ts";
import { sayFailure } from "../../../ui/toast.tsx";
import { formatNumber, plural } from "../../../words/format.ts";
import { PLACE_OF } from "../../../words/places.ts";
import { stepInWords } from "../../../words/runs.ts";
import { MatrixChip } from "../matrix-chip.tsx";
import { MATRIX_STATES } from "../model-line.ts";
import type { TaggedModel } from "../model-query.ts";
import styles from "../models.module.css";
import { Coverage } from "./coverage.tsx";
import { classSharesOf, fileSize } from "./profile-facts.ts";
import { Verdicts } from "./verdicts.tsx";

type Manifest = AnswerOf<"GET /matrices/{matrix_sha}">;
type Profile = AnswerOf<"GET /matrices/{matrix_sha}/profile">;
type ProfileColumn = Profile["columns"][number];

/** Columns that a triangle shows legibly; the others are in its table. */
const MOST_CORRELATED = 40;
/** Two features that correlate so far say the same twice. */
const ALIKE = 0.9;

/** The stored matrix that the model's results stand on: whether it can be trusted, and how its columns are distributed. */
export function MatrixTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const { matrix, pack_id, model_id } = detail;
  const sha = matrix.matrix_sha;
  if (sha === null)
    return (
      <Panel title="Matrix">
        <EmptyState
          title="Not built yet"
          action={
            <PlaceLink to={PLACE_OF.model(pack_id, model_id)} search={{ tab: "composer" }}>
              Open the Composer
            </PlaceLink>
          }
        >
          The matrix is the table of features and labels that everything is trained and tested on. Building it takes seconds; its checks and
          its leak test stand here afterwards.
        </EmptyState>
      </Panel>
    );
  return <Stored sha={sha} matrix={matrix} />;
}

function Stored({ sha, matrix }: { readonly sha: string; readonly matrix: TaggedModel["detail"]["matrix"] }) {
  const manifest = useAsk("GET /matrices/{matrix_sha}", { params: { matrix_sha: sha } });
  const profile = useAsk("GET /matrices/{matrix_sha}/profile", { params: { matrix_sha: sha } });
  return (
    <Grid>
      <Panel title="Matrix" span={7} actions={<Download sha={sha} />}>
        <Loaded query={manifest} title="The matrix could not be read">
          {(found) => <Facts manifest={found} matrix={matrix} />}
        </Loaded>
      </Panel>
      <Panel title="Leak test" span={5} note="does any value change when the future is cut off?">
        <Loaded query={manifest} title="The leak test could not be read">
          {(found) => <LeakTest leakage={found.leakage} />}
        </Loaded>
      </Panel>
      <Panel title="Checks" note="a failed check stops a build, unless it is forced">
        <Loaded query={manifest} title="The checks could not be read">
          {({ quality, forced }) => <Verdicts verdicts={quality.verdicts} forced={forced} />}
        </Loaded>
      </Panel>
      <Loaded query={profile} title="The profile could not be read">
        {(found) => <Profiled profile={found} manifest={manifest.data} />}
      </Loaded>
    </Grid>
  );
}

function Profiled({ profile, manifest }: { readonly profile: Profile; readonly manifest: Manifest | undefined }) {
  const { columns, correlation, periods, period_unit, label_psi } = profile;
  const count = Math.min(MOST_CORRELATED, correlation.columns.length);
  const alike = pairsOf(correlation.columns, correlation.lower).filter(({ value }) => value !== null && Math.abs(value) >= ALIKE);
  const shares = classSharesOf(periods);
  return (
    <>
      <Panel title="Label" span={7}>
        {shares.length === 0 ? (
          <p className={styles.says}>The label is a number (a regression), so it has no classes to balance.</p>
        ) : (
          <ClassShares label={`Label balance by ${period_unit}`} periods={shares} note="The dashed line is half of the labelled rows." />
        )}
      </Panel>
      <Panel title="Coverage" span={5} note="rows by the hour of the bar's start, New York">
        {manifest !== undefined && <Coverage hours={manifest.quality.coverage_by_hour} />}
      </Panel>
      <Panel title="Unknown values">
        <UnknownHeatmap
          label={`Unknown values by ${period_unit}`}
          periods={periods.map(({ name }) => name)}
          columns={columns.map(({ name, unknown_share }) => ({ name, shares: unknown_share }))}
        />
      </Panel>
      <Panel title="Drift" span={6}>
        <DriftBars
          label="Last third of the rows against the first"
          items={[{ name: "y (label)", value: label_psi }, ...columns.map(({ name, psi }) => ({ name, value: psi }))]}
        />
      </Panel>
      <Panel title="Correlation" span={6}>
        <CorrelationMatrix
          label="Features among each other"
          columns={correlation.columns.slice(0, count)}
          lower={correlation.lower.slice(0, count)}
          note={`Pearson, over ${plural(correlation.rows, "row")}. ${
            alike.length === 0
              ? `No pair reaches ${ALIKE}.`
              : `${plural(alike.length, "pair")} at ${ALIKE} or more: ${alike
                  .slice(0, 3)
                  .map(({ a, b, value }) => `${a} and ${b} ${formatNumber(value, "ratio")}`)
                  .join("; ")}.`
          }${count < columns.length ? ` The first ${count} of ${columns.length} features.` : ""}`}
        />
      </Panel>
      <Panel title="Columns" note="over the whole window">
        <DataTable
          caption="columns of the matrix"
          columns={COLUMNS}
          rows={columns}
          rowKey={({ name }) => name}
          csvName={`columns-${profile.matrix_sha.slice(0, 12)}`}
        />
      </Panel>
    </>
  );
}

const plain = (value: number | null): string => (value === null ? "–" : String(Number(value.toPrecision(4))).replace("-", "−"));

const number = (id: "mean" | "sd" | "min" | "max", header: string): Column<ProfileColumn> => ({
  id,
  header,
  value: (column) => column[id],
  cell: (column) => plain(column[id]),
  align: "right",
  width: 88,
});

const COLUMNS: readonly Column<ProfileColumn>[] = [
  { id: "name", header: "Column", value: ({ name }) => name, cell: ({ name }) => <code>{name}</code>, width: 176 },
  { id: "indicator", header: "Indicator", value: ({ indicator }) => indicator, width: 160 },
  { id: "unit", header: "Unit", value: ({ unit }) => unit, width: 72 },
  {
    id: "known",
    header: "Known rows",
    value: ({ known }) => known,
    cell: ({ known }) => formatNumber(known, "count"),
    align: "right",
    width: 92,
  },
  number("mean", "Mean"),
  number("sd", "SD"),
  number("min", "Min"),
  number("max", "Max"),
  {
    id: "psi",
    header: "Drift (PSI)",
    value: ({ psi }) => psi,
    cell: ({ psi }) => formatNumber(psi, "ratio"),
    align: "right",
    width: 76,
    phone: "beside",
  },
];

function Facts({ manifest, matrix }: { readonly manifest: Manifest; readonly matrix: TaggedModel["detail"]["matrix"] }) {
  const { rows, bytes, columns, info, content_digest, file_sha256, matrix_sha, inputs } = manifest;
  const data = inputs["data"] as readonly {
    readonly role: string;
    readonly symbol: string;
    readonly provider: string;
    readonly fingerprint: string;
  }[];
  return (
    <>
      <p className={styles.says}>
        <MatrixChip status={matrix.status} /> {MATRIX_STATES[matrix.status]?.says}
      </p>
      <div className={styles.tagline}>
        <DataMarks stamps={[...info.series.stamps, ...(info.series.simulation === null ? [] : ["simulated"])]} />
      </div>
      <dl className={styles.facts}>
        <dt>Rows</dt>
        <dd>
          {formatNumber(rows, "count")} of {info.symbol}, {info.cadence}, {matrix.window?.start ?? "first session"} to{" "}
          {matrix.window?.end ?? "last session"}
        </dd>
        <dt>Columns</dt>
        <dd>
          {plural(info.features.length, "feature")}, {columns.length} in all, {fileSize(bytes)}
        </dd>
        <dt>Hours trained on</dt>
        <dd>{info.train_hours === null ? "all" : info.train_hours.join(", ")}</dd>
        <dt>Matrix</dt>
        <dd>
          <Identifier id={matrix_sha} most={28} />
        </dd>
        <dt>Content</dt>
        <dd>
          <Identifier id={content_digest} most={28} />
        </dd>
        <dt>File</dt>
        <dd>
          <Identifier id={file_sha256} most={28} />
        </dd>
        <dt>Indicators</dt>
        <dd>
          <Identifier id={info.indicator_set_sha} most={28} />
        </dd>
        {data.map(({ role, symbol, provider, fingerprint }) => [
          <dt key={`${role} ${symbol} name`}>{stepInWords(role)}</dt>,
          <dd key={`${role} ${symbol}`}>
            {symbol} from {provider} <Identifier id={fingerprint} most={16} />
          </dd>,
        ])}
      </dl>
    </>
  );
}

function LeakTest({ leakage }: { readonly leakage: Manifest["leakage"] }) {
  const { status, cuts, columns_checked, values_compared, leaks } = leakage;
  return (
    <>
      <p className={styles.says}>
        {status === "ok"
          ? `No look-ahead: ${formatNumber(values_compared, "count")} values of ${plural(columns_checked, "column")} stayed the same when later bars were removed or replaced at ${plural(cuts.length, "cut")}.`
          : `${plural(leaks.length, "column")} changed when later bars were removed or replaced: nothing may be trained on them.`}
      </p>
      {leaks.length > 0 && (
        <ul className={styles.findings}>
          {leaks.map(({ column, probe, row_time, with_future, without_future }) => (
            <li key={column}>
              <code>{column}</code>
              <p>
                {probe} at <Moment at={row_time} />: {plain(with_future)} with the future, {plain(without_future)} without.
              </p>
            </li>
          ))}
        </ul>
      )}
      <details className={styles.fold}>
        <summary>{plural(cuts.length, "cut")}</summary>
        <dl className={styles.facts}>
          {cuts.map(({ bar, time, probe }) => [
            <dt key={`${bar} ${probe} name`}>{probe}</dt>,
            <dd key={`${bar} ${probe}`}>
              after bar {formatNumber(bar, "count")}, <Moment at={time} />
            </dd>,
          ])}
        </dl>
      </details>
    </>
  );
}

function Download({ sha }: { readonly sha: string }) {
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      const response = await client.respond(
        "GET /matrices/{matrix_sha}/download",
        { params: { matrix_sha: sha } },
        "application/vnd.apache.parquet",
      );
      saveBlob(`${sha.slice(0, 16)}.parquet`, await response.blob());
    } catch (error) {
      sayFailure("The matrix could not be downloaded", error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button small busy={busy} onClick={() => void download()}>
      Download Parquet
    </Button>
  );
}
