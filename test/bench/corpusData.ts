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

/** Most projects have one, in every file. */
const LICENSE = `/*
 * Copyright 2026 The makers of this corpus, who do not exist
 *
 * These texts were written to be measured. They may be used, copied, changed and passed on by anybody
 * for anything, without fee and without leave, so long as nobody expects that the code in it does
 * something sensible. It comes without any warranty, express or implied; whoever runs it does so
 * at their own risk. The text has about the length of the licenses that stand in its place in
 * real projects, so that the share of comments is theirs.
 */
`;
const COMMON_IMPORTS = ["java.io.Serializable", "java.util.concurrent.TimeUnit", "org.springframework.lang.Nullable"];

export function header({ module }: Pick<Aggregate, "module">, imports: readonly string[]): string {
  const list = [...new Set([...imports, ...COMMON_IMPORTS])].sort().map((name) => `import ${name};`);
  return `${LICENSE}package com.example.${module};\n\n${list.join("\n")}\n\n`;
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
      : `\n    @ManyToOne(fetch = FetchType.${random.chance(97) ? "LAZY" : "EAGER"})\n    @JoinColumn(name = "${parent.table}_id")\n    private ${parent.name} parent;\n`;
  const byHand = random.chance(33);
  if (!byHand) imports.push("lombok.Getter", "lombok.Setter");
  const accessors = (byHand ? fields : []).map(
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
${byHand ? "" : "@Getter\n@Setter\n"}public class ${name} {

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
  const derived = fields.slice(0, 4).map(({ name: field, type }) => {
    const queries = [
      `    List<${name}> findBy${capital(field)}(${type} ${field});`,
      `    Optional<${name}> findFirstBy${capital(field)}OrderByIdDesc(${type} ${field});`,
      `    long countBy${capital(field)}(${type} ${field});`,
      `    List<${name}> findBy${capital(field)}In(Collection<${type}> values, Pageable page);`,
    ];
    return queries.filter(() => random.chance(60)).join("\n\n");
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
  const members = fields.map(({ name: field, type }) => {
    const what = `The ${field} of the ${small(name)}, as clients see it. It is left out when the caller may not read it.`;
    return `    @Schema(description = "${what}", example = "${field}-${random.below(1000)}", accessMode = Schema.AccessMode.READ_ONLY)\n    private ${type} ${field};\n`;
  });
  const imports = [
    "io.swagger.v3.oas.annotations.media.Schema",
    "java.math.BigDecimal",
    "java.time.Instant",
    "lombok.AllArgsConstructor",
    "lombok.Data",
  ];
  return `${header(aggregate, imports)}${comment(`What clients see of a ${small(name)}; the entity itself never leaves the service layer.`, "")}@Data
@AllArgsConstructor
@Schema(description = "One ${small(name)} with everything that the list and detail views of the web client show of it.")
public class ${name}${suffix} implements Serializable {

    private static final long serialVersionUID = ${random.below(1_000_000_000)}L;

    @Schema(description = "The id of the ${small(name)}; it is assigned by the database and never changes.", accessMode = Schema.AccessMode.READ_ONLY)
    private Long id;

${members.join("\n")}}
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
  const methods = Array.from({ length: 8 }, (_, i) => {
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
  const indexed = [...fields.map(({ name }) => column(name)), ...(parent === undefined ? [] : [`${parent.table}_id`])];
  const index = indexed
    .filter(() => random.chance(92))
    .map((name) => `create index ${table}_${name} on ${table} (${name});\n`)
    .join("");
  return `create table ${table} (\n    id bigint primary key,\n${[...columns, ...reference].join(",\n")}\n);\n${index}`;
}
