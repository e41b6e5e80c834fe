/** Something that a person or a program outside should hear of. */
export interface Alert {
  /** Sinks de-duplicate by this: delivery is at least once. */
  readonly id: string;
  readonly kind: "signal" | "run_failed" | "notice";
  readonly owner: string;
  readonly title: string;
  /** JSON-safe body; for a signal, the signal document itself. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AlertSink {
  /**
   * Hands one alert over. Resolves when the receiving side has accepted it.
   *
   * @throws STORE_UNAVAILABLE (retryable) when the receiver cannot be reached
   */
  deliver(alert: Alert): Promise<void>;
}
