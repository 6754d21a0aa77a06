import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { INFRASTRUCTURE, imageName } from "../../model/deployment/containerFiles.ts";
import type { DeploymentModel } from "../../model/deployment/deploymentModel.ts";

/** How often an application runs at once, at most: in compose files, and in Kubernetes. A service that sizes its pool itself counts once. */
export function replicasOf(deployment: DeploymentModel, configuration: ConfigurationModel, main: string): number {
  const composed = deployment
    .servicesAround(main)
    .map(({ replicas, environment }) => (Object.keys(environment).some(isPoolSize) ? 1 : replicas));
  const orchestrated = deployment
    .workloads()
    .filter(({ images }) => !images.some((image) => INFRASTRUCTURE.test(imageName(image))))
    .map((workload) => ({ ...workload, replicas: workload.variables.some(({ name }) => isPoolSize(name)) ? 1 : workload.replicas }));
  const names = [configuration.value("spring.application.name", main)?.value, folderOf(configuration.buildOf(main).module)];
  const named = orchestrated.filter((workload) =>
    [workload.name, ...workload.images.map(imageName)].some((name) => names.some((own) => own !== undefined && isSame(own, name))),
  );
  // Where there is one workload beside the infrastructure, it is the application, unless several images are built here.
  const isLone = new Set(orchestrated.map(({ name }) => name)).size === 1 && deployment.dockerfiles().length <= 1;
  const own = named.length > 0 ? named : isLone ? orchestrated : [];
  return Math.max(1, ...composed, ...own.map(({ replicas }) => replicas));
}

/** What PostgreSQL servers of compose files and manifests are started with, and whether there are any. */
export function postgresServers(deployment: DeploymentModel): { readonly known: boolean; readonly commands: readonly string[] } {
  const all = [
    ...deployment.services().map(({ image, command }) => ({ image: image ?? "", command })),
    ...deployment.workloads().flatMap(({ images, command }) => images.map((image) => ({ image, command }))),
  ];
  return {
    known: all.some(({ image }) => /postgres|postgis|timescale/.test(imageName(image))),
    commands: all.map(({ command }) => command),
  };
}

const isPoolSize = (name: string): boolean => /MAX\w*POOL_?SIZE$/i.test(name);

const folderOf = (module: string): string | undefined => /[^/]+$/.exec(module)?.[0];

/** "shop" and "shop-deployment". */
function isSame(own: string, name: string): boolean {
  const [short, long] = [plain(own), plain(name)].sort((a, b) => a.length - b.length) as [string, string];
  return (
    short !== "" && long.startsWith(short) && /^(?:deployment|deploy|service|app|api|server|backend|pod)?$/.test(long.slice(short.length))
  );
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
