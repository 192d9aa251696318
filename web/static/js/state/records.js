/** Small changes to records and lists that leave the old value as it was. */

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string} key
 * @returns {Record<string, T>}
 */
export function without(record, key) {
  const { [key]: _, ...rest } = record;
  return rest;
}

/**
 * The record with one value changed, if the key is there.
 * @template T
 * @param {Record<string, T>} record
 * @param {string} key
 * @param {Partial<T>} change
 * @returns {Record<string, T>}
 */
export const amended = (record, key, change) =>
  key in record ? { ...record, [key]: { ...record[key], ...change } } : record;

/**
 * The list with the entries of one id changed.
 * @template {{ id: string }} T
 * @param {T[]} list
 * @param {string} id
 * @param {Partial<T>} change
 * @returns {T[]}
 */
export const changed = (list, id, change) =>
  list.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));

/**
 * The list with or without a value.
 * @template T
 * @param {T[]} list
 * @param {T} value
 * @param {boolean} on
 * @returns {T[]}
 */
export const having = (list, value, on) => {
  const others = list.filter((each) => each !== value);
  return on ? [...others, value] : others;
};
