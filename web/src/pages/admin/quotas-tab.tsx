import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { QUOTA_NAMES } from "#lib/quotas/quota.schema.ts";
import { useAct, useAsk } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Facts } from "../../ui/facts.tsx";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { NumberField, TextField } from "../../ui/form/text-field.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, Panel, Stack } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ErrorState, Loaded } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { Explained } from "../../ui/tooltip.tsx";
import { formatNumber } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import { QUOTA_SOURCE_NAMES, QUOTA_TERMS, TIER_NAMES } from "../../words/quotas.ts";
import styles from "./admin.module.css";
import { changeOf, differencesOf, formOf, type OwnerQuotas, type QuotaForm, quotaResolver } from "./quota-form.ts";

/** What an owner may ask for, what is used of it, and who set it. */
export function QuotasTab({ owner }: { readonly owner: string }) {
  const query = useAsk("GET /admin/quotas", { query: { owner } }, { everyMs: 30_000 });
  return (
    <Loaded query={query} title="The quotas could not be read">
      {(quotas) => (
        <Grid>
          <Stack span={7}>
            <InForce quotas={quotas} />
            <LastChange quotas={quotas} />
          </Stack>
          <Stack span={5}>
            <ChangePanel key={`${quotas.owner} ${quotas.etag}`} quotas={quotas} />
          </Stack>
        </Grid>
      )}
    </Loaded>
  );
}

function InForce({ quotas }: { readonly quotas: OwnerQuotas }) {
  const running = [...quotas.running.sweeps, ...quotas.running.trainings];
  return (
    <Panel
      title="In force"
      note={quotas.tier_source === "default" ? "Nobody set a tier: it is that of the place" : "Set for this account"}
      actions={<Chip tone="accent">{TIER_NAMES[quotas.tier]}</Chip>}
    >
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Quota</th>
              <th scope="col">Used</th>
              <th scope="col">Limit</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {quotas.quotas.map(({ name, limit, used, source }) => (
              <tr key={name}>
                <th scope="row">
                  <Explained title={QUOTA_TERMS[name].name} says={QUOTA_TERMS[name].says}>
                    {QUOTA_TERMS[name].name}
                  </Explained>
                </th>
                <td title={used === null ? "Not counted, because nothing limits it" : undefined}>{formatNumber(used, "count")}</td>
                <td>{limit === null ? "none" : formatNumber(limit, "count")}</td>
                <td>{QUOTA_SOURCE_NAMES[source]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {running.length > 0 && (
        <p className={styles.soft}>
          Places are held by{" "}
          {running.map((runId, place) => (
            <span key={runId}>
              {place > 0 && ", "}
              <PlaceLink to={PLACE_OF.run(runId)}>{runId}</PlaceLink>
            </span>
          ))}
          .
        </p>
      )}
    </Panel>
  );
}

/** The audit of the account, as far as the API keeps it. */
function LastChange({ quotas: { changed_at, changed_by, reason } }: { readonly quotas: OwnerQuotas }) {
  return (
    <Panel title="Last change" note="The newest one is kept, with who, when and why">
      {changed_at === null ? (
        <p className={styles.soft}>Nobody has changed this account.</p>
      ) : (
        <Facts
          facts={[
            { name: "When", value: <Moment at={changed_at} /> },
            { name: "By", value: changed_by ?? "the command line" },
            { name: "Why", value: reason ?? "–" },
          ]}
        />
      )}
    </Panel>
  );
}

const KINDS = [
  { value: "tier", label: "As the tier has it" },
  { value: "own", label: "A limit of its own" },
  { value: "none", label: "No limit" },
];

const FIELDS = ["tier", "reason"] as const;

function ChangePanel({ quotas }: { readonly quotas: OwnerQuotas }) {
  const before = formOf(quotas);
  const form = useForm<QuotaForm>({ defaultValues: before, resolver: quotaResolver });
  const act = useAct("PUT /admin/quotas/{owner}", ["GET /admin/quotas"]);
  const [asked, setAsked] = useState<QuotaForm>();
  const [failure, setFailure] = useState<Error>();
  const choices = useWatch({ control: form.control, name: "quotas" });

  const submit = form.handleSubmit((values) => {
    setFailure(undefined);
    setAsked(values);
  });
  const apply = async (values: QuotaForm): Promise<void> => {
    try {
      await act.mutateAsync({ params: { owner: quotas.owner }, body: changeOf(values), ifMatch: quotas.etag });
      say("Quotas set", quotas.owner);
    } catch (error) {
      showServerIssues(form, error as Error, FIELDS);
      setFailure(error as Error);
    } finally {
      setAsked(undefined);
    }
  };
  const differences = asked === undefined ? [] : differencesOf(before, asked, (name) => QUOTA_TERMS[name].name);

  return (
    <Panel title="Change">
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <SelectField
          control={form.control}
          name="tier"
          label="Tier"
          options={Object.entries(TIER_NAMES).map(([value, label]) => ({ value, label }))}
        />
        {QUOTA_NAMES.map((name) => (
          <div key={name} className={styles.limit}>
            <SelectField control={form.control} name={`quotas.${name}.kind`} label={QUOTA_TERMS[name].name} options={KINDS} />
            {choices[name].kind === "own" && (
              <NumberField control={form.control} name={`quotas.${name}.limit`} label="Limit" min={0} step={1} />
            )}
          </div>
        ))}
        <TextField
          control={form.control}
          name="reason"
          label="Reason"
          lines={2}
          hint="Such as an order's number. It is kept with your name and the time."
        />
        {failure !== undefined && <ErrorState error={failure} title="The quotas were not set" />}
        <div className={styles.end}>
          <Button kind="primary" type="submit">
            Set quotas
          </Button>
        </div>
      </form>
      <Confirm
        open={asked !== undefined}
        onOpenChange={(open) => !open && setAsked(undefined)}
        title={`Set the quotas of ${quotas.owner}?`}
        verb="Set quotas"
        keep="Leave as they are"
        danger={false}
        busy={act.isPending}
        onConfirm={() => asked !== undefined && void apply(asked)}
      >
        <div className={styles.stack}>
          <p>They hold from now on, for both workspaces of the account. Runs that go on are not ended.</p>
          {differences.length === 0 ? (
            <p className={styles.soft}>Tier and limits stay as they are; only the reason is written.</p>
          ) : (
            <ul className={styles.differences}>
              {differences.map(({ what, before: from, after: to }) => (
                <li key={what}>
                  {what}: {from} → <strong>{to}</strong>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Confirm>
    </Panel>
  );
}
