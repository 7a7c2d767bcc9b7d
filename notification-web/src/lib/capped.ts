/** A number where there is little room. */
export function capped(n: number): string {
  return n > 99 ? "99+" : String(n);
}
