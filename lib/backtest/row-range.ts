/** Half-open row range: `start` is in, `end` is out. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}
