import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Path of the Chromium that CHROME names, else of one on the PATH; undefined where there is none. */
export function findBrowser(): string | undefined {
  const named = process.env["CHROME"];
  if (named !== undefined && named !== "") return named;
  const places = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return places.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
