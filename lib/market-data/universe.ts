import { sha256OfJson } from "../core/digest.ts";
import { type DateNumber, formatDate, parseDate } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Universe, UniverseMember } from "./universe.schema.ts";

/** Members on a list of so many that never lost one look like a list of today's. */
const MANY_MEMBERS = 20;

/** A member and where it stands in its source. */
export interface PlacedMember {
  readonly member: UniverseMember;
  readonly place: string;
}

/**
 * Checks the stays of a universe and names what is known of them. A universe that does not say since when each member belongs to
 * it is stamped `survivorship_biased`: a test over its past knows who survived.
 *
 * @throws DATA_INVALID when a stay ends before it begins, overlaps another of its symbol, or has a delisting return and no end
 */
export function checkedUniverse(name: string, members: readonly PlacedMember[], source: Universe["source"]): Universe {
  const sorted = members.toSorted((a, b) => compare(a.member.symbol, b.member.symbol) || compare(a.member.from ?? "", b.member.from ?? ""));
  const issues: { readonly place: string; readonly issue: string }[] = [];
  for (const [i, { member, place }] of sorted.entries()) {
    const { symbol, from, to, delisting_return } = member;
    for (const [field, date] of [["from", from] as const, ["to", to] as const]) {
      if (date !== null) parseDate(date, `${place}: ${field}`);
    }
    if (from !== null && to !== null && from >= to)
      issues.push({ place, issue: `"${symbol}" leaves on "${to}", not after it came on "${from}"` });
    if (delisting_return !== null && to === null)
      issues.push({ place, issue: `"${symbol}" has a delisting return and no day on which it left; say to` });
    const before = sorted[i - 1];
    if (before?.member.symbol === symbol && (before.member.to === null || from === null || before.member.to > from))
      issues.push({ place, issue: `this stay of "${symbol}" overlaps the one at ${before.place}` });
  }
  if (issues.length > 0) throw invalid(name, source.name, issues);

  const stays = sorted.map(({ member }) => member);
  const undated = stays.filter(({ from }) => from === null).length;
  const left = stays.filter(({ to }) => to !== null).length;
  const unpriced = stays.filter(({ to, delisting_return }) => to !== null && delisting_return === null).length;
  const notes = [
    ...(undated > 0 ? [`${undated} of ${stays.length} members have no date since when they belong to it.`] : []),
    ...(undated === 0 && left === 0 && stays.length >= MANY_MEMBERS
      ? ["No member ever left: if this is a list of today's members, a test over its past knows who survived."]
      : []),
    ...(unpriced > 0 ? [`${unpriced} of ${left} members that left have no delisting return: it is unknown.`] : []),
  ];
  return {
    schema_version: 1,
    name,
    members: stays,
    fingerprint: sha256OfJson({ version: 1, members: stays }),
    source: { ...source, name: source.name.slice(-200) },
    stamps: undated > 0 ? ["survivorship_biased"] : [],
    notes,
  };
}

/** Whether a symbol belongs to the universe on a date: from its first day on, before the day on which it left. */
export function membershipOf(universe: Universe, symbol: string): (date: DateNumber) => boolean {
  const stays = universe.members
    .filter((member) => member.symbol === symbol)
    .map(({ from, to }) => ({
      start: from === null ? Number.NEGATIVE_INFINITY : parseDate(from),
      end: to === null ? Number.POSITIVE_INFINITY : parseDate(to),
    }));
  return (date) => stays.some(({ start, end }) => start <= date && date < end);
}

/** The symbols that belong to the universe on a date, in order. */
export function membersOn(universe: Universe, date: DateNumber): string[] {
  const text = formatDate(date);
  return universe.members.filter((member) => holds(member, text)).map(({ symbol }) => symbol);
}

const holds = ({ from, to }: UniverseMember, date: string): boolean => (from === null || from <= date) && (to === null || date < to);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function invalid(name: string, source: string, issues: readonly { readonly place: string; readonly issue: string }[]): SigmaError {
  const shown = issues.slice(0, 3).map(({ place, issue }) => `${place}: ${issue}`);
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : "";
  return new SigmaError(
    "DATA_INVALID",
    `${source}: ${shown.join("; ")}${more}. Correct the universe and bring it in again.`,
    { universe: name, faults: issues.length },
    { fieldErrors: issues.slice(0, 20).map(({ place, issue }) => ({ path: place, issue })) },
  );
}
