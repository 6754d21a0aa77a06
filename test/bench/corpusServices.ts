import type { Aggregate, Field } from "./corpus.ts";
import { capital, comment, header, small } from "./corpusData.ts";
import type { Random } from "./random.ts";

export interface ServiceShape {
  readonly name: string;
  readonly methods: number;
}

/** A service with `methods` methods: lists, loops, streams, transactions, some that read per element. */
export function serviceText(aggregate: Aggregate, random: Random, { name: service, methods }: ServiceShape): string {
  const { name, parent } = aggregate;
  const imports = [
    "java.math.BigDecimal",
    "java.time.Instant",
    "java.util.ArrayList",
    "java.util.HashMap",
    "java.util.List",
    "java.util.Map",
    "java.util.Optional",
    "java.util.stream.Collectors",
    "org.slf4j.Logger",
    "org.slf4j.LoggerFactory",
    "org.springframework.cache.annotation.Cacheable",
    "org.springframework.data.domain.PageRequest",
    "org.springframework.data.domain.Sort",
    "org.springframework.lang.Nullable",
    "org.springframework.stereotype.Service",
    "org.springframework.transaction.annotation.Transactional",
  ];
  if (parent !== undefined)
    imports.push(`com.example.${parent.module}.${parent.name}`, `com.example.${parent.module}.${parent.name}Repository`);
  const dependencies = [`${name}Repository`, `${name}Mapper`, ...(parent === undefined ? [] : [`${parent.name}Repository`])];
  const members = dependencies.map((type) => `    private final ${type} ${small(type)};`);
  const parameters = dependencies.map((type) => `${type} ${small(type)}`).join(", ");
  const assignments = dependencies.map((type) => `        this.${small(type)} = ${small(type)};`);
  const bodies = Array.from({ length: methods }, (_, i) => method(aggregate, i, random));
  return `${header(aggregate, imports)}@Service
public class ${service} {

    private static final Logger log = LoggerFactory.getLogger(${service}.class);

${members.join("\n")}

    public ${service}(${parameters}) {
${assignments.join("\n")}
    }

${bodies.join("\n")}}
`;
}

function method(aggregate: Aggregate, index: number, random: Random): string {
  const field = random.oneOf(aggregate.fields);
  const shape = random.chance(1) ? loopOverIds : random.oneOf([streamOfDtos, updateAll, report, lookup, lookup, checked, checked, checked]);
  return shape(aggregate, field, index, random);
}

type MethodText = (aggregate: Aggregate, field: Field, index: number, random: Random) => string;

const loopOverIds: MethodText = (
  { name },
  field,
  i,
  random,
) => `${comment(`Collects the ${small(name)}s behind some ids, in their order.`, "    ")}    public List<${name}Dto> load${i}(List<Long> ids) {
        List<${name}Dto> result = new ArrayList<>();
        for (Long id : ids) {
            if (id == null || id < ${random.below(50)}) {
                continue;
            }
            Optional<${name}> found = ${small(name)}Repository.findById(id);
            if (found.isPresent() && found.get().get${capital(field.name)}() != null) {
                result.add(${small(name)}Mapper.toDto(found.get()));
            }
        }
        log.debug("Loaded {} of {}", result.size(), ids.size());
        return result;
    }
`;

const streamOfDtos: MethodText = ({ name }, field, i, random) => `    @Transactional(readOnly = true)
    public Map<Long, ${name}Dto> index${i}(${field.type} ${field.name}) {
        return ${small(name)}Repository.after(null, 0L, PageRequest.of(0, ${10 + random.below(200)}, Sort.by("id"))).stream()
            .filter(entity -> entity.get${capital(field.name)}() != null)
            .filter(entity -> entity.get${capital(field.name)}().equals(${field.name}))
            .map(${small(name)}Mapper::toDto)
            .collect(Collectors.toMap(${name}Dto::getId, dto -> dto, (a, b) -> a));
    }
`;

const updateAll: MethodText = (
  { name },
  field,
  i,
  random,
) => `${comment(`Writes one value to many ${small(name)}s and says how many were changed.`, "    ")}    @Transactional
    public int update${i}(List<Long> ids, ${field.type} ${field.name}) {
        int changed = 0;
        for (${name} entity : ${small(name)}Repository.findAllById(ids)) {
            if (${field.name} == null ? entity.get${capital(field.name)}() == null : ${field.name}.equals(entity.get${capital(field.name)}())) {
                continue;
            }
            entity.set${capital(field.name)}(${field.name});
            changed++;
            if (changed > ${100 + random.below(1000)}) {
                throw new IllegalStateException("Too many ${small(name)}s at once: " + changed);
            }
        }
        return changed;
    }
`;

const report: MethodText = (
  { name },
  field,
  i,
  random,
) => `${random.chance(10) ? `    @Cacheable("${small(name)}Report${i}")\n` : ""}    public Map<String, Long> report${i}() {
        Map<String, Long> counts = new HashMap<>();
        Long last = 0L;
        int page = 0;
        while (page++ < ${2 + random.below(20)}) {
            List<${name}> entities = ${
              random.chance(2)
                ? `${small(name)}Repository.findAll(PageRequest.of(page, 500)).getContent()`
                : `${small(name)}Repository.after(null, last, PageRequest.of(0, 500, Sort.by("id")))`
            };
            if (entities.isEmpty()) {
                break;
            }
            last = entities.get(entities.size() - 1).getId();
            entities.forEach(entity -> counts.merge(String.valueOf(entity.get${capital(field.name)}()), 1L, Long::sum));
            for (${name} child : entities.get(0).getChildren()) {
                switch (child.getChildren().size()) {
                    case 0 -> counts.merge("leaf", 1L, Long::sum);
                    case 1 -> counts.merge("single", 1L, Long::sum);
                    default -> counts.merge("inner", 1L, Long::sum);
                }
            }
        }
        return counts;
    }
`;

const lookup: MethodText = ({ name, parent }, field, i) => `    public ${name}Dto get${i}(Long id) {
        ${name} entity = ${small(name)}Repository.findById(id)
            .orElseThrow(() -> new IllegalArgumentException("There is no ${small(name)} with the id that was asked for, or it belongs to another tenant: " + id));
        try {
            log.info("Found the ${small(name)} with id {} for the caller; its ${field.name} is {} at this time", entity.getId(), entity.get${capital(field.name)}());
${parent === undefined ? "" : `            ${small(parent.name)}Repository.findById(entity.getId()).ifPresent(owner -> log.info("Owned by {}", owner.getId()));\n`}            return ${small(name)}Mapper.toDto(entity);
        } catch (RuntimeException e) {
            log.warn("The ${small(name)} with id {} could not be turned into what clients see of it; the caller gets an error", id, e);
            throw e;
        } finally {
            log.trace("Done with {}", id);
        }
    }
`;

const checked: MethodText = (
  { name },
  field,
  i,
  random,
) => `${comment(`Checks what a caller wants to write before anything is written, and answers with a message for people. The rules are those of release ${random.below(40)}.`, "    ")}    public Optional<String> check${capital(field.name)}${i}(${name} ${small(name)}, @Nullable ${field.type} ${field.name}) {
        if (${small(name)}.getId() == null && ${field.name} == null) {
            log.debug("A new ${small(name)} without ${field.name} was sent; nothing is checked until it has been given one: {}", ${small(name)});
            return Optional.empty();
        }
        if (${field.name} != null && String.valueOf(${field.name}).length() > ${20 + random.below(200)}) {
            return Optional.of("The ${field.name} of the ${small(name)} is longer than the column that it is kept in: " + ${small(name)}.getId());
        }
        return Optional.empty();
    }
`;
