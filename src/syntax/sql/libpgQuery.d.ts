/** The emscripten module inside libpg-query: its own entry point starts at import and cannot be told where the WASM file lies. */
declare module "libpg-query/wasm/libpg-query.js" {
  export interface PgQueryModule {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
    /** A JSON object, or a text that says what is wrong. */
    _wasm_parse_plpgsql(text: number): number;
    _wasm_free_string(text: number): void;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, capacity: number): number;
    getValue(pointer: number, type: "i32"): number;
  }
  export default function createPgQuery(options?: {
    locateFile?(name: string, directory: string): string;
    printErr?(line: string): void;
  }): Promise<PgQueryModule>;
}
