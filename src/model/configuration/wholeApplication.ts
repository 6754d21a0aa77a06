import type { CodeHint } from "./codeHints.ts";
import type { ConfigurationModel } from "./configurationModel.ts";

/**
 * Whether all that an application is made of is in the workspace, so that what nobody does here is not done; `hides` tells of an artifact
 * or a plugin that may do it unseen.
 */
export function isWholeHere(configuration: ConfigurationModel, file: string, hides: (name: string) => boolean): boolean {
  // Nobody knows what an application around a library that stands alone does.
  if (!configuration.codeSettles("application", file) && !configuration.isLibrary(file)) return false;
  const { module, artifacts, plugins } = configuration.buildOf(file);
  const names = Object.keys(artifacts);
  return (
    names.length > 0 &&
    ![...names, ...plugins].some((name) => OTHER_SOURCES.test(name) || hides(name)) &&
    !names.some((name) => isOwnElsewhere(configuration, module, name))
  );
}

/** Whether code of a file's module, of those that it needs or of those that need it settles something. */
export function isSettledAround(configuration: ConfigurationModel, hint: CodeHint, file: string): boolean {
  const { module } = configuration.buildOf(file);
  const needing = configuration
    .modules()
    .map((folder) => (folder === "" ? "pom.xml" : `${folder}/pom.xml`))
    .filter((place) => configuration.buildOf(place).dependsOn.includes(module));
  return [file, ...needing].some((place) => configuration.codeSettles(hint, place));
}

/** Sources that are not read. */
const OTHER_SOURCES = /kotlin|groovy/i;

/** "shop-common" beside the module "shop-orders", where no module is called so: code of the same house, built somewhere else. */
function isOwnElsewhere(configuration: ConfigurationModel, module: string, artifact: string): boolean {
  const folder = lastOf(module);
  const house = folder.slice(0, folder.indexOf("-") + 1);
  return house.length > 3 && artifact.startsWith(house) && !configuration.modules().some((other) => lastOf(other) === artifact);
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
