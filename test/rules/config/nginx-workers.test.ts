import { nginxWorkers } from "../../../src/rules/config/nginx-workers.ts";
import { rule } from "../../harness/rule.ts";

rule(nginxWorkers, {
  reports: {
    "one process, and few connections": `
//- nginx/nginx.conf
  worker_processes 1;
//^^^^^^^^^^^^^^^^^^^ worker_processes is 1: one process serves all requests, on one processor
events {
  worker_connections 256;
//^^^^^^^^^^^^^^^^^^^^^^^ worker_connections is 256: 128 clients at a time and process, as each takes two
}
http { server { location / { proxy_pass http://app:8080; } } }
`,
    "the defaults": `
//- nginx.conf
worker_processes auto;
  events { }
//^^^^^^ worker_connections is not set (512): 256 clients at a time and process, as each takes two
http { server { location / { proxy_pass http://app:8080; } } }
`,
  },
  ignores: {
    "a file that is not here may say how many": `
//- nginx.conf
include /etc/nginx/main.conf;
events { worker_connections 1024; }
http { server { location / { proxy_pass http://app:8080; } } }
`,
    "as many as there are processors": `
//- nginx.conf
worker_processes auto;
events { worker_connections 1024; }
http { server { location / { proxy_pass http://app:8080; } } }
`,
    "files that another one includes, and files alone": `
//- conf.d/app.conf
server { location / { proxy_pass http://app:8080; } }
//- nginx.conf
worker_processes 4;
events { }
http { server { root /srv; } }
`,
  },
});
