/** Which pins a wall shows: page by page, and at once whatever is new. */

/**
 * @template T
 * @param {T[]} all
 * @param {number} size of one page
 * @param {number} page counted from 0; any number, also beyond the last
 * @returns {T[]}
 */
export function onPage(all, size, page) {
  const at = ((page % pagesOf(all, size)) + pagesOf(all, size)) % pagesOf(all, size);
  return all.slice(at * size, (at + 1) * size);
}

/**
 * @param {unknown[]} all
 * @param {number} size
 */
export const pagesOf = (all, size) => Math.max(1, Math.ceil(all.length / size));

/**
 * What hangs now and did not before.
 * @param {Set<string> | null} before ids; null at first, when nothing is news
 * @param {string[]} now
 */
export const news = (before, now) => (before ? now.filter((id) => !before.has(id)) : []);
