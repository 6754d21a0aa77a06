import type { ConfigurationModel } from "../configuration/configurationModel.ts";

/** Whether a cache answers what an object calls on itself: aspects are woven into its class, or Quarkus puts one of its own below it. */
export const cachesOwnCalls = (configuration: ConfigurationModel, file: string): boolean =>
  configuration.codeSettles("woven-caching", file) || runsOnQuarkus(configuration, file);

/** Quarkus makes a bean its own proxy, by a class below it: calls within it run the annotations, too. */
export const runsOnQuarkus = (configuration: ConfigurationModel, file: string): boolean =>
  Object.keys(configuration.buildOf(file).artifacts).some((name) => name.startsWith("quarkus-"));
