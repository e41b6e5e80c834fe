/** The part of the global `WebAssembly` that the kernel needs; the compiler's library has it for browsers only. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; every view of the former buffer is detached. */
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { readonly [name: string]: { readonly [name: string]: Memory } });
    readonly exports: { readonly [name: string]: (...values: number[]) => number };
  }
}
