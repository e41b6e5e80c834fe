import * as z from "zod";
import type { Json } from "../../core/canonical-json.ts";
import type { OptionBars, OptionChain, OptionTape, UnderlyingTape } from "../../core/option-data.ts";
import { readTable, type TableColumnType } from "../../core/parquet-table.ts";
import { writeTable } from "../../core/write-parquet-table.ts";
import { SigmaError } from "../../errors/sigma-error.ts";

/** How a session's data become Parquet files and a header, and come back bit for bit. */
export interface SessionCodec<T> {
  readonly header: z.ZodType;
  encode(data: T): { readonly header: Json; readonly files: ReadonlyMap<string, Uint8Array> };
  /** @throws ARTIFACT_CORRUPT when the files do not fit the header */
  decode(header: Json, files: ReadonlyMap<string, Uint8Array>): Promise<T>;
}

type Columns = Readonly<Record<string, { readonly type: TableColumnType; readonly values: Iterable<number> }>>;

const doubles = <N extends string>(names: readonly N[], from: Readonly<Record<N, Float64Array>>): Columns =>
  Object.fromEntries(names.map((name) => [name, { type: "double" as const, values: from[name] }]));
const int32 = (values: Iterable<number>) => ({ type: "int32" as const, values });

function encodeTable(rows: number, columns: Columns): Uint8Array {
  return writeTable({
    rows,
    columns: Object.entries(columns).map(([name, { type, values }]) => ({ name, type, values: Float64Array.from(values) })),
    metadata: {},
  });
}

/** A file's columns by name. */
async function decodeTable<N extends string>(
  files: ReadonlyMap<string, Uint8Array>,
  name: string,
  names: readonly N[],
): Promise<{ readonly rows: number } & Record<N, Float64Array>> {
  const bytes = files.get(name);
  if (bytes === undefined) throw new SigmaError("ARTIFACT_CORRUPT", `The cached data have no file "${name}".`, { file: name });
  const { rows, columns } = await readTable(bytes, names);
  return { ...(Object.fromEntries(names.map((column, i) => [column, columns[i]!.values])) as Record<N, Float64Array>), rows };
}

const date = z.int();
const number = z.number().nullable();
const fromNumber = (value: number): number | null => (Number.isNaN(value) ? null : value);
const toNumber = (value: number | null): number => value ?? Number.NaN;

const BAR_NUMBERS = ["start", "strike", "open", "high", "low", "close", "vwap", "volume"] as const;
const BarsHeader = z.strictObject({ underlying: z.string(), session: date, expiry: date });

export const OPTION_BARS_CODEC: SessionCodec<OptionBars> = {
  header: BarsHeader,
  encode: (bars) => ({
    header: { underlying: bars.underlying, session: bars.sessionDate, expiry: bars.expiry },
    files: new Map([["", encodeTable(bars.length, { ...doubles(BAR_NUMBERS, bars), right: int32(bars.right) })]]),
  }),
  async decode(header, files) {
    const { underlying, session, expiry } = header as z.infer<typeof BarsHeader>;
    const { rows, right, ...columns } = await decodeTable(files, "", [...BAR_NUMBERS, "right"]);
    return { underlying, sessionDate: session, expiry, length: rows, ...columns, right: Int8Array.from(right) };
  },
};

const CHAIN_NUMBERS = ["strike", "bid", "ask", "last", "volume", "openInterest", "iv", "delta", "gamma", "theta", "vega"] as const;
const ChainHeader = z.strictObject({
  underlying: z.string(),
  session: date,
  known_at: z.number(),
  underlying_price: number,
  /** Put together from what was traded, after the vendor's own snapshot was gone. */
  rebuilt: z.boolean(),
});

/** A session's chain, and whether it was put together afterwards. */
export interface SessionChain {
  readonly chain: OptionChain;
  readonly rebuilt: boolean;
}

