import assert from "node:assert/strict";
import { exponentialPart, type Matching } from "../../../src/model/regex/backtracking.ts";

/** Measured with Java 17 and 25: those listed first take seconds for 26 to 34 characters, the others milliseconds for 400. */
const EXPONENTIAL: readonly (readonly [string, Matching, string])[] = [
  ["(a+)+?b", "part", "(a+)+?"],
  ["(a+b?)*?c", "part", "(a+b?)*?"],
  ["(a+)+\\1b", "part", "(a+)+"],
  ["(.)\\1(a+)+b", "part", "(a+)+"],
  ["((a+)+b)+c", "part", "(a+)+"],
  ["((a+)+b)?c", "part", "(a+)+"],
  ["((a+)+b){2}c", "part", "(a+)+"],
  ["((a+)+b)*+c", "part", "(a+)+"],
  ["(?:(a+)+b)?c", "part", "(a+)+"],
  ["((a|a)*b)?c", "part", "(a|a)*"],
  ["((a*)*b)?c", "part", "(a*)*"],
  ["(a+){1,50}b", "part", "(a+){1,50}"],
  ["^((\\w+\\.?)+@)?x$", "part", "(\\w+\\.?)+"],
  ["((\\w+_)+!)?#", "part", "(\\w+_)+"],
  ["((a+)+b|x)+c", "part", "(a+)+"],
  ["^(?:([a-z]+)*)?$", "whole", "([a-z]+)*"],
];
const HARMLESS: readonly (readonly [string, Matching])[] = [
  ["(a+)+b", "part"],
  ["(\\w|\\d)+!", "whole"],
  ["([a-z]+\\s?)+!", "whole"],
  ["(a|aa)+b", "part"],
  ["(.*)*=.*", "whole"],
  ["(x|(a+)+b)c", "part"],
  ["((a+)++b)?c", "part"],
  ["(?:(a++)+b)?c", "part"],
  ["(?>(a+)+b)c", "part"],
  ["(a?)*?c", "part"],
  ["((a+)+)b", "part"],
  // Nothing behind can fail.
  ["((a+)+)?", "part"],
  ["((a+)+)?.*", "whole"],
  // A separator that the runs do not have.
  ["(?:[a-z]+(?:-[a-z]+)*@)?x", "whole"],
  ["((\\d+,)+;)?#", "whole"],
];

describe("exponential backtracking", () => {
  for (const [pattern, matching, part] of EXPONENTIAL)
    it(`finds ${part} in ${pattern}`, () => assert.equal(exponentialPart(pattern, matching, 21), part));
  for (const [pattern, matching] of HARMLESS)
    it(`finds none in ${pattern}`, () => assert.equal(exponentialPart(pattern, matching, 21), undefined));

  it("knows that Java 8 remembers nothing", () => assert.equal(exponentialPart("(a+)+b", "part", 8), "(a+)+"));

  it("says nothing of patterns that it does not read", () => {
    for (const pattern of ["((\\p{L}+)+b)?c", "(([a-z&&[^b]]+)+c)?d", "((a+)+b", "(?x)((a+)+b)?c", "((\\Qa\\E+)+b)?c", "*((a+)+b)?"])
      assert.equal(exponentialPart(pattern, "whole", 21), undefined);
  });

  it("ends for deep and long patterns", () => {
    assert.equal(exponentialPart(`${"(".repeat(5000)}a+${")+".repeat(5000)}b`, "whole", 21), undefined);
    assert.equal(exponentialPart(`${"(a|b)*".repeat(2000)}c`, "whole", 21), undefined);
  });
});
