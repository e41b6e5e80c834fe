/** Types of the launcher, which is plain JavaScript. */
export declare const REQUIRED_MAJOR: number;
export declare function findRuntime(host?: {
  readonly version?: string;
  readonly platform?: string;
  readonly resolve?: (id: string) => string;
}): { readonly execPath: string; readonly own: boolean } | { readonly problem: string };
export declare function keepCompiledCode(env: NodeJS.ProcessEnv): void;
export declare function runUnderRuntime(script: string, args: readonly string[]): Promise<void>;
