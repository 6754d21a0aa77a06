import type { Aggregate, Field } from "./corpus.ts";
import type { Random } from "./random.ts";

const SQL_TYPE_OF: Readonly<Record<Field["type"], string>> = {
  String: "varchar(200)",
  Integer: "integer",
  Long: "bigint",
  Boolean: "boolean",
  BigDecimal: "numeric(12, 2)",
  Instant: "timestamptz",
};

export const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
export const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function header({ module }: Pick<Aggregate, "module">, imports: readonly string[]): string {
  const list = [...new Set(imports)].sort().map((name) => `import ${name};`);
  return `package com.example.${module};\n\n${list.join("\n")}\n\n`;
}

export function comment(text: string, indent: string): string {
  return `${indent}/**\n${indent} * ${text}\n${indent} */\n`;
}

export function entityText(aggregate: Aggregate, random: Random): string {
  const { name, table, fields, parent } = aggregate;
  const imports = [
    "jakarta.persistence.*",
    "java.math.BigDecimal",
    "java.time.Instant",
    "java.util.ArrayList",
    "java.util.List",
    "java.util.Objects",
  ];
  if (parent !== undefined) imports.push(`com.example.${parent.module}.${parent.name}`);
  const declared = fields.map(({ name: field, type }) => `    @Column(name = "${column(field)}")\n    private ${type} ${field};\n`);
  const relation =
    parent === undefined
      ? ""
      : `\n    @ManyToOne(fetch = FetchType.${random.chance(50) ? "LAZY" : "EAGER"})\n    @JoinColumn(name = "${parent.table}_id")\n    private ${parent.name} parent;\n`;
  const accessors = fields.map(
    ({ name: field, type }) =>
      `${comment(`Returns the ${field} of this ${small(name)}, which may be missing.`, "    ")}    public ${type} get${capital(field)}() {\n        return this.${field};\n    }\n\n    public void set${capital(field)}(${type} ${field}) {\n        this.${field} = ${field};\n    }\n`,
  );
  const equality = `    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ${name} that)) {
            return false;
        }
        return id != null && Objects.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
`;
  return `${header(aggregate, imports)}@Entity
@Table(name = "${table}")
public class ${name} {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    private Long id;

${declared.join("\n")}${relation}
    @OneToMany(mappedBy = "parent", cascade = CascadeType.ALL)
    private List<${name}> children = new ArrayList<>();

    public Long getId() {
        return id;
    }

    public List<${name}> getChildren() {
        return children;
    }

${accessors.join("\n")}
${equality}}
`;
}

export function repositoryText(aggregate: Aggregate, random: Random): string {
  const { name, fields } = aggregate;
  const imports = [
    "java.math.BigDecimal",
    "java.time.Instant",
    "java.util.Collection",
    "java.util.List",
    "java.util.Optional",
    "org.springframework.data.domain.Page",
    "org.springframework.data.domain.Pageable",
    "org.springframework.data.jpa.repository.JpaRepository",
    "org.springframework.data.jpa.repository.Query",
    "org.springframework.data.repository.query.Param",
  ];
  const derived = fields.map(({ name: field, type }) => {
    const queries = [
      `    List<${name}> findBy${capital(field)}(${type} ${field});`,
      `    Optional<${name}> findFirstBy${capital(field)}OrderByIdDesc(${type} ${field});`,
      `    long countBy${capital(field)}(${type} ${field});`,
      `    Page<${name}> findBy${capital(field)}In(Collection<${type}> values, Pageable page);`,
    ];
    return queries.filter(() => random.chance(70)).join("\n\n");
  });
  const first = (fields[0] as Field).name;
  return `${header(aggregate, imports)}public interface ${name}Repository extends JpaRepository<${name}, Long> {

${derived.join("\n\n")}

    @Query("select e from ${name} e where e.${first} = :value and e.id > :after order by e.id")
    List<${name}> after(@Param("value") ${(fields[0] as Field).type} value, @Param("after") Long after, Pageable page);

    @Query("""
        select count(e)
        from ${name} e
        where e.${first} is not null
        """)
    long countPresent();
}
`;
}

