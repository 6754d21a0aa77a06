import type { Model } from "../../../../model/model.ts";

/** Whether a method, or one on the known way to it, keeps what it gives: what runs there runs once in a while. */
export const isBehindCache = (model: Model, method: string): boolean =>
  [method, ...model.effects.pathTo(method)].some((key) => remembers(model, key));

/** Whether what a method gives is kept by Spring's cache or by its own body. */
export function remembers(model: Model, method: string): boolean {
  const cached = model.caching.of(method)?.cached;
  return cached === "annotation" || cached === "body";
}
