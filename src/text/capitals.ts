/** "orderLine" → "OrderLine". */
export const withCapital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** "OrderLine" → "orderLine". */
export const withoutCapital = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
