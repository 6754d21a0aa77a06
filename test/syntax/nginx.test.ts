import assert from "node:assert/strict";
import { type NginxDirective, parseNginx } from "../../src/syntax/nginx.ts";

const shape = (directives: readonly NginxDirective[]): unknown =>
  directives.map(({ name, args, block }) => (block === undefined ? [name, ...args] : [name, ...args, shape(block)]));

describe("parseNginx", () => {
  it("reads directives and blocks", () => {
    assert.deepEqual(shape(parseNginx("gzip on; # yes\nhttp { server { listen 80; location ~ \\.js$ { expires max; } } }")), [
      ["gzip", "on"],
      [
        "http",
        [
          [
            "server",
            [
              ["listen", "80"],
              ["location", "~", "\\.js$", [["expires", "max"]]],
            ],
          ],
        ],
      ],
    ]);
  });
  it("reads quotes, escapes and variables with braces", () => {
    assert.deepEqual(shape(parseNginx(`add_header Cache-Control "max-age=1; immutable"; set $a \${b}c; log 'it\\'s';`)), [
      ["add_header", "Cache-Control", "max-age=1; immutable"],
      ["set", "$a", `$${"{b}c"}`],
      ["log", "it's"],
    ]);
  });
  it("goes on behind what is missing or too much", () => {
    assert.deepEqual(shape(parseNginx("} a b")), [["a", "b"]]);
    assert.deepEqual(shape(parseNginx("http { gzip on }")), [["http", [["gzip", "on"]]]]);
    assert.deepEqual(shape(parseNginx('a "b')), [["a", "b"]]);
    assert.deepEqual(shape(parseNginx("")), []);
  });
  it("bounds what it descends into", () => {
    assert.equal(parseNginx("a {".repeat(60_000)).length, 1);
    assert.equal(parseNginx("a b;\r\n".repeat(50_000)).length, 50_000);
  });
});