export function dtoText(aggregate: Aggregate, suffix: string, random: Random): string {
  const { name, fields } = aggregate;
  const members = fields.map(({ name: field, type }) => `    private final ${type} ${field};`);
  const parameters = fields.map(({ name: field, type }) => `${type} ${field}`).join(", ");
  const assignments = fields.map(({ name: field }) => `        this.${field} = ${field};`);
  const getters = fields.map(({ name: field, type }) => `    public ${type} get${capital(field)}() {\n        return ${field};\n    }\n`);
  const parts = fields.map(({ name: field }) => `", ${field}=" + ${field}`).join("\n            + ");
  const note = random.chance(50) ? comment(`What clients see of a ${small(name)}.`, "") : "";
  return `${header(aggregate, ["java.math.BigDecimal", "java.time.Instant"])}${note}public final class ${name}${suffix} {

    private final Long id;
${members.join("\n")}

    public ${name}${suffix}(Long id, ${parameters}) {
        this.id = id;
${assignments.join("\n")}
    }

    public Long getId() {
        return id;
    }

${getters.join("\n")}
    @Override
    public String toString() {
        return "${name}${suffix}[id=" + id
            + ${parts}
            + "]";
    }
}
`;
}

export function mapperText(aggregate: Aggregate, random: Random): string {
  const { name, fields } = aggregate;
  const getters = fields.map(({ name: field }) => `entity.get${capital(field)}()`).join(",\n            ");
  const setters = fields.map(
    ({ name: field }) =>
      `        if (dto.get${capital(field)}() != null) {\n            entity.set${capital(field)}(dto.get${capital(field)}());\n        }`,
  );
  const list = random.chance(50)
    ? "entities.stream().map(this::toDto).toList()"
    : "entities.stream().map(e -> toDto(e)).collect(Collectors.toList())";
  return `${header(aggregate, ["java.util.List", "java.util.stream.Collectors", "org.springframework.stereotype.Component"])}@Component
public class ${name}Mapper {

    public ${name}Dto toDto(${name} entity) {
        if (entity == null) {
            return null;
        }
        return new ${name}Dto(
            entity.getId(),
            ${getters});
    }

    public List<${name}Dto> toDtos(List<${name}> entities) {
        return ${list};
    }

    public void update(${name} entity, ${name}Dto dto) {
${setters.join("\n")}
    }
}
`;
}

export function utilText(module: string, name: string, random: Random): string {
  const methods = Array.from({ length: 14 }, (_, i) => {
    const limit = 3 + random.below(90);
    return `${comment(`Cuts and joins the parts of a text for step ${i}; a blank text has none.`, "    ")}    public static String step${i}(String text, int width) {
        if (text == null || text.isBlank()) {
            return "";
        }
        StringBuilder result = new StringBuilder(text.length());
        int count = 0;
        for (String part : text.split("[ ,;]+")) {
            if (part.length() > ${limit} && count++ > width) {
                continue;
            }
            result.append(part.toLowerCase(Locale.ROOT)).append(' ');
        }
        return result.toString().trim();
    }
`;
  });
  return `${header({ module }, ["java.util.Locale"])}public final class ${name} {

    private ${name}() {
    }

${methods.join("\n")}}
`;
}

export function migrationText({ table, fields, parent }: Aggregate, random: Random): string {
  const columns = fields.map(({ name, type }) => `    ${column(name)} ${SQL_TYPE_OF[type]}`);
  const reference = parent === undefined ? [] : [`    ${parent.table}_id bigint references ${parent.table} (id)`];
  const index = random.chance(50) ? `create index ${table}_first on ${table} (${column((fields[0] as Field).name)});\n` : "";
  return `create table ${table} (\n    id bigint primary key,\n${[...columns, ...reference].join(",\n")}\n);\n${index}`;
}
