import assert from "node:assert/strict";
import { nodesOf } from "../../../src/facts/java/code.ts";
import type { Type } from "../../../src/model/types/type.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const LIBRARY = `
//- src/a/Base.java
package a;
import java.util.*;
public abstract class Base<E, K> { protected E held; abstract E find(K key); List<E> all() { return null; } <R> R with(java.util.function.Function<E, R> f) { return null; } static <T> Optional<T> first(List<T> list) { return null; } }
//- src/a/Owner.java
package a;
import lombok.Data;
@Data class Owner { private String name; private List<Pet> pets; private Address address; static Owner of(String name) { return null; } }
//- src/a/Pet.java
package a;
record Pet(String name, Owner owner) {}
//- src/a/Address.java
package a;
class Address { public String city; Owner[] owners() { return null; } }
//- src/a/OwnerRepository.java
package a;
import org.springframework.data.jpa.repository.*;
import org.springframework.data.querydsl.QuerydslPredicateExecutor;
interface OwnerRepository extends JpaRepository<Owner, Long>, JpaSpecificationExecutor<Owner>, QuerydslPredicateExecutor<Owner> {}
//- src/a/Work.java
package a;
@FunctionalInterface
interface Work<R, E> { R on(E given, Address at) throws Exception; default void log() {} }
//- src/a/Door.java
package a;
class Door<E> { <R> R enter(Work<R, E> work) { return null; } static <R, X extends Exception> R inHandle(org.jdbi.v3.core.HandleCallback<R, X> work) { return null; } void both(TwoOf two) {} }
//- src/a/TwoOf.java
package a;
interface TwoOf { void one(Owner owner); void other(Owner owner); }
//- src/a/Owners.java
package a;
class Owners extends Base<Owner, Long> { Owner find(Long key) { return null; } }
`;

/** The types of the argument of every `look(…)` in a method's body. */
async function typesIn(statements: string): Promise<string[]> {
  const { files } = parseFixture(`${LIBRARY}
