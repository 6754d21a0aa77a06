import { nginxCompressionTypes } from "../../../src/rules/config/nginx-compression-types.ts";
import { rule } from "../../harness/rule.ts";

rule(nginxCompressionTypes, {
  reports: {
    "files compressed ahead, and an API beside them": `
//- nginx.conf
server {
    gzip on;
  //^^^^^^^^ 💡 gzip is on for text/html alone: gzip_types is not set
    gzip_static on;
    location / { root /srv; }
    location /api { proxy_pass http://app; }
}
`,
    "gzip alone": `
//- deploy/nginx.conf
http {
    gzip on;
  //^^^^^^^^ 💡 gzip is on for text/html alone: gzip_types is not set
    server { listen 80; }
}
`,
    "an API whose JSON is left out": `
//- nginx/conf.d/api.conf
server {
    gzip on;
    gzip_types text/css;
  //^^^^^^^^^^^^^^^^^^^^ 💡 gzip_types leaves out application/json
    location / { proxy_pass http://app:8080; }
}
`,
    "files whose scripts are left out": `
//- nginx.conf
http {
    gzip on;
    gzip_types application/json text/css;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 gzip_types leaves out application/javascript, application/wasm
    server {
        root /web;
        location ~ \\.wasm$ { types { } }
    }
}
`,
  },
  ignores: {
    "types in a block within": `
//- nginx.conf
http {
  gzip on;
  server {
    gzip_types application/json;
    location / { proxy_pass http://app:8080; }
  }
}
`,
    "types in a file that is included, or may be": `
//- nginx.conf
http {
  include /etc/nginx/gzip.conf;
  gzip on;
  server { location / { proxy_pass http://app:8080; } }
}
//- nginx/site.conf
server {
  include common.conf;
  gzip on;
  location / { proxy_pass http://app:8080; }
}
//- nginx/common.conf
gzip_types application/json;
`,
    "gRPC, which compresses by itself": `
//- nginx.conf
http {
  gzip on;
  server { listen 80 http2; location / { grpc_pass grpc://app:9090; } }
}
`,
    "files that were compressed when they were built": `
//- site/nginx.conf
server {
    gzip on;
    gzip_static on;
    location / { root /usr/share/nginx/html; try_files $uri /index.html; }
}
//- api/nginx.conf
http {
    gzip on;
    gzip_static always;
    gzip_types application/json;
    server { location / { root /srv; } location /api { proxy_pass http://app; } }
}
`,
    "what is sent is named": `
//- nginx.conf
http {
    gzip on;
    gzip_types application/json;
    server { location / { proxy_pass http://app; } }
}
`,
    "everything, nothing, and a file that is included elsewhere": `
//- a/nginx.conf
http { gzip on; gzip_types *; server { location / { proxy_pass http://app; } } }
//- b/nginx.conf
http { gzip off; }
//- c/nginx/gzip.conf
gzip on;
`,
  },
  fixes: {
    "gzip alone": `
//- deploy/nginx.conf
http {
    gzip on;
    gzip_types application/json application/javascript text/css text/plain image/svg+xml application/wasm font/ttf font/otf;
    server { listen 80; }
}
`,
    "an API whose JSON is left out": `
//- nginx/conf.d/api.conf
server {
    gzip on;
    gzip_types text/css application/json;
    location / { proxy_pass http://app:8080; }
}
`,
  },
});
