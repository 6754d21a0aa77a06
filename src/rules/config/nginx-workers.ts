import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, held } from "./nginxBlocks.ts";

const DEFAULT_CONNECTIONS = 512;

export const nginxWorkers = defineRule({
  id: "config/nginx-workers",
  title: "nginx works on one processor",
  language: "container",
  certainty: "possible",
  cost: "TLS, compression and copying of all requests on one processor; new connections are refused when its connections are used up",
  references: [
    "https://nginx.org/en/docs/ngx_core_module.html#worker_processes",
    "https://nginx.org/en/docs/ngx_core_module.html#worker_connections",
  ],
  messages: {
    one: "worker_processes is {{value}}: one process serves all requests, on one processor",
    connections: "worker_connections is {{value}}: {{clients}} clients at a time and process, as each takes two",
  },

  check({ file, model, report }) {
    if (file.container.kind !== "nginx" || isForDevelopment(file.file)) return;
    const { directives } = file.container;
    const events = directives.find(({ name, block }) => name === "events" && block !== undefined);
    const http = directives.find(({ name, block }) => name === "http" && block !== undefined);
    // Files that the main one includes say nothing of workers.
    if (events === undefined || http === undefined) return;
    const [processes] = directives.filter(({ name }) => name === "worker_processes");
    const elsewhere = held("worker_processes", [], directives, model.deployment);
    if (processes === undefined ? !elsewhere.open && elsewhere.directives.length === 0 : processes.args[0] === "1")
      report({ at: processes?.span ?? events.nameSpan, message: "one", data: { value: processes === undefined ? "not set" : "1" } });
    if (processes === undefined && events.block?.length === 0) return;
    const connections = events.block?.find(({ name }) => name === "worker_connections");
    const allowed = connections === undefined ? DEFAULT_CONNECTIONS : Number(connections.args[0]);
    if (allowed <= DEFAULT_CONNECTIONS && proxies(http))
      report({
        at: connections?.span ?? events.nameSpan,
        message: "connections",
        data: { value: connections === undefined ? `not set (${DEFAULT_CONNECTIONS})` : allowed, clients: Math.floor(allowed / 2) },
      });
  },
});

/** A request that is passed on takes a connection to the client and one to the application. */
const proxies = (http: NginxDirective): boolean => [...directivesOf([http])].some(({ directive }) => directive.name === "proxy_pass");
