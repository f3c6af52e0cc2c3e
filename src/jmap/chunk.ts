/** Splits ids into runs of at most `max`, for maxObjectsInGet and maxObjectsInSet. */
export function chunk<T>(items: readonly T[], max: number): readonly (readonly T[])[] {
  const size = Math.max(1, Math.floor(max))
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size))
  return chunks
}
