import type { Aggregate, Field } from "./corpus.ts";
import { capital, header, small } from "./corpusData.ts";
import type { Random } from "./random.ts";

export function controllerText(aggregate: Aggregate, random: Random): string {
  const { name, table, fields } = aggregate;
  const imports = [
    "java.math.BigDecimal",
    "java.time.Instant",
    "java.util.List",
    "io.swagger.v3.oas.annotations.Operation",
    "org.springframework.data.domain.Page",
    "org.springframework.data.domain.PageRequest",
    "org.springframework.data.domain.Sort",
    "org.springframework.http.HttpStatus",
    "org.springframework.http.ResponseEntity",
    "org.springframework.web.bind.annotation.*",
  ];
  const everything = random.chance(2);
  const searches = fields.slice(0, 4).map((field) => search(aggregate, field, random));
  return `${header(aggregate, imports)}@RestController
@RequestMapping("/api/${table.replaceAll("_", "-")}")
public class ${name}Controller {

    private final ${name}Service service;
    private final ${name}Repository repository;
    private final ${name}Mapper mapper;

    public ${name}Controller(${name}Service service, ${name}Repository repository, ${name}Mapper mapper) {
        this.service = service;
        this.repository = repository;
        this.mapper = mapper;
    }

    @GetMapping("/{id}")
    public ResponseEntity<${name}Dto> one(@PathVariable Long id) {
        return repository.findById(id)
            .map(mapper::toDto)
            .map(ResponseEntity::ok)
            .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @GetMapping
    public ${everything ? `List<${name}Dto>` : `Page<${name}Dto>`} all(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
        return ${everything ? "mapper.toDtos(repository.findAll())" : `repository.findAll(PageRequest.of(page, Math.min(size, 200), Sort.by("id"))).map(mapper::toDto)`};
    }

${searches.join("\n")}
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    public ${name}Dto create(@RequestBody ${name}Dto dto) {
        ${name} entity = new ${name}();
        mapper.update(entity, dto);
        return mapper.toDto(repository.save(entity));
    }

    @DeleteMapping("/{id}")
    public ResponseEntity<Void> delete(@PathVariable Long id) {
        if (!repository.existsById(id)) {
            return ResponseEntity.notFound().build();
        }
        repository.deleteById(id);
        return ResponseEntity.noContent().build();
    }
}
`;
}

function search({ name }: Aggregate, { name: field, type }: Field, random: Random): string {
  const limit = 10 + random.below(500);
  const body = random.chance(1)
    ? `        List<${name}Dto> result = new java.util.ArrayList<>();
        for (${name} ${small(name)} : repository.findAll()) {
            if (result.size() < limit && ${field}.equals(${small(name)}.get${capital(field)}())) {
                result.add(mapper.toDto(${small(name)}));
            }
        }
        return result;`
    : `        return mapper.toDtos(repository.findBy${capital(field)}In(List.of(${field}), PageRequest.of(0, Math.min(limit, ${limit}), Sort.by("id"))));`;
  return `    @Operation(
        summary = "Returns the ${small(name)}s with a given ${field}",
        description = "Finds the ${small(name)}s whose ${field} is exactly the one given, ordered by id. The number of results is bounded by the limit, "
            + "which may not be larger than ${limit}; callers that need all of them walk through the pages of the list endpoint instead. "
            + "Available for users with 'TENANT_ADMIN' or 'CUSTOMER_USER' authority.")
    @GetMapping("/by-${field.toLowerCase()}")
    public List<${name}Dto> by${capital(field)}(@RequestParam ${type} ${field}, @RequestParam(defaultValue = "${limit}") int limit) {
${body}
    }
`;
}
