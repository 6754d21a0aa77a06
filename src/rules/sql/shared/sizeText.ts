/** "640 kB", "7.3 MB", "21 GB": as PostgreSQL counts, in powers of 1,024. */
export function sizeText(bytes: number): string {
  let size = bytes / 1_024;
  for (const unit of ["kB", "MB"]) {
    if (size < 1_000) return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${unit}`;
    size /= 1_024;
  }
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} GB`;
}
