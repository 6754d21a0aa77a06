import { nginxHttp2 } from "../../../src/rules/config/nginx-http2.ts";
import { rule } from "../../harness/rule.ts";

rule(nginxHttp2, {
  reports: {
    "TLS alone": `
//- nginx/shop.conf
server {
  listen 443 ssl;
//^^^^^^^^^^^^^^^ shop.example listens with TLS, and without HTTP/2
  server_name shop.example;
  location / { root /srv; }
}
`,
    "each server by itself": `
//- nginx.conf
http {
  server { listen 443 ssl http2; root /srv; }
  server { listen 8443 ssl; location /api { proxy_pass http://app:8080; } }
         //^^^^^^^^^^^^^^^^ A server listens with TLS, and without HTTP/2
}
`,
  },
  ignores: {
    "another server of the same socket says it for both": `
//- nginx.conf
http {
  server { listen 443 ssl http2; server_name a.example; root /srv/a; }
  server { listen 443 ssl; server_name b.example; root /srv/b; }
}
`,
    "a file that is included says it, or may": `
//- nginx/shop.conf
server {
  listen 443 ssl;
  include /etc/nginx/snippets/tls.conf;
  root /srv;
}
//- nginx/other.conf
server {
  listen 443 ssl;
  include /etc/nginx/unseen.conf;
  root /srv;
}
//- nginx/snippets/tls.conf
http2 on;
`,
    "connections that carry no requests": `
//- nginx.conf
stream {
  server { listen 443 ssl; proxy_pass db:5432; }
}
`,
    "a server of somebody's own machine": `
//- nginx/shop.conf
server {
  listen 443 ssl;
  server_name localhost.shop.example;
  location / { root /srv; }
}
server {
  listen 8443 ssl;
  server_name local.shop.example;
  location / { root /srv; }
}
`,
    "HTTP/2 in either way of writing it, or off on purpose": `
//- nginx/a.conf
server { listen 443 ssl http2; root /srv; }
server { listen 443 ssl; http2 on; root /srv; }
server { listen 443 ssl; http2 off; root /srv; }
//- nginx/b.conf
http {
  http2 on;
  server { listen 443 ssl; root /srv; }
}
`,
    "no TLS, and servers that send elsewhere": `
//- nginx/a.conf
server { listen 80; root /srv; }
server { listen 443 ssl; return 301 https://www.example$request_uri; }
`,
    "a proxy between the browsers and nginx": `
//- nginx/a.conf
server { listen 443 ssl; root /srv; }
//- nginx/cloudflare.conf
set_real_ip_from 103.21.244.0/22;
`,
  },
});
