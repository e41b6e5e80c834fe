import { INDEX_FILE } from "#functions/publish-web/web-file.ts";

/** Where the app lives on every host. */
export const APP_BASE = "/app/";

/**
 * Paths that mean a file of the app: everything below `assets/`, and names with an ending right below the base. Every other path
 * is a place inside the app, which opens by its page; a file that does not exist must stay an error and never become the page.
 */
export const APP_FILE = /^\/app\/(?:assets\/|[^/]+\.[a-z0-9]+$)/;

/**
 * The file of the app that a path asks for, relative to the app's folder; undefined for a path outside the app and for one that
 * tries to leave it.
 *
 * @param path - as it stands in the address, percent-encoded
 */
export function appFileOf(path: string): string | undefined {
  if (!path.startsWith(APP_BASE)) return undefined;
  const decoded = decodedOf(path);
  if (decoded === undefined || /[\\\0]/.test(decoded) || decoded.split("/").some((part) => part === ".." || part === ".")) return undefined;
  return APP_FILE.test(decoded) ? decoded.slice(APP_BASE.length) : INDEX_FILE;
}

function decodedOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
