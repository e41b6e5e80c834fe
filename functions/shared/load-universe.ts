import { parseDate } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { UniverseMember } from "#lib/market-data/universe.schema.ts";
import { readUniverse } from "#lib/market-data/universe-store.ts";
import type { MatrixData } from "#lib/matrix/matrix-data.ts";
import type { MatrixNeeds, UniverseMembers } from "#lib/matrix/matrix-spec.ts";
import type { Membership } from "#lib/matrix/universe/membership.ts";
import { type DataConfig, type DataPorts, loadMatrixData } from "./load-matrix-data.ts";

/** A universe's members, and the data of each in the same order. */
export interface LoadedUniverse {
  readonly universe: UniverseMembers;
  readonly data: readonly MatrixData[];
}

/**
 * The data of every member of the universe that a model names. A member without any data in the window is left out: it was not
 * there yet, or it is gone.
 *
 * @throws NOT_FOUND when the owner has no universe of this name
 * @throws DATA_UNAVAILABLE when no member has data
 */
export async function loadUniverse(
  ports: DataPorts,
  owner: string,
  name: string,
  config: DataConfig,
  needs: MatrixNeeds,
  lastSessions?: number,
): Promise<LoadedUniverse> {
  const universe = await readUniverse(ports.artifacts, owner, name);
  if (universe === undefined)
    throw new SigmaError("NOT_FOUND", `There is no universe "${name}". Bring it with: sigma data universe import --file F.`, {
      universe: name,
    });
  const members: Membership[] = [];
  const data: MatrixData[] = [];
  const refusals: string[] = [];
  for (const membership of membershipsOf(universe.members)) {
    const own: DataConfig = { ...config, data: { ...config.data, symbol: membership.symbol } };
    try {
      data.push(await loadMatrixData(ports, owner, own, needs, lastSessions));
      members.push(membership);
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "DATA_UNAVAILABLE") throw error;
      refusals.push(error.message);
    }
  }
  if (members.length > 0) return { universe: { name, stamps: universe.stamps, members }, data };
  throw new SigmaError("DATA_UNAVAILABLE", `No member of the universe "${name}" has data. ${refusals[0] ?? ""}`.trim(), { universe: name });
}

/** The stays of each symbol, in the order of the symbols. */
function membershipsOf(members: readonly UniverseMember[]): Membership[] {
  const bySymbol = new Map<string, Membership["stays"][number][]>();
  for (const { symbol, from, to, delisting_return } of members) {
    const stays = bySymbol.get(symbol) ?? [];
    stays.push({ from: dateOrNull(from), to: dateOrNull(to), delistingReturn: delisting_return });
    bySymbol.set(symbol, stays);
  }
  return [...bySymbol].map(([symbol, stays]) => ({ symbol, stays }));
}

const dateOrNull = (text: string | null): number | null => (text === null ? null : parseDate(text));
