import type { AnnotationValue, JavaAnnotation, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { annotationNamed } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";

/** Whether a path says that administrators use what it leads to: not other services, tests or imports, which few people start, too. */
export const isPathOfAdministrators = (path: string): boolean => ADMIN_PATH.test(path);

const ADMIN_PATH = /\/(?:(?:\w+-)*(?:super|sys)?admin(?:-\w+)*|administration|manage|management|back-?office)(?:\/|$)/i;

/** Whether nobody but administrators may run a method: what stands on it counts instead of what stands on its class. */
export const guardAdmitsAdministrators = (type: JavaType, method: JavaMethod): boolean => admitsOnly(type, method, isRoleOfAdministrators);

/** The same of those who run the whole application, which are few: each tenant of it has an administrator of its own. */
export const guardAdmitsOperators = (type: JavaType, method: JavaMethod): boolean =>
  admitsOnly(type, method, (role) => isRoleOfAdministrators(role) && !OF_A_PART.test(role));

const OF_A_PART = /^(?:ROLE_|SCOPE_)?(?:tenant|org|site)[_.-]?admin/i;

type RoleTest = (role: string) => boolean;

const admitsOnly = (type: JavaType, { annotations }: JavaMethod, isOne: RoleTest): boolean =>
  annotationNamed(annotations, ...GUARDS) === undefined
    ? admitsAdministrators(annotations, isOne) || admitsAdministrators(type.annotations, isOne)
    : admitsAdministrators(annotations, isOne);

/** By Spring Security's annotations, Jakarta's, Shiro's, or one of the project's own by its name. */
const admitsAdministrators = (annotations: readonly JavaAnnotation[], isOne: RoleTest): boolean =>
  annotations.some(({ name, values }) => {
    const bare = bareName(name);
    if (OWN.test(bare)) return true;
    if (!GUARDS.some((guard) => guard === bare)) return false;
    const asked = values.flatMap(({ value }) => rolesIn(value));
    return asked.length > 0 && asked.every((role) => isOne(role) || ASKS_FOR_ADMINISTRATOR.test(role));
  });

const GUARDS = ["PreAuthorize", "Secured", "RolesAllowed", "RequiresRoles", "SaCheckRole"] as const;
const OWN =
  /^(?:Is|Has|Only|Requires?|For)?(?:Super|Sys|System|Platform|Global)?Admin(?:istrator)?s?(?:Only|Access|Required|Role|Users?)?$/;
/** "@guard.isAdmin()": a bean that is asked for nothing else. */
const ASKS_FOR_ADMINISTRATOR = /^@\w+\.(?:is|has|require)(?:Super|Sys|System|Global)?Admin(?:istrator)?(?:Role|Rights)?\(\w*\)$/;

/** "ADMIN", "ROLE_SUPER_ADMIN", "admin:write". */
export const isRoleOfAdministrators = (role: string): boolean => ADMIN_ROLE.test(role);

const ADMIN_ROLE =
  /^(?:ROLE_|SCOPE_)?(?:(?:sys|system|super|global|platform|app|application|tenant|org|site)[_.-]?)?admin(?:istrator)?s?(?:[_:.-]\w+)*$/i;

/** "hasAnyRole('ADMIN', 'OWNER')": ADMIN and OWNER; `Roles.ADMIN` as its last name. An expression that asks for nothing by a role gives itself. */
function rolesIn(value: AnnotationValue): readonly string[] {
  switch (value.kind) {
    case "text": {
      const quoted = [...value.text.matchAll(/['"]([^'"]*)['"]/g)].map(([, role = ""]) => role);
      return quoted.length > 0 ? quoted : [value.text];
    }
    case "reference":
      return [value.name.slice(value.name.lastIndexOf(".") + 1)];
    case "array":
      return value.values.flatMap(rolesIn);
    case "concatenation":
      // "hasRole('" + Roles.ADMIN + "')"
      return value.parts.flatMap((part) => (part.kind === "reference" ? rolesIn(part) : []));
    default:
      return [];
  }
}
