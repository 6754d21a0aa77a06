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
  },
  ignores: {
    "a short time": location("/", "        try_files $uri /index.html;\n        expires 5m;"),
    "files whose bundler hashes their names": location("~* \\.(js|css)$", "        expires 1y;"),
    "a folder of hashed files, beside Flutter": `${flutter}${location("/assets/", "        expires max;")}`,
    pictures: `${flutter}${location("~ \\.(png|woff2)$", "        expires 1y;")}`,
  },
});
