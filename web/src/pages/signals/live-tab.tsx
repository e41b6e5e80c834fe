import { useNavigate } from "@tanstack/react-router";
import { Pause, Play } from "lucide-react";
import { useMemo, useState } from "react";
import { type AnswerOf, useAsk } from "../../data/ask.ts";
import { useIsOnline } from "../../data/online.ts";
import { type SignalFeed, useSignalFeed } from "../../data/signal-feed.ts";
import { Button } from "../../ui/button.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { Numeral } from "../../ui/figure.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { contractInWords } from "../../words/contract.ts";
import { formatNumber, plural } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import { marksOfSignal } from "../../words/signals.ts";
import { SideChip } from "./signal-cells.tsx";
import { fits, type SignalFilter } from "./signal-filter.ts";
import styles from "./signals.module.css";

type Signal = AnswerOf<"GET /signals/{signal_id}">;

/** Signals from before the page was opened, so that it does not begin empty. */
const EARLIER = 30;

export interface LiveTabProps {
  readonly filter: SignalFilter;
  readonly filters: React.ReactNode;
  /** What fills an empty log. */
  readonly action: React.ReactNode;
}

/** Signals as they are written. Pausing holds the list still; nothing is lost meanwhile. */
export function LiveTab({ filter, filters, action }: LiveTabProps) {
  const feed = useSignalFeed();
  const earlier = useAsk("GET /signals", { query: { limit: EARLIER } });
  const [held, setHeld] = useState<SignalFeed>();
  const shown = held ?? feed;
  const came = useMemo(() => new Set(shown.rows.map(({ signal }) => signal.signal_id)), [shown]);
  const live = shown.rows.filter(({ signal }) => fits(signal, filter));
  const before = (earlier.data?.rows ?? []).filter((signal) => !came.has(signal.signal_id) && fits(signal, filter));

  return (
    <Panel
      title="Live"
      note={<FeedState feed={feed} held={held} />}
      actions={
        <>
          {filters}
          <Button
            small
            icon={held === undefined ? Pause : Play}
            aria-pressed={held !== undefined}
            onClick={() => setHeld(held === undefined ? feed : undefined)}
          >
            {held === undefined ? "Pause" : "Resume"}
          </Button>
        </>
      }
    >
      {live.length > 0 && (
        <ol className={styles.rows} aria-label="Signals that came while this page was open, newest first">
          {live.map(({ seq, signal }) => (
            <LiveRow key={seq} signal={signal} isNew />
          ))}
        </ol>
      )}
      {live.length > 0 && before.length > 0 && <h3 className={styles.between}>Before you opened this page</h3>}
      {before.length > 0 ? (
        <ol className={styles.rows} aria-label="Signals from before, newest first">
          {before.map((signal) => (
            <LiveRow key={signal.signal_id} signal={signal} />
          ))}
        </ol>
      ) : earlier.isPending ? (
        <Skeleton lines={6} />
      ) : earlier.error !== null && earlier.data === undefined ? (
        <ErrorState error={earlier.error} title="Earlier signals could not be read" onRetry={() => void earlier.refetch()} />
      ) : (
        live.length === 0 && (
          <EmptyState title={earlier.data?.rows.length === 0 ? "No signal yet" : "No recent signal fits these filters"} action={action}>
            {earlier.data?.rows.length === 0
              ? "Published models are scored after each close, and what they decide shows here at once. To see one now, score a published model as of a past close."
              : "New ones that fit appear here as they are written. The log has older ones."}
          </EmptyState>
        )
      )}
    </Panel>
  );
}

/** Whether the list is up to date, in words. */
function FeedState({ feed, held }: { readonly feed: SignalFeed; readonly held: SignalFeed | undefined }) {
  const isOnline = useIsOnline();
  const words =
    feed.state === "broken"
      ? isOnline
        ? "The stream broke. It is opened again every few seconds, after the last signal that came."
        : "Offline. The stream goes on after the last signal that came when the network is back."
      : held !== undefined
        ? `Paused, ${formatNumber(feed.count - held.count, "count")} new since`
        : feed.state === "connecting"
          ? feed.count > 0
            ? "Connecting again, after the last signal that came"
            : "Connecting"
          : `Following, ${plural(feed.count, "signal")} since you came`;
  return (
    <span className={styles.state} role="status" data-state={held === undefined ? feed.state : "held"}>
      {words}
    </span>
  );
}

function LiveRow({ signal, isNew = false }: { readonly signal: Signal; readonly isNew?: boolean }) {
  const navigate = useNavigate();
  const { signal_id, timestamp, ticker, confidence, quantity, entry_price, stop_loss, take_profit, model_id, option, price } = signal;
  const open = (): void => void navigate({ to: PLACE_OF.signal(signal_id) as never, search: {} as never });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the row's link does the same
    <li
      className={styles.row}
      data-new={isNew ? "" : undefined}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("a, button") === null) open();
      }}
    >
      <span className={styles.side}>
        <SideChip {...signal} />
      </span>
      <span className={styles.what}>
        <PlaceLink to={PLACE_OF.signal(signal_id)}>{ticker}</PlaceLink>
        <span className={styles.model}>{model_id}</span>
      </span>
      <span className={styles.number}>
        <span className={styles.name}>Confidence</span> <Numeral of="signal.confidence" value={confidence} />
      </span>
      <span className={styles.order}>
        {quantity === null ? (
          signal.closes ? (
            "close what is open"
          ) : (
            "no order"
          )
        ) : (
          <>
            <Numeral of="signal.quantity" value={quantity} /> {option === null ? "shares" : `× ${contractInWords(option.contract)}`}
            {option === null && entry_price !== null && (
              <>
                {" "}
                at <Numeral of="signal.entry_price" value={entry_price} />
              </>
            )}
            {option !== null && price !== null && (
              <>
                {" "}
                at most <Numeral of="signal.price" value={price} />
              </>
            )}
            {stop_loss !== null && (
              <>
                , stop <Numeral of="signal.stop_loss" value={stop_loss} />
              </>
            )}
            {take_profit !== null && (
              <>
                , target <Numeral of="signal.take_profit" value={take_profit} />
              </>
            )}
          </>
        )}
      </span>
      <span className={styles.marks}>
        <DataMarks stamps={marksOfSignal(signal)} most={2} />
      </span>
      <span className={styles.time}>
        <Moment at={timestamp} />
      </span>
    </li>
  );
}
