import { useQueries } from "@tanstack/react-query";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { asking } from "../../data/ask.ts";
import { TermName } from "../../ui/figure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { formatNumber } from "../../words/format.ts";
import { termOf } from "../../words/glossary.ts";
import styles from "./compare.module.css";
import { type BudgetUse, budgetUses } from "./compared.ts";
import type { Compared } from "./compared-row.ts";

/** Each limit of the risk profile as a bar a result: full is the limit. */
export function Budgets({ compared }: { readonly compared: readonly Compared[] }) {
  const modelIds = [
    ...new Map(compared.map(({ row: { pack_id, model_id } }) => [`${pack_id} ${model_id}`, { pack_id, model_id }])).values(),
  ];
  const packIds = [...new Set(compared.map(({ row }) => row.pack_id))];
  const models = useQueries({
    queries: modelIds.map(({ pack_id, model_id }) => asking("GET /models/{model_id}", { params: { model_id }, query: { pack_id } })),
  });
  const profiles = useQueries({ queries: packIds.map((pack_id) => asking("GET /packs/{pack_id}/risk_profiles", { params: { pack_id } })) });
  const failed = [...models, ...profiles].find(({ error }) => error !== null);
  if (failed?.error) return <ErrorState error={failed.error} title="The limits could not be read" onRetry={() => void failed.refetch()} />;
  if ([...models, ...profiles].some(({ data }) => data === undefined)) return <Skeleton lines={6} />;
  const uses = compared.map(({ row }) => {
    const model = models[modelIds.findIndex(({ pack_id, model_id }) => pack_id === row.pack_id && model_id === row.model_id)]!.data!;
    // The model's own limits hold under its own profile; under another one those of the pack do.
    const other = profiles[packIds.indexOf(row.pack_id)]!.data!.rows.find(({ name }) => name === row.risk_profile)?.limits;
    const limits = model.config.risk_profile === row.risk_profile ? model.limits : (other ?? model.limits);
    return budgetUses(row.metrics, row.significance, limits as RiskBudget);
  });
  const keys = [...new Set(uses.flatMap((list) => list.map(({ key }) => key)))];
  return (
    <div className={styles.budgets}>
      {keys.map((key) => {
        const each = uses.map((list) => list.find((use) => use.key === key));
        const { metric } = each.find((use) => use !== undefined)!;
        return (
          <section key={key} className={styles.budget}>
            <h3>
              <TermName of={metric} />
            </h3>
            {each.map((use, i) => (
              <Bar key={compared[i]!.row.row_id} letter={compared[i]!.letter} use={use} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

/** More than twice the limit is drawn as twice. */
const MOST_SHARE = 2;

function Bar({ letter, use }: { readonly letter: string; readonly use: BudgetUse | undefined }) {
  if (use === undefined)
    return (
      <div className={styles.use}>
        <span className={styles.letter}>{letter}</span>
        <span className={styles.soft}>no limit</span>
      </div>
    );
  const { format } = termOf(use.metric);
  const asked = `${use.bound === "min" ? "≥" : "≤"} ${formatNumber(use.limit, format)}`;
  const holds = use.holds === null ? "unknown" : use.holds ? "holds" : "missed";
  return (
    <div className={styles.use}>
      <span className={styles.letter}>{letter}</span>
      <span className={styles.track} aria-hidden="true">
        <span
          className={styles.fill}
          data-holds={holds}
          style={{ width: `${(Math.min(MOST_SHARE, use.share ?? 0) / MOST_SHARE) * 100}%` }}
        />
      </span>
      <span className={styles.found}>
        {formatNumber(use.value, format)} <span className={styles.soft}>{asked}</span>
      </span>
      <span className={styles.verdict} data-holds={holds}>
        {holds}
      </span>
    </div>
  );
}
