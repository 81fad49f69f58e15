import { limits } from '../domain/limits.ts';

/**
 * A page of events after `$2`, `$3` at most: as many bytes as a page may have and one event beyond, which says that there
 * are more, so that a page of large ones is not fetched to be thrown away. `$1` is the tenant.
 */
export function eventsPage(table: string, condition: string): string {
  return `
    SELECT event FROM (
      SELECT seq, event, coalesce(sum(octet_length(event)) OVER before, 0) AS bytes FROM (
        SELECT seq, event FROM ${table} WHERE ${condition} AND seq > $2 ORDER BY seq LIMIT $3
      ) AS following
      WINDOW before AS (ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ) AS counted
    WHERE bytes <= ${limits.pageBytes} ORDER BY seq`;
}
