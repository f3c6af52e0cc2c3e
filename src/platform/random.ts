/** Randomness as a dependency: seeded in tests. */
export interface Random {
  /** In [0, 1). */
  next(): number
  uuid(): string
}

export const systemRandom: Random = {
  next: () => Math.random(),
  uuid: () => crypto.randomUUID(),
}
