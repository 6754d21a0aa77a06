import type { JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import { annotationValue, constantTexts } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import type { HttpVerb } from "./endpoint.ts";

/** `${api.base:/rest}`: what holds where nobody sets the property. */
const DEFAULTED = /\$\{[^}:]+:([^}]*)\}/g;

/** The paths of a mapping, constants and the defaults of properties put in; "" where none is written. */
export function pathsOf(types: TypeIndex, annotation: JavaAnnotation | undefined, { file, type }: TypeEntry): readonly string[] {
  const value = annotationValue(annotation, "value") ?? annotationValue(annotation, "path");
  const texts = value === undefined ? [] : constantTexts(value, { file, type }, types);
  const paths = texts.map((text) => text.replace(DEFAULTED, "$1"));
  return paths.length === 0 ? [""] : paths;
}

export function joinPaths(base: string, path: string): string {
  const joined = [base, path].map((part) => part.replace(/^\/+|\/+$/g, "")).filter((part) => part !== "");
  return joined.length === 0 ? (base + path === "" ? "" : "/") : `/${joined.join("/")}`;
}

/** `{id : \d+}`, `{code:[A-Z]{3}}` */
const PATTERNED = /\{\s*([\w.-]+)\s*:(?:[^{}]|\{[^{}]*\})*\}/g;

/** "GET /api/owners/{id}", patterns of variables left out; by the method's name where the path is not known. */
export const labelOf = (verb: HttpVerb, path: string, { name }: JavaMethod): string =>
  `${verb} ${path === "" ? name : path.replace(PATTERNED, "{$1}")}`;

/** What says which part of the rows is asked for, whoever asks. */
export const PAGING_NAMES =
  /^(?:page|size|pageSize|pageNumber|pageNo|perPage|limit|offset|sort|sortBy|sortOrder|sortProperty|order|orderBy|direction|lang|language|locale)$/i;
