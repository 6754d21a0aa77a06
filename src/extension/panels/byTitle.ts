/** What is open, by its title: the first of two with the same one. */
export class ByTitle<T> {
  readonly #open = new Map<string, T>();

  get(title: string): T | undefined {
    return this.#open.get(title);
  }

  add(title: string, one: T): void {
    if (!this.#open.has(title)) this.#open.set(title, one);
  }

  remove(title: string, one: T): void {
    if (this.#open.get(title) === one) this.#open.delete(title);
  }
}
