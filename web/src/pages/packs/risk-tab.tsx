import { useRows } from "../../data/ask.ts";
import { Chip } from "../../ui/chip.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Explained } from "../../ui/tooltip.tsx";
import { formatNumber, UNKNOWN } from "../../words/format.ts";
import { LIMITED } from "../../words/gate.ts";
import { isTermKey, termOf } from "../../words/glossary.ts";
import { titled } from "../../words/packs.ts";
import styles from "./pack.module.css";
import type { PackDetail } from "./pack-standing.ts";

/** The limits that results must hold: the pack's own gates beside what holds under each risk profile. */
export function RiskTab({ detail }: { readonly detail: PackDetail }) {
  const { pack, pack_id } = detail;
  const query = useRows("GET /packs/{pack_id}/risk_profiles", { params: { pack_id }, query: { limit: 200 } });
  return (
    <Panel
      title="Gates and risk profiles"
      note="A result passes when every limit of the profile holds. Profiles, policies and models may tighten the pack's gates, never loosen them."
    >
      <Loaded query={query} title="The risk profiles could not be read" skeleton={<SkeletonBlock />}>
        {(profiles) => (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
            <section className={styles.scrolls} tabIndex={0} aria-label="Limits by risk profile">
              <table className={styles.limits}>
                <thead>
                  <tr>
                    <th scope="col">Limit</th>
                    <th scope="col">Pack's gates</th>
                    {profiles.map(({ name }) => (
                      <th key={name} scope="col">
                        {titled(name)} {name === pack.default_risk_profile && <Chip tone="accent">Default</Chip>}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {limitKeys([pack.gates, ...profiles.map(({ limits }) => limits)]).map((key) => (
                    <tr key={key}>
                      <th scope="row">
                        <LimitName of={key} />
                      </th>
                      <td>{limitInWords(key, pack.gates)}</td>
                      {profiles.map(({ name, limits }) => (
                        <td key={name} className={limitInWords(key, limits) === limitInWords(key, pack.gates) ? styles.soft : undefined}>
                          {limitInWords(key, limits)}
                        </td>
                      ))}
                    </tr>
                  ))}
                  <tr>
                    <th scope="row">
                      <Explained title="Risk per trade" unit="% of capital" says="Premium or stop distance that one trade may lose.">
                        Risk per trade
                      </Explained>
                    </th>
                    <td>{UNKNOWN}</td>
                    {profiles.map(({ name, sizing }) => (
                      <td key={name}>{formatNumber(sizing.risk_per_trade, "share")}</td>
                    ))}
                  </tr>
                  <tr>
                    <th scope="row">
                      <Explained
                        title="Volatility target"
                        unit="% a year"
                        says="Positions are scaled so that the account moves about this much; none = no scaling."
                      >
                        Volatility target
                      </Explained>
                    </th>
                    <td>{UNKNOWN}</td>
                    {profiles.map(({ name, sizing }) => (
                      <td key={name}>{sizing.volatility_target === null ? "none" : formatNumber(sizing.volatility_target, "share")}</td>
                    ))}
                  </tr>
                </tbody>
              </table>
            </section>
            <ul className={styles.uses}>
              {profiles.map(({ name, description }) => (
                <li key={name}>
                  <strong>{titled(name)}.</strong> {description}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

type Limits = PackDetail["pack"]["gates"];
type LimitKey = keyof Limits;

/** Limits that any of the budgets sets, in the order in which the gate has them. */
const limitKeys = (budgets: readonly Limits[]): LimitKey[] =>
  ([...Object.keys(LIMITED), "allowed_hours"] as LimitKey[]).filter((key) => budgets.some((budget) => budget[key] !== undefined));

function LimitName({ of: key }: { readonly of: LimitKey }) {
  if (key === "allowed_hours")
    return (
      <Explained title="Hours" unit="New York" says="Hours of the bars that trades may be entered at.">
        Hours
      </Explained>
    );
  const { metric } = LIMITED[key];
  if (!isTermKey(metric)) return metric;
  const { name, unit, definition } = termOf(metric);
  return (
    <Explained title={name} unit={unit} says={definition}>
      {name}
    </Explained>
  );
}

function limitInWords(key: LimitKey, budget: Limits): string {
  const limit = budget[key];
  if (limit === undefined) return "no limit";
  if (typeof limit !== "number" || key === "allowed_hours") return String(limit);
  const { metric, bound } = LIMITED[key];
  return `${bound === "min" ? "≥" : "≤"} ${isTermKey(metric) ? formatNumber(limit, termOf(metric).format) : limit}`;
}