//- src/a/Probe.java
package a;
import java.util.*;
import java.util.stream.*;
import static a.QOwner.owner;
import org.springframework.data.domain.*;
class Probe<V> {
  Owners owners; Map<String, List<Owner>> byName; Page<Owner> page; V value; Owner[] array;
  void m(Optional<Owner> maybe, List<? extends Pet> pets, Unknown unknown) { ${statements} }
}
`);
  const workspace = new TestWorkspace([]);
  await workspace.put(files);
  const { model } = workspace.workspace;
  const method = model.calls.methodsIn("src/a/Probe.java").find(({ declared }) => declared.method.name === "m");
  assert.ok(method !== undefined);
  const { body, typer } = model.calls.codeOf(method);
  return nodesOf(body)
    .filter((node) => node.kind === "call" && node.text === "look")
    .map((node) => show(node.children[0] === undefined ? undefined : typer.typeOf(node.children[0])));
}

function show(type: Type | undefined): string {
  if (type === undefined) return "unknown";
  return `${type.name.replace(/^.*\./, "")}${type.args.length > 0 ? `<${type.args.map(show).join(", ")}>` : ""}${"[]".repeat(type.dimensions)}`;
}

const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  "fields, parameters, locals and var": [
    "var o = owners; look(o); look(this.owners); look(pets); Owner x = null; look(x); look(value); look(nobody);",
    ["Owners", "Owners", "List<Pet>", "Owner", "V", "unknown"],
  ],
  "methods of a generic base class": [
    "look(owners.find(1L)); look(owners.all()); look(owners.held); look(owners.with(o -> o.getName())); look(owners.with(Owner::getAddress));",
    ["Owner", "List<Owner>", "Owner", "String", "Address"],
  ],
  "generic methods": ["look(Base.first(owners.all())); look(Owners.first(pets));", ["Optional<Owner>", "Optional<Pet>"]],
  "Lombok's getters, record accessors, public fields, arrays": [
    'look(Owner.of("").getAddress().city); look(pets.get(0).owner()); look(array[0].getPets()); look(new Address().owners()); look(new Address().owners()[1]); look(array.length);',
    ["String", "Owner", "List<Pet>", "Owner[]", "Owner", "int"],
  ],
  streams: [
    'look(owners.all().stream().filter(o -> true).map(o -> o.getAddress()).toList()); look(pets.stream().map(Pet::owner).findFirst()); look(pets.stream().flatMap(p -> p.owner().getPets().stream()).toList()); look(Arrays.stream(array).toList()); look(Stream.of("").count());',
    ["List<Address>", "Optional<Owner>", "List<Pet>", "List<Owner>", "long"],
  ],
  collectors: [
    "look(pets.stream().collect(Collectors.toSet())); look(pets.stream().collect(Collectors.groupingBy(p -> p.owner()))); look(pets.stream().collect(Collectors.toMap(Pet::name, p -> p)));",
    ["Set<Pet>", "Map<Owner, List<Pet>>", "Map<String, Pet>"],
  ],
  "parameters of lambdas": [
    "maybe.map(o -> { look(o); return o.getPets(); }).ifPresent(ps -> look(ps)); byName.forEach((k, v) -> { look(k); look(v); }); page.map(o -> { look(o); return o; }); pets.stream().sorted((a, b) -> { look(b); return 0; }); pets.stream().collect(Collectors.toMap(p -> { look(p); return 1; }, p -> 2));",
    ["Owner", "List<Pet>", "String", "List<Owner>", "Owner", "Pet", "Pet"],
  ],
  "maps, pages and their entries": [
    'look(byName.get("")); look(byName.values()); for (var e : byName.entrySet()) { look(e.getKey()); look(e.getValue()); } look(page.getContent()); for (var o : page) look(o);',
    ["List<Owner>", "Collection<List<Owner>>", "String", "List<Owner>", "List<Owner>", "Owner"],
  ],
  "casts, conditionals, bindings, literals": [
    'look((Owner) null); look(true ? owners : null); if (value instanceof Owner bound) look(bound); look("a" + 1); look(1 < 2);',
    ["Owner", "Owners", "Owner", "String", "boolean"],
  ],
  "what patterns of records bind": [
    "switch (value) { case Keeping(Owner keeper, List<Pet> kept) when keeper != null -> { look(keeper); look(kept); } case Pet pet -> look(pet); default -> {} } if (!(value instanceof Home.Keeping(final Owner left, var right))) return; look(left); look(right);",
    ["Owner", "List<Pet>", "Pet", "Owner", "unknown"],
  ],
  "lists and pages of Spring Data": [
    "OwnerRepository all = null; Pageable p = null; look(all.findAll()); look(all.findAll(null, p).getContent()); look(all.findAll(PageRequest.of(0, 5)));",
    ["List<Owner>", "List<Owner>", "Page<Owner>"],
  ],
  "queries of Querydsl and JDBI": [
    "com.querydsl.jpa.impl.JPAQueryFactory f = null; look(f.selectFrom(owner).where(owner.name.eq(1)).fetch()); look(f.select(QPet.pet.name).from(QPet.pet).fetch()); look(f.from(QOwner.owner).fetchOne()); org.jdbi.v3.core.Jdbi jdbi = null; look(jdbi.withHandle(h -> h.createQuery(null).bind(1, 2).mapTo(Owner.class).list())); jdbi.useExtension(Owners.class, dao -> look(dao)); look(jdbi.onDemand(Owners.class).all());",
    ["List<Owner>", "List<?>", "Owner", "List<Owner>", "Owners", "List<Owner>"],
  ],
  "what is unknown, without a guess": [
    "look(unknown.thing()); look(unknown.list().get(0)); unknown.each(x -> look(x)); look(missing());",
    ["unknown", "unknown", "unknown", "unknown"],
  ],
};

describe("types of expressions", () => {
  for (const [name, [statements, expected]] of Object.entries(cases)) {
    it(`know ${name}`, async () => assert.deepEqual(await typesIn(statements), expected));
  }

  it("knows what functions of the project's own interfaces are given, and what they give", async () => {
    assert.deepEqual(
      await typesIn(`
        Door<Pet> door = new Door<>();
        look(door.enter((pet, at) -> { look(pet); look(at); return pet.owner(); }));
        Work<String, Owner> work = (given, at) -> { look(given); return ""; };
        look(Door.inHandle(handle -> { look(handle); return owners.all(); }));
        door.both(owner -> look(owner));
      `),
      ["Owner", "Pet", "Address", "Owner", "List<Owner>", "Handle", "unknown"],
    );
  });
});
