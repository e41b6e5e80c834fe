/** How a file of the web app travels to browsers. */
export interface SiteHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
}

export interface SiteFile {
  readonly key: string;
  /** UTC milliseconds of the last write. */
  readonly writtenAt: number;
}

/** Where the web app's files lie for browsers to read. */
export interface SiteStore {
  put(key: string, bytes: Uint8Array, headers: SiteHeaders): Promise<void>;
  list(): Promise<readonly SiteFile[]>;
  /** A key that does not exist is as good as removed. */
  remove(keys: readonly string[]): Promise<void>;
}
