/** Measures of a company's books, as menus name them. No provider offers fundamentals. */
const FUNDAMENTAL =
  "book_value debt_to_equity dividend_yield earnings_growth earnings_surprise ebitda enterprise_value eps ev_ebitda free_cash_flow gross_margin market_cap net_income operating_margin pb_ratio pe_ratio peg_ratio price_to_book price_to_sales profit_margin ps_ratio revenue_growth roa roe roic".split(
    " ",
  );

/** Measures that exist for crypto alone. No provider offers crypto. */
const CRYPTO_ONLY =
  "active_addresses exchange_inflow exchange_outflow exchange_reserve funding_rate hash_rate liquidations miner_revenue mvrv nupl nvt_ratio perp_basis puell_multiple sopr stablecoin_supply_ratio tvl".split(
    " ",
  );

export const isFundamentalMeasure = (name: string): boolean => FUNDAMENTAL.includes(name);
export const isCryptoMeasure = (name: string): boolean => CRYPTO_ONLY.includes(name);

/** Whether a name stands for data that no provider offers, so that more can be said of it than that it is unknown. */
export const isUnavailableMeasure = (name: string): boolean => isFundamentalMeasure(name) || isCryptoMeasure(name);
