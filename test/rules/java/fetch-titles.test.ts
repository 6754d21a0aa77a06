import assert from "node:assert/strict";
import { namedInTitle } from "../../../src/rules/java/edits/fetching/titles.ts";

// informatique-jss/jss-backend has an entity with some ninety EAGER references.
describe("the title of a fix that fetches many associations", () => {
  it("names four of four, and three of more", () => {
    assert.equal(namedInTitle(["lines"]), "lines");
    assert.equal(namedInTitle(["lines", "owner", "tags", "notes"]), "lines, owner, tags, notes");
    assert.equal(namedInTitle(["lines", "owner", "tags", "notes", "rows"]), "lines, owner, tags and 2 more");
  });
});
