import type { AnswerOf } from "../../data/ask.ts";
import { Figure, Figures, Numeral, TermName } from "../../ui/figure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { formatNumber } from "../../words/format.ts";
import { type TermKey, termOf } from "../../words/glossary.ts";
import { backtestOf } from "./backtest-of.ts";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;

/** Below this probability of so low a Sharpe ratio the API vetoes a model. */
const VETO_BELOW = "0.05";

function verdictOf({ holdout, research }: Model): string {
  if (holdout === null) return "";
  const probability = formatNumber(holdout.probability_this_low, "probability");
  if (holdout.probability_this_low === null)
    return "The holdout has too few trades to say anything: it neither speaks for the model nor vetoes it.";
  const odds = `Were the backtest's Sharpe ratio the true one, a holdout this low or lower would come with a probability of ${probability}`;
  if (holdout.vetoed)
    return `${odds}. That is below ${VETO_BELOW}, so the holdout vetoes the model${research ? "; as research it may still run on paper, unproven" : ": it cannot be published"}.`;
  return `${odds}. That is not below ${VETO_BELOW}, so the holdout does not veto the model. It can never improve a verdict, either.`;
}

function looksOf({ holdout }: Model): string {
  if (holdout === null) return "";
  if (holdout.looks === 1) return "This was the first look of yours at this stretch of history, so its verdict has its full worth.";
  return `This was look number ${holdout.looks} of yours at this stretch of history. Each look spends some of its worth: after many, the best of them is luck.`;
}

/** What the one look at the untouched end of the history showed, beside what the backtest had promised. */
export function HoldoutPanel({ model }: { readonly model: Model }) {
  const { holdout } = model;
  const rows: readonly {
    readonly of: TermKey;
    readonly name: TermKey;
    readonly backtest: number | null;
    readonly holdout: number | null;
  }[] =
    holdout === null
      ? []
      : [
          { of: "residual.sharpe", name: "residual.sharpe", backtest: holdout.backtest_sharpe, holdout: holdout.sharpe },
          { of: "total_return", name: "total_return", backtest: backtestOf(model, "total_return"), holdout: holdout.total_return },
          {
            of: "max_drawdown_pct",
            name: "max_drawdown_pct",
            backtest: backtestOf(model, "max_drawdown_pct"),
            holdout: holdout.max_drawdown_pct,
          },
          { of: "trades", name: "trades", backtest: backtestOf(model, "trades"), holdout: holdout.trades },
        ];
  return (
    <Panel
      title="Holdout against backtest"
      note={
        holdout === null
          ? undefined
          : `${holdout.start} to ${holdout.end}, ${formatNumber(holdout.sessions, "count")} sessions that nothing had seen`
      }
    >
      {holdout === null ? (
        <p className={styles.soft}>No holdout was kept back for this model, so nothing says whether its backtest holds.</p>
      ) : (
        <>
          <p className={styles.verdict}>{verdictOf(model)}</p>
          <div className={styles.compare}>
            <table className={styles.numbers}>
              <thead>
                <tr>
                  <th scope="col">Number</th>
                  <th scope="col">Backtest</th>
                  <th scope="col">Holdout</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ of, name, ...values }) => (
                  <tr key={of}>
                    <th scope="row">
                      <TermName of={name} />
                    </th>
                    <td>
                      <Numeral of={of} value={values.backtest} />
                    </td>
                    <td>
                      <Numeral of={of} value={values.holdout} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Figures>
            <Figure of="holdout.probability_this_low" value={holdout.probability_this_low} why="Too few trades" />
            <Figure of="holdout.looks" value={holdout.looks} />
          </Figures>
          <p className={styles.soft}>{looksOf(model)}</p>
        </>
      )}
    </Panel>
  );
}

const LUCK = ["dsr", "pbo", "trials"] as const;

/** How far luck explains the backtest that was chosen, in a sentence each. */
export function LuckFigures({ model }: { readonly model: Model }) {
  return (
    <div className={styles.luck}>
      <Figures>
        {LUCK.map((key) => (
          <Figure key={key} of={key} value={backtestOf(model, key)} why="No backtest stands behind it" />
        ))}
      </Figures>
      <ul className={styles.sentences}>
        {LUCK.map((key) => (
          <li key={key}> {termOf(key).definition}</li>
        ))}
      </ul>
    </div>
  );
}
