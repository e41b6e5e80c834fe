/** The part of the package that is used; it ships no types. */
declare module "ml-cart" {
  interface TreeOptions {
    readonly minNumSamples: number;
    readonly maxDepth: number;
    readonly gainThreshold: number;
  }

  /** A node as the package keeps it: a split with two children, or a leaf. */
  export interface CartNode {
    readonly splitColumn?: number;
    readonly splitValue?: number;
    readonly left?: CartNode;
    readonly right?: CartNode;
  }

  export class DecisionTreeClassifier {
    constructor(options: TreeOptions);
    readonly root: CartNode;
    train(rows: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
  }

  export class DecisionTreeRegression {
    constructor(options: TreeOptions);
    readonly root: CartNode;
    train(rows: readonly (readonly number[])[], values: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
  }
}
