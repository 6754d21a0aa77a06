/** The roots of one system, and the names that its files go by: relative to their root, `root/relative` with several roots. */
export class WorkspacePaths {
  /** As given, without doubles, in order of path. */
  readonly roots: readonly string[];
  readonly #named: readonly { readonly name: string; readonly path: string }[];

  /** `roots` are absolute paths of folders. A root inside another one keeps the names of the outer one. */
  constructor(roots: readonly string[]) {
    this.roots = [...new Set(roots.map((root) => root.replace(/(?<=[^/:])\/+$/, "")))].sort();
    const outer = this.roots.filter((root) => !this.roots.some((other) => other !== root && isWithin(root, other)));
    const used = new Map<string, number>();
    this.#named = outer.map((path) => {
      const base = path.slice(path.lastIndexOf("/") + 1);
      const count = (used.get(base) ?? 0) + 1;
      used.set(base, count);
      return { path, name: count === 1 ? base : `${base}-${count}` };
    });
  }

  /** The workspace path of an absolute path; undefined outside all roots. */
  keyOf(path: string): string | undefined {
    const root = this.#named.find((candidate) => isWithin(path, candidate.path));
    if (root === undefined) return undefined;
    const relative = relativeTo(root.path, path);
    return this.#named.length === 1 ? relative : relative === "" ? root.name : `${root.name}/${relative}`;
  }

  /** A name for a file outside of all roots: from the only root upwards, "../performance.yaml", else its absolute path. */
  outsideKeyOf(path: string): string {
    const [root] = this.#named;
    if (root === undefined || this.#named.length > 1) return path;
    let up = "";
    for (let folder: string | undefined = root.path; folder !== undefined; folder = parentOf(folder)) {
      if (isWithin(path, folder)) return up + relativeTo(folder, path);
      up += "../";
    }
    return path;
  }

  /** The absolute path of a workspace path; undefined when no root has that name. */
  pathOf(key: string): string | undefined {
    if (key.startsWith("/") || /^[A-Za-z]:\//.test(key)) return key;
    if (key.startsWith("../")) return this.#above(key);
    const only = this.#named[0];
    if (this.#named.length === 1 && only !== undefined) return join(only.path, key);
    const slash = key.indexOf("/");
    const root = this.#named.find(({ name }) => name === (slash < 0 ? key : key.slice(0, slash)));
    return root === undefined ? undefined : slash < 0 ? root.path : join(root.path, key.slice(slash + 1));
  }

  #above(key: string): string | undefined {
    let folder: string | undefined = this.#named[0]?.path;
    let rest = key;
    for (; folder !== undefined && rest.startsWith("../"); rest = rest.slice(3)) folder = parentOf(folder);
    return folder === undefined ? undefined : join(folder, rest);
  }

  /** The innermost root that holds a path. */
  rootOf(path: string): string | undefined {
    return this.roots.filter((root) => isWithin(path, root)).sort((a, b) => b.length - a.length)[0];
  }
}

/** Whether `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** `path` as seen from `folder`, which holds it; "" for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  return path.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
}

export function join(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The folder that holds a path; undefined at the top. */
export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf("/");
  if (slash < 0 || path === "/" || /^[A-Za-z]:\/?$/.test(path)) return undefined;
  if (slash === 0) return "/";
  return /^[A-Za-z]:$/.test(path.slice(0, slash)) ? path.slice(0, slash + 1) : path.slice(0, slash);
}
