import { nginxImmutableUnhashed } from "../../../src/rules/config/nginx-immutable-unhashed.ts";
import { rule } from "../../harness/rule.ts";

const flutter = `
//- app/pubspec.yaml
name: shop
dependencies:
  flutter:
    sdk: flutter
`;
const location = (head: string, body: string): string => `
//- nginx.conf
server {
    root /web;
    location ${head} {
${body}
    }
}
`;

rule(nginxImmutableUnhashed, {
  reports: {
    "pages for a year": location(
      "/",
      `        try_files $uri /index.html;
        add_header Cache-Control "public, max-age=31536000, immutable";
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ location / caches pages for 31536000 s: index.html has no other name after a deployment`,
    ),
    "the code of a Flutter build": `${flutter}${location(
      "~* \\.(js|css|wasm)$",
      `        expires 1y;
      //^^^^^^^^^^^ location ~* \\.(js|css|wasm)$ caches for 1y: the files of a Flutter build keep their names`,
    )}`,
    "a year for a whole server": `
//- nginx/shop.conf
server {
  root /srv;
  expires max;
//^^^^^^^^^^^^ location / caches pages for ten years: index.html has no other name after a deployment
  location / { try_files $uri /index.html; }
}
`,
  },
  ignores: {
    "the page has a lifetime of its own": `
//- nginx/shop.conf
server {
  location = /index.html { add_header Cache-Control no-cache; }
  location / {
    try_files $uri /index.html;
    expires 1y;
  }
}
`,
    "a year for all but the pages": `
//- nginx/shop.conf
server {
  expires max;
  location / {
    try_files $uri /index.html;
    expires -1;
  }
}
`,
    "a short time": location("/", "        try_files $uri /index.html;\n        expires 5m;"),
    "files whose bundler hashes their names": location("~* \\.(js|css)$", "        expires 1y;"),
    "a folder of hashed files, beside Flutter": `${flutter}${location("/assets/", "        expires max;")}`,
    pictures: `${flutter}${location("~ \\.(png|woff2)$", "        expires 1y;")}`,
  },
});
