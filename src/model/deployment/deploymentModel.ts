import type { ComposeService, ContainerFacts, Workload } from "../../facts/container/containerFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";
import type { NginxDirective } from "../../syntax/nginx.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { dockerfileOf, INFRASTRUCTURE, imageName, isForDevelopment } from "./containerFiles.ts";

/** A service of a compose file. */
export interface DeployedService extends ComposeService {
  readonly file: string;
  /** Workspace path of the Dockerfile that it is built from. */
  readonly dockerfile: string | undefined;
}

/** How the workspace is deployed: images, services, proxies. Key: `deployment:`, for all of it: such files are few. */
export class DeploymentModel implements ModelPart {
  readonly #reads: ReadLog;
  readonly #files = new Map<string, ContainerFile>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[], _store: FactsStore): Iterable<string> {
    const changed = changesOf(changes, "container");
    for (const { file, after } of changed) {
      if (after === undefined) this.#files.delete(file);
      else this.#files.set(file, after);
    }
    return changed.length > 0 ? ["deployment:"] : [];
  }

  services(): readonly DeployedService[] {
    return this.#sorted().flatMap(({ file, container }) =>
      container.kind === "compose"
        ? container.services.map((service) => ({ file, dockerfile: dockerfileOf(file, service), ...service }))
        : [],
    );
  }

  /**
   * Services and the containers of Kubernetes. Of those nobody says what their image is built from: where the workspace has one
   * Dockerfile alone, it is that one.
   */
  containers(): readonly DeployedService[] {
    const dockerfiles = this.dockerfiles();
    const only = dockerfiles.length === 1 ? dockerfiles[0] : undefined;
    const pods = this.#sorted().flatMap(({ file, container }) =>
      container.kind !== "kubernetes"
        ? []
        : container.workloads.flatMap(({ containers }) =>
            containers.map((one) => ({
              file,
              dockerfile: INFRASTRUCTURE.test(imageName(one.image ?? "")) || containers.length > 1 ? undefined : only,
              ...one,
            })),
          ),
    );
    return [...this.services(), ...pods];
  }

  /** Workspace paths of the Dockerfiles, but for those that development alone needs. */
  dockerfiles(): readonly string[] {
    return this.#sorted().flatMap(({ file, container }) => (container.kind === "dockerfile" && !isForDevelopment(file) ? [file] : []));
  }

  /** The services that are built from the folder nearest around a file. */
  servicesAround(file: string): readonly DeployedService[] {
    const folder = ({ dockerfile = "" }: DeployedService): string => dockerfile.slice(0, dockerfile.lastIndexOf("/") + 1);
    const around = this.services().filter((service) => service.dockerfile !== undefined && file.startsWith(folder(service)));
    const nearest = Math.max(...around.map((service) => folder(service).length));
    return around.filter((service) => folder(service).length === nearest);
  }

  /** What Kubernetes runs: each manifest of a workload, such as those of stages. The most that a scaler allows counts. */
  workloads(): readonly Workload[] {
    const manifests = this.#sorted().flatMap(({ container }) => (container.kind === "kubernetes" ? [container] : []));
    const scalers = manifests.flatMap(({ scalers }) => scalers);
    return manifests.flatMap(({ workloads }) =>
      workloads.map((workload) => {
        const scaled = scalers.filter(({ target }) => target === workload.name).map(({ replicas }) => replicas);
        return { ...workload, replicas: Math.max(workload.replicas, ...scaled) };
      }),
    );
  }

  dockerfile(file: string): ContainerFile | undefined {
    this.#reads.note("deployment:");
    const found = this.#files.get(file);
    return found?.container.kind === "dockerfile" ? found : undefined;
  }

  /** What the configurations of nginx say that an `include` may mean: by the file's name, or its pattern, since paths are the server's. */
  nginxFiles(path: string): readonly (readonly NginxDirective[])[] {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const pattern = new RegExp(`(?:^|/)${name.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
    // `conf.d/*.conf` are the files of that folder.
    const folder = name.includes("*") ? `${path.split("/").at(-2) ?? ""}/` : "";
    return this.#sorted().flatMap(({ file, container }) =>
      container.kind === "nginx" && pattern.test(file) && file.includes(folder) ? [container.directives] : [],
    );
  }

  /** The images of nginx that the workspace starts or builds on: "nginx:1.27-alpine". */
  nginxImages(): readonly string[] {
    const images = this.#sorted().flatMap(({ container }) =>
      container.kind === "dockerfile"
        ? container.stages.slice(-1).map(({ base }) => base)
        : container.kind === "compose"
          ? container.services.map(({ image }) => image ?? "")
          : container.kind === "kubernetes"
            ? container.workloads.flatMap((workload) => workload.images)
            : [],
    );
    return images.filter((image) => /(?:^|\/)nginx(?:-unprivileged)?(?:[:@]|$)/.test(image));
  }

  /** Whether something in front of the applications may compress answers: nginx with gzip, another proxy in a compose file. */
  hasCompressingProxy(): boolean {
    const on = (directives: readonly NginxDirective[]): boolean =>
      directives.some(
        ({ name, args, block }) => (/^(?:gzip|brotli)$/.test(name) && args[0] === "on") || (block !== undefined && on(block)),
      );
    const proxied = this.services().some(({ image }) => /(?:^|\/)(?:traefik|caddy|envoy|haproxy|httpd|nginx-proxy)/.test(image ?? ""));
    // Cloudflare compresses what an origin sends as it is.
    return (
      proxied ||
      this.#sorted().some(
        ({ file, container }) =>
          /cloudflare/i.test(file) || (container.kind === "nginx" && on(container.directives)) || isApacheProxy(container),
      )
    );
  }

  /** Whether something stands between the browsers and nginx: another proxy, whose addresses nginx is told to trust, or a network of caches. */
  hasProxyBefore(): boolean {
    const trusts = (directives: readonly NginxDirective[]): boolean =>
      directives.some(({ name, block }) => /^(?:set_real_ip_from|real_ip_header)$/.test(name) || (block !== undefined && trusts(block)));
    return this.#sorted().some(
      ({ file, container }) =>
        /cloudflare|cloudfront|fastly|akamai/i.test(file) || (container.kind === "nginx" && trusts(container.directives)),
    );
  }

  #sorted(): readonly ContainerFile[] {
    this.#reads.note("deployment:");
    return [...this.#files.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  }
}

/** An image of Apache with its modules for proxies: Debian switches its compression on. */
const isApacheProxy = (container: ContainerFacts): boolean =>
  container.kind === "dockerfile" &&
  (container.stages.at(-1)?.instructions ?? []).some(({ value }) => /\ba2enmod\b[^\n]*\bproxy/.test(value));
