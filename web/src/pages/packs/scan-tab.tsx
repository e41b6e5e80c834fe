import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { MAX_SCANNED, ScanRequestSchema } from "#lib/scan/scan.schema.ts";
import { useRows } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { given } from "../../data/search.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { DateField } from "../../ui/form/date-field.tsx";
import { todayInNewYork } from "../../ui/form/date-text.ts";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import { Skeleton, SkeletonBlock } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import { conditionInWords, titled } from "../../words/packs.ts";
import type { PackDetail } from "./pack-standing.ts";
import styles from "./report.module.css";
import { ScanResults } from "./scan-results.tsx";

const route = getRouteApi("/packs/$packId");

const { universe, provider, cadence } = ScanRequestSchema.shape;
const ScanFormSchema = z.strictObject({
  set: ScanRequestSchema.shape.set,
  universe,
  provider,
  cadence,
  as_of: z.iso.date().optional(),
});
type ScanForm = z.output<typeof ScanFormSchema>;

const FIELDS = ["set", "universe", "provider", "cadence", "as_of"] as const;

/** Ranks the members of a universe by one of the pack's scanners: where to look, not what to buy. */
export function ScanTab({ detail }: { readonly detail: PackDetail }) {
  const { pack_id } = detail;
  const sets = useRows("GET /packs/{pack_id}/indicator_sets", { params: { pack_id }, query: { limit: 200 } });
  return (
    <Loaded query={sets} title="The scanners could not be read" skeleton={<SkeletonBlock />}>
      {(rows) => {
        const scanners = rows.filter(({ scan }) => scan !== undefined);
        return scanners.length === 0 ? (
          <EmptyState title="This pack has no scanner">A scanner is an indicator set with a scan rule; SwingSigma has six.</EmptyState>
        ) : (
          <Scan detail={detail} scanners={scanners} />
        );
      }}
    </Loaded>
  );
}

interface Scanner {
  readonly name: string;
  readonly description?: string | undefined;
  readonly scan?:
    | { readonly where: readonly { readonly column: string; readonly op: string; readonly value: number | string }[] }
    | undefined;
}

function Scan({ detail, scanners }: { readonly detail: PackDetail; readonly scanners: readonly Scanner[] }) {
  const { set, universe: wanted } = route.useSearch();
  const navigate = useNavigate({ from: "/packs/$packId" });
  const form = useForm<ScanForm>({
    resolver: schemaResolver(ScanFormSchema as never) as never,
    defaultValues: {
      set: scanners.some(({ name }) => name === set) ? set! : scanners[0]!.name,
      provider: "files",
      cadence: "daily",
      ...(wanted === undefined ? {} : { universe: wanted }),
    },
  });
  const scan = useMutation({
    mutationFn: ({ as_of, ...rest }: ScanForm) =>
      client.call("POST /scan", { body: { pack_id: detail.pack_id, ...rest, as_of: as_of ?? null, limit: MAX_SCANNED } }),
    onError: (error) => void showServerIssues(form, error, FIELDS),
  });
  const run = form.handleSubmit((values) => {
    void navigate({ search: (search) => given({ ...search, set: values.set, universe: values.universe }), replace: true });
    scan.mutate(values);
  });
  const chosen = scanners.find(({ name }) => name === form.watch("set"));
  return (
    <Grid>
      <Panel title="Scan a universe" note="Says where to look, not what to buy: nothing about a scanner has been backtested.">
        <form className={styles.request} onSubmit={run} noValidate>
          <SelectField
            control={form.control}
            name="set"
            label="Scanner"
            hint={chosen?.scan && `Fulfilled while ${chosen.scan.where.map(conditionInWords).join(" and ") || "always"}.`}
            options={scanners.map(({ name }) => ({ value: name, label: titled(name) }))}
          />
          <TextField
            control={form.control}
            name="universe"
            label="Universe"
            hint="The name under which its members were imported: sigma data universe import."
            placeholder="big_tech"
          />
          <SelectField
            control={form.control}
            name="provider"
            label="Bars from"
            options={provider.unwrap().options.map((value) => ({ value, label: titled(value) }))}
          />
          <SelectField
            control={form.control}
            name="cadence"
            label="Bars"
            options={cadence.unwrap().options.map((value) => ({ value, label: titled(value) }))}
          />
          <DateField
            control={form.control}
            name="as_of"
            label="As of"
            optional
            max={todayInNewYork()}
            hint="The close of this session; empty = now."
          />
          <div className={styles.run}>
            <Button type="submit" kind="primary" busy={scan.isPending}>
              Scan
            </Button>
          </div>
        </form>
        {chosen?.description !== undefined && <p className={styles.ran}>{chosen.description}</p>}
      </Panel>
      {scan.isPending && (
        <Panel title="Results">
          <Skeleton lines={6} />
        </Panel>
      )}
      {scan.error !== null && (
        <Panel title="Results">
          <ErrorState error={scan.error} title="The universe was not scanned" />
        </Panel>
      )}
      {scan.data !== undefined && !scan.isPending && <ScanResults scan={scan.data} />}
      {scan.isIdle && (
        <Panel title="Results">
          <EmptyState title="Nothing scanned yet">
            Choose a scanner and a universe. A universe is a list of members with the dates on which they were in it; bring one with sigma
            data universe import.
          </EmptyState>
        </Panel>
      )}
    </Grid>
  );
}
