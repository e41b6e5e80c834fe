import { useFormContext } from "react-hook-form";
import { ContractFields } from "../../../ui/model/contract-fields.tsx";
import { PolicyFields } from "../../../ui/model/policy-fields.tsx";
import { valueAt } from "../../../words/features.ts";
import { POLICY_SETTINGS } from "../../../words/policy.ts";
import type { ModelDetail } from "../model-query.ts";
import styles from "../models.module.css";
import type { DesignDraft } from "./design.ts";

const GROUPS = [
  { title: "Costs and orders", group: "costs" },
  { title: "Size and limits", group: "size" },
  { title: "Contract", group: "contracts" },
  { title: "Momentum gate", group: "momentum" },
  { title: "Brackets", group: "brackets" },
] as const;

/** How forecasts become trades: costs, size, contract, brackets, caps, and when trading ends. */
export function PolicyPanel({ draft, detail: { config, columns } }: { readonly draft: DesignDraft; readonly detail: ModelDetail }) {
  const { control } = useFormContext<DesignDraft>();
  const isOptions = config.instrument === "options";
  const facts = { trades: isOptions ? "options" : "stocks", intraday: config.cadence !== "daily" } as const;
  return GROUPS.filter(({ group }) => isOptions || group !== "contracts").map(({ title, group }) => (
    <section key={group} className={styles.group}>
      <h3>{title}</h3>
      <div className={styles.row}>
        {group === "contracts" && <ContractFields control={control} />}
        <PolicyFields
          control={control}
          settings={POLICY_SETTINGS[group]}
          facts={facts}
          held={(path) => valueAt(draft.policy, path)}
          columns={columns}
        />
      </div>
    </section>
  ));
}