export const CHAIN_CODEC: SessionCodec<SessionChain> = {
  header: ChainHeader,
  encode: ({ chain, rebuilt }) => ({
    header: {
      underlying: chain.underlying,
      session: chain.sessionDate,
      known_at: chain.knownAt,
      underlying_price: fromNumber(chain.underlyingPrice),
      rebuilt,
    },
    files: new Map([
      [
        "",
        encodeTable(chain.length, {
          ...doubles(CHAIN_NUMBERS, chain),
          expiry: { type: "date", values: chain.expiry },
          right: int32(chain.right),
        }),
      ],
    ]),
  }),
  async decode(header, files) {
    const { underlying, session, known_at, underlying_price, rebuilt } = header as z.infer<typeof ChainHeader>;
    const { rows, right, ...columns } = await decodeTable(files, "", [...CHAIN_NUMBERS, "expiry", "right"]);
    const head = { underlying, sessionDate: session, knownAt: known_at, underlyingPrice: toNumber(underlying_price), length: rows };
    return { chain: { ...head, ...columns, right: Int8Array.from(right) }, rebuilt };
  },
};

const TRADE_NUMBERS = ["ts", "price", "size"] as const;
const QUOTE_NUMBERS = ["ts", "bid", "ask", "bidSize", "askSize"] as const;

export const OPTION_TAPE_CODEC: SessionCodec<OptionTape> = {
  header: BarsHeader,
  encode: ({ trades, quotes, ...tape }) => ({
    header: { underlying: tape.underlying, session: tape.sessionDate, expiry: tape.expiry },
    files: new Map([
      ["contracts", encodeTable(tape.strike.length, { ...doubles(["strike"], tape), right: int32(tape.right) })],
      [
        "trades",
        encodeTable(trades.length, { ...doubles(TRADE_NUMBERS, trades), contract: int32(trades.contract), kind: int32(trades.kind) }),
      ],
      ["quotes", encodeTable(quotes.length, { ...doubles(QUOTE_NUMBERS, quotes), contract: int32(quotes.contract) })],
    ]),
  }),
  async decode(header, files) {
    const { underlying, session, expiry } = header as z.infer<typeof BarsHeader>;
    const { strike, right } = await decodeTable(files, "contracts", ["strike", "right"]);
    const trades = await decodeTable(files, "trades", [...TRADE_NUMBERS, "contract", "kind"]);
    const quotes = await decodeTable(files, "quotes", [...QUOTE_NUMBERS, "contract"]);
    return {
      underlying,
      sessionDate: session,
      expiry,
      strike,
      right: Int8Array.from(right),
      trades: {
        length: trades.rows,
        ts: trades.ts,
        contract: Int32Array.from(trades.contract),
        price: trades.price,
        size: trades.size,
        kind: Uint8Array.from(trades.kind),
        trueSide: null,
      },
      quotes: {
        length: quotes.rows,
        ts: quotes.ts,
        contract: Int32Array.from(quotes.contract),
        bid: quotes.bid,
        ask: quotes.ask,
        bidSize: quotes.bidSize,
        askSize: quotes.askSize,
      },
    };
  },
};

const TapeHeader = z.strictObject({ symbol: z.string() });

export const UNDERLYING_TAPE_CODEC: SessionCodec<UnderlyingTape> = {
  header: TapeHeader,
  encode: ({ symbol, trades, quotes }) => ({
    header: { symbol },
    files: new Map([
      ["trades", encodeTable(trades.length, doubles(TRADE_NUMBERS, trades))],
      ["quotes", encodeTable(quotes.length, doubles(QUOTE_NUMBERS, quotes))],
    ]),
  }),
  async decode(header, files) {
    const { symbol } = header as z.infer<typeof TapeHeader>;
    const { rows: tradeRows, ...trades } = await decodeTable(files, "trades", TRADE_NUMBERS);
    const { rows: quoteRows, ...quotes } = await decodeTable(files, "quotes", QUOTE_NUMBERS);
    return { symbol, trades: { length: tradeRows, ...trades }, quotes: { length: quoteRows, ...quotes } };
  },
};
