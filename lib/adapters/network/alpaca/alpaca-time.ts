import { type DateNumber, newYorkWallToUtc } from "../../../core/time.ts";

/** Milliseconds of an RFC 3339 time in UTC, with its fraction: `2024-01-03T14:30:00.000500000Z` ends in .5. */
export function utcMsOf(text: string): number {
  const point = text.indexOf(".");
  if (point < 0) return Date.parse(text);
  return Date.parse(`${text.slice(0, point)}Z`) + Number(`0${text.slice(point, -1)}`) * 1000;
}

/** New York's midnight that begins a date, UTC milliseconds. */
export function midnightOf(date: DateNumber): number {
  return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, 0);
}

export const isoOf = (utcMs: number): string => new Date(utcMs).toISOString();
