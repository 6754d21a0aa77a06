import { nginxUpstreamKeepalive } from "../../../src/rules/config/nginx-upstream-keepalive.ts";
import { rule } from "../../harness/rule.ts";

const conf = (upstream: string, location: string): string => `
//- nginx.conf
http {
    upstream app {
        server app:8080;
${upstream}
    }
    server {
        location / {
${location}
        }
    }
}
`;

rule(nginxUpstreamKeepalive, {
  reports: {
    "no keepalive": conf("", "            proxy_pass http://app/api;").replace(
      "    upstream app {",
      "    upstream app {\n  //^^^^^^^^ upstream app has no keepalive: each request opens a connection",
    ),
    "several upstreams of a file, once": `
//- nginx.conf
http {
    upstream shop {
  //^^^^^^^^ upstream shop and 1 more have no keepalive: each request opens a connection
        server shop:8080;
    }
    upstream stock {
        server stock:8080;
    }
    server {
        location /shop { proxy_pass http://shop; }
        location /stock { proxy_pass http://stock; }
    }
}
`,
    "a template that the image fills in": `
//- nginx/templates/default.conf.template
upstream shop {
//^^^^^^ upstream shop has no keepalive: each request opens a connection
    server \${SHOP_HOST}:8080;
}
server {
    location / { proxy_pass http://shop; }
}
`.replace("upstream shop {\n//^^^^^^", "  upstream shop {\n# ^^^^^^^^"),
    "an HTTP version that closes": conf(
      "        keepalive 16;",
      `            proxy_pass http://app;
          //^^^^^^^^^^^^^^^^^^^^^^ proxy_pass to app closes each connection: proxy_http_version is not 1.1`,
    ),
    "a header that closes": conf(
      "        keepalive 16;",
      `            proxy_http_version 1.1;
            proxy_pass http://app;
          //^^^^^^^^^^^^^^^^^^^^^^ proxy_pass to app closes each connection: the Connection header is not cleared`,
    ),
    "an older version": `${conf("", "            proxy_pass http://app/api;").replace(
      "    upstream app {",
      "    upstream app {\n  //^^^^^^^^ upstream app has no keepalive: each request opens a connection",
    )}
//- web/Dockerfile
FROM nginx:1.27.3
`,
  },
  ignores: {
    "a server of developers": conf("", "            proxy_pass http://app/api;").replace("//- nginx.conf", "//- dev/nginx/nginx.conf"),
    "a version that keeps connections by itself": `${conf("", "            proxy_pass http://app;")}
//- web/Dockerfile
FROM nginx:1.30-alpine
`,
    "the newest version": `${conf("", "            proxy_pass http://app;")}
//- compose.yml
services:
  web: { image: nginx }
`,
    "an upstream of web sockets": conf(
      "",
      `            proxy_set_header Upgrade $http_upgrade;\n            proxy_set_header Connection "upgrade";\n            proxy_pass http://app;`,
    ),
    "headers that stand in a file which is not here": conf(
      "        keepalive 16;",
      "            include /etc/nginx/proxy.conf;\n            proxy_pass http://app;",
    ),
    "an upstream without requests": `
//- nginx.conf
stream {
  upstream db { server db:5432; }
  server { listen 5432; proxy_pass db; }
}
`,
    "all of it": conf(
      "        keepalive 16;",
      `            proxy_http_version 1.1;\n            proxy_set_header Connection "";\n            proxy_pass http://app;`,
    ),
    "set around the location, with a variable for upgrades": conf("        keepalive 16;", "            proxy_pass http://app;").replace(
      "    server {\n",
      "    proxy_http_version 1.1;\n    proxy_set_header Connection $upgrade_or_empty;\n    server {\n",
    ),
    "an upstream that nobody uses, and a host without one": conf("", "            proxy_pass http://other:8080;"),
  },
});
