/** libpg-query behind our own statement splitter. */
export class SqlParser {
  async load(): Promise<void> {}
}
