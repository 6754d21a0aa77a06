/** The numbers of a query's parameters, one for each place. */
export function numbersIn(sql: string): readonly number[] {
  const numbers: number[] = [];
  replaced(sql, (place, number) => {
    numbers.push(number);
    return place;
  });
  return numbers;
}

/** The query with other text in place of `$1`, `$2`, …; what stands in quotes is no parameter. `cast` says whether a type stands behind. */
export function replaced(sql: string, by: (place: string, number: number, cast: boolean) => string): string {
  return sql.replace(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)(?!\d)(?=(::)?)/g,
    (match, number: string | undefined, cast: string | undefined) =>
      number === undefined ? match : by(match, Number(number), cast !== undefined),
  );
}
