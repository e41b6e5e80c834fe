import type { AnswerOf } from "../../data/ask.ts";
import { Drawer } from "../../ui/dialog.tsx";
import { Moment } from "../../ui/moment.tsx";
import { plural } from "../../words/format.ts";
import { conditionInWords } from "../../words/packs.ts";
import styles from "./pack.module.css";

type Scan = AnswerOf<"POST /scan">;

const number = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });
const found = (value: number | null | undefined): string => (value === null || value === undefined ? "unknown" : number.format(value));

export interface ScannedMemberProps {
  readonly scan: Scan;
  readonly member: Scan["rows"][number] | undefined;
  readonly onClose: () => void;
}

/** Why a member stands where it does: each condition with what was found, and each column at its last closed bar. */
export function ScannedMember({ scan, member, onClose }: ScannedMemberProps) {
  const ranks = new Map(scan.rank.map((rank) => [rank.column, rank]));
  return (
    <Drawer
      open={member !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={member?.symbol ?? ""}
      description={
        member && (
          <>
            Rank {member.rank} of {scan.ranked}; {plural(member.bars, "closed bar")}, the last one ended <Moment at={member.as_of} />
          </>
        )
      }
    >
      {member !== undefined && (
        <div className={styles.drawer}>
          <section>
            <h3>Conditions</h3>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Asked</th>
                  <th scope="col">Found</th>
                  <th scope="col">Holds</th>
                </tr>
              </thead>
              <tbody>
                {member.conditions.map((condition) => (
                  <tr key={conditionInWords(condition)}>
                    <th scope="row">
                      <code>{conditionInWords(condition)}</code>
                    </th>
                    <td>{found(condition.found)}</td>
                    <td>{condition.holds ? "yes" : "no"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <section>
            <h3>Columns at that bar</h3>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Column</th>
                  <th scope="col">Value</th>
                  <th scope="col">In the ranking</th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(member.values).map(([column, value]) => {
                  const rank = ranks.get(column);
                  return (
                    <tr key={column}>
                      <th scope="row">
                        <code>{column}</code>
                      </th>
                      <td>{found(value)}</td>
                      <td>
                        {rank === undefined
                          ? "no"
                          : `${rank.best === "high" ? "highest" : "lowest"} first, weight ${number.format(rank.weight)}`}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </div>
      )}
    </Drawer>
  );
}
