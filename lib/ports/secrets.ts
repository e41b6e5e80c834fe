/** Named secrets. A value never reaches a log, an error's detail or a stored record. */
export interface Secrets {
  /** @throws CONFIG_INVALID naming the secret (never a value) when it is not set */
  get(name: string): Promise<string>;
}
