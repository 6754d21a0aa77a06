import assert from "node:assert/strict";
import {
  type DerivedTest,
  type PropertyOwner,
  parseDerivedQuery,
  resolvePropertyPath,
} from "../../../src/model/persistence/scans/derivedQuery.ts";

describe("names of query methods", () => {
  it("have a subject", () => {
    const subjects = [
      "findByName",
      "readByName",
      "getByName",
      "queryByName",
      "searchByName",
      "streamByName",
      "findAllByName",
      "countByName",
      "existsByName",
      "deleteByName",
      "removeAllByName",
      "findBabyByName",
    ].map((name) => parseDerivedQuery(name).subject);
    assert.deepEqual(subjects, [...Array(7).fill("find"), "count", "exists", "delete", "delete", "find"]);
  });

  it("limit with First and Top", () => {
    const first = (name: string) => parseDerivedQuery(name).first;
    assert.equal(first("findFirstByName"), 1);
    assert.equal(first("findTop10ByOrderByAgeDesc"), 10);
    assert.equal(first("findDistinctFirst3PeopleByName"), 3);
    assert.equal(first("findByTopping"), undefined);
    assert.equal(first("findFirstnameByAge"), undefined);
    assert.ok(parseDerivedQuery("findDistinctByName").distinct);
  });

  it("join parts with And and Or, but not within words", () => {
    const properties = (name: string) => parseDerivedQuery(name).alternatives.map((parts) => parts.map((part) => part.property));
    assert.deepEqual(properties("findByBrandAndColorOrOrganisation"), [["Brand", "Color"], ["Organisation"]]);
    assert.deepEqual(properties("findByAndroidIdAndLandOrderBySandAsc"), [["AndroidId", "Land"]]);
    assert.deepEqual(properties("findAllBy"), []);
    assert.deepEqual(properties("findTop5ByOrderByAge"), []);
  });

  it("end in a keyword", () => {
    const tests: Record<string, [string, DerivedTest]> = {
      AgeIsNotNull: ["Age", "notNull"],
      AgeNull: ["Age", "null"],
      AgeBetween: ["Age", "between"],
      AgeLessThan: ["Age", "less"],
      AgeLessThanEqual: ["Age", "lessEqual"],
      AgeIsGreaterThan: ["Age", "greater"],
      AgeGreaterThanEqual: ["Age", "greaterEqual"],
      BirthBefore: ["Birth", "before"],
      BirthIsAfter: ["Birth", "after"],
      NameNotLike: ["Name", "notLike"],
      NameLike: ["Name", "like"],
      NameStartsWith: ["Name", "startingWith"],
      NameEndingWith: ["Name", "endingWith"],
      PetsIsEmpty: ["Pets", "empty"],
      NameNotContaining: ["Name", "notContaining"],
      NameContains: ["Name", "containing"],
      AgeNotIn: ["Age", "notIn"],
      AgeIn: ["Age", "in"],
      NameMatchesRegex: ["Name", "regex"],
      ActiveIsTrue: ["Active", "true"],
      ActiveFalse: ["Active", "false"],
      NameIsNot: ["Name", "not"],
      NameEquals: ["Name", "equals"],
      Admin: ["Admin", "equals"],
      In: ["In", "equals"],
    };
    for (const [source, [property, test]] of Object.entries(tests)) {
      assert.deepEqual(parseDerivedQuery(`findBy${source}`).alternatives, [[{ property, test, ignoreCase: false }]], source);
    }
  });

  it("ignore case for a part or for all", () => {
    const parts = (name: string) => parseDerivedQuery(name).alternatives.flat();
    assert.deepEqual(parts("findByNameIgnoreCaseAndAge"), [
      { property: "Name", test: "equals", ignoreCase: true },
      { property: "Age", test: "equals", ignoreCase: false },
    ]);
    assert.ok(parts("findByNameContainingAndCityAllIgnoringCase").every((part) => part.ignoreCase));
    assert.deepEqual(parts("findByNameStartingWithIgnoreCase"), [{ property: "Name", test: "startingWith", ignoreCase: true }]);
  });

  it("sort", () => {
    assert.deepEqual(parseDerivedQuery("findByAOrderByBornDescNameAscAge").order, [
      { property: "Born", descending: true },
      { property: "Name", descending: false },
      { property: "Age", descending: false },
    ]);
    assert.deepEqual(parseDerivedQuery("findByOrderOrderByDescriptionDesc").order, [{ property: "Description", descending: true }]);
  });

  it("never fail", () => {
    for (const name of ["", "By", "findBy", "findByOrderBy", "Or", "findByAndAnd", "find__By__", "findBy\u00c4rger"]) {
      assert.equal(typeof parseDerivedQuery(name).subject, "string", name);
    }
  });
});

describe("property paths of names", () => {
  const zip: PropertyOwner = { property: (name) => (["code", "country"].includes(name) ? "leaf" : undefined) };
  const address: PropertyOwner = { property: (name) => (name === "zip" ? zip : name === "zipCode" ? "leaf" : undefined) };
  const owner: PropertyOwner = {
    property: (name) => ({ address, addressZip: zip, id: "leaf" as const, URL: "leaf" as const, first_name: "leaf" as const })[name],
  };

  it("take the longest property first, then nested ones", () => {
    assert.deepEqual(resolvePropertyPath("Id", owner), ["id"]);
    assert.deepEqual(resolvePropertyPath("AddressZipCode", owner), ["addressZip", "code"]);
    assert.deepEqual(resolvePropertyPath("AddressZipCountry", owner), ["addressZip", "country"]);
  });

  it("split where an underscore says so", () => {
    assert.deepEqual(resolvePropertyPath("Address_ZipCode", owner), ["address", "zipCode"]);
    assert.deepEqual(resolvePropertyPath("Address_Zip_Code", owner), ["address", "zip", "code"]);
    assert.deepEqual(resolvePropertyPath("first_name", owner), ["first_name"]);
  });

  it("keep capitals that the property has", () => {
    assert.deepEqual(resolvePropertyPath("URL", owner), ["URL"]);
  });

  it("name nothing where no property fits", () => {
    assert.equal(resolvePropertyPath("IdCode", owner), undefined);
    assert.equal(resolvePropertyPath("Address_Nothing", owner), undefined);
    assert.equal(resolvePropertyPath("", owner), undefined);
  });
});
