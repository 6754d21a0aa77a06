import { CacheLifetimes } from "./caching/cacheLifetimes.ts";
import { CacheUses } from "./caching/cacheUses.ts";
import { CachingModel } from "./caching/cachingModel.ts";
import { cachesOwnCalls } from "./caching/ownCalls.ts";
import { isQueryCacheOff } from "./caching/queryCacheOff.ts";
import { remembersItself } from "./caching/readUses.ts";
import { StaleCaches } from "./caching/staleCaches.ts";
import { isCachingOff } from "./caching/switchedOff.ts";
import { AsynchronousFiles } from "./calls/asynchronous.ts";
import { CallGraph } from "./calls/callGraph.ts";
import { Effects } from "./calls/effects/effects.ts";
import { EventListeners } from "./calls/eventListeners.ts";
import { MapperIndex } from "./calls/mapperIndex.ts";
import { ClientModel } from "./client/clientModel.ts";
import { ConfigurationModel } from "./configuration/configurationModel.ts";
import { keepsRelational } from "./configuration/stores.ts";
import { versionAtLeast } from "./configuration/versions.ts";
import { DeploymentModel } from "./deployment/deploymentModel.ts";
import { TableGrowth } from "./growth/tableGrowth.ts";
import type { FactsChange, FactsStore, ModelPart } from "./part.ts";
import { namingStrategyFor } from "./persistence/mapping/naming.ts";
import { PersistenceModel } from "./persistence/persistenceModel.ts";
import { DatabaseUsage } from "./persistence/routines/databaseUsage.ts";
import { RoutineCallers } from "./persistence/routines/routineCallers.ts";
import { RoutineQueries } from "./persistence/routines/routineQueries.ts";
import { TableQueries } from "./persistence/sent/tableQueries.ts";
import { ReadLog } from "./readLog.ts";
import { GoMigrate } from "./schema/goMigrate.ts";
import { JavaMigrations } from "./schema/javaMigrations.ts";
import { PendingMigrations } from "./schema/pendingMigrations.ts";
import { ProductionStatistics } from "./schema/productionStatistics.ts";
import { SchemaModel } from "./schema/schemaModel.ts";
import { schemaSettings } from "./schema/sets/settings.ts";
import { TableSizes } from "./schema/tableSizes.ts";
import type { TableUsage } from "./schema/usage.ts";
import { Beans } from "./types/beans.ts";
import { TypeIndex } from "./types/typeIndex.ts";
import { WebModel } from "./web/webModel.ts";

/** From here on Hibernate makes every one-to-one unique in the schema. */
const UNIQUE_OPTIONAL = "6.2";

/** The workspace, folded from all facts. Rules read it through its parts; each part notes what was read. */
export class Model {
  readonly reads = new ReadLog();
  readonly configuration = new ConfigurationModel(this.reads);
  readonly types = new TypeIndex(this.reads);
  readonly beans = new Beans(this.reads);
  readonly mappers = new MapperIndex(this.reads);
  readonly listeners = new EventListeners(this.reads);
  readonly asynchronousFiles = new AsynchronousFiles(this.reads);
  readonly cacheUses = new CacheUses(this.reads, this.types);
  readonly calls = new CallGraph(this.reads, this.types, {
    mappers: this.mappers,
    listeners: this.listeners,
    carriesCache: (name) => {
      const own = this.cacheUses.composed().get(name);
      return own !== undefined && remembersItself(own);
    },
    cachingOff: (file) => isCachingOff(this, file),
    queryCacheOff: ({ file }) => isQueryCacheOff(this.configuration, file),
    cachesOwnCalls: ({ file }) => cachesOwnCalls(this.configuration, file),
  });
  readonly caching = new CachingModel(this.reads, this.calls);
  readonly web = new WebModel(this.reads, this.types);
  readonly effects = new Effects(this.reads, this.calls, () => this.web.entryPoints());
  readonly persistence = new PersistenceModel(this.reads, this.types, this.calls, this.mappers, {
    naming: (file) => namingStrategyFor(this.configuration, this.types, file),
    relational: (file) => keepsRelational(this.configuration.buildOf(file)),
    uniqueOptional: (file) => versionAtLeast(this.configuration.buildOf(file).hibernate ?? UNIQUE_OPTIONAL, UNIQUE_OPTIONAL),
  });
  readonly schema = new SchemaModel(this.reads, schemaSettings(this.configuration), this.persistence);
  readonly tableQueries = new TableQueries(this.reads, this.persistence, this.schema);
  readonly goMigrate = new GoMigrate(this.reads);
  readonly pending = new PendingMigrations(this.reads, this.schema, this.goMigrate);
  readonly javaMigrations = new JavaMigrations(this.reads);
  readonly statistics = new ProductionStatistics(this.reads);
  readonly tableSizes = new TableSizes(this.reads, this.statistics);
  readonly cacheLifetimes = new CacheLifetimes(this.reads, this.types, this.configuration);
  readonly staleCaches = new StaleCaches(
    this.reads,
    this,
    this.caching,
    this.cacheUses,
    () => this.effects.graph,
    () => this.effects.entries,
  );
  readonly growth = new TableGrowth(this.reads, {
    calls: this.calls,
    types: this.types,
    persistence: this.persistence,
    tableQueries: this.tableQueries,
    schema: this.schema,
    sizes: this.tableSizes,
    graph: () => this.effects.graph,
    entryPoints: () => this.effects.entries,
  });
  readonly routines = new RoutineQueries(this.reads, this.schema);
  readonly routineCallers = new RoutineCallers(this.reads, this.persistence, this.schema, this.routines, this.calls);
  readonly usage: TableUsage = new DatabaseUsage(this.persistence, this.routines, this.routineCallers);
  readonly client = new ClientModel(this.reads);
  readonly deployment = new DeploymentModel(this.reads);

  /** In the order in which they are told of a change: a part may ask those before it. */
  readonly #parts: readonly ModelPart[] = [
    this.configuration,
    this.types,
    this.beans,
    this.mappers,
    this.listeners,
    this.asynchronousFiles,
    this.cacheUses,
    this.calls,
    this.caching,
    this.cacheLifetimes,
    this.persistence,
    this.web,
    this.effects,
    this.staleCaches,
    this.schema,
    this.tableQueries,
    this.routines,
    this.routineCallers,
    this.goMigrate,
    this.pending,
    this.javaMigrations,
    this.tableSizes,
    this.growth,
    this.client,
    this.deployment,
  ];

  /** Takes changed facts in and answers with the keys (see ReadLog) whose answers are new. */
  update(changes: readonly FactsChange[], store: FactsStore): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const part of this.#parts) for (const key of part.update(changes, store, changed)) changed.add(key);
    return changed;
  }
}
