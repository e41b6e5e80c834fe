import { useAct } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { Numeral } from "../../../ui/figure.tsx";
import { formatNumber, plural } from "../../../words/format.ts";
import styles from "../models.module.css";

export interface EstimateProps {
  readonly request: object;
  /** Whether the form has nothing to object to; what it has is said at its fields. */
  readonly check: () => Promise<boolean>;
}

/** What a sweep will take, and how good the best of it would look by luck alone; asked before it is started. */
export function Estimate({ request, check }: EstimateProps) {
  const ask = useAct("POST /sweeps/estimate");
  const found = ask.data;
  return (
    <div className={styles.estimate}>
      <Button busy={ask.isPending} onClick={() => void check().then((fits) => fits && ask.mutate({ body: request } as never))}>
        Estimate
      </Button>
      <span role="status">
        {ask.error?.message}
        {found !== undefined && (
          <>
            {plural(found.variants, "variant")}, about {formatNumber(found.seconds, "seconds")}, {formatNumber(found.usd, "dollars")}; best
            Sharpe by luck alone <Numeral of="luck_sharpe" value={found.luck_sharpe} />
            {found.infeasible !== null && `. ${found.infeasible.remedy}`}
          </>
        )}
      </span>
    </div>
  );
}
