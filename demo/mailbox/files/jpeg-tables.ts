/** Tables of baseline JPEG (ITU-T T.81, annex K). */

/** Order in which the 64 coefficients of a block are sent. */
export const zigzag: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]

/** Table K.1, for brightness; used for colour as well, which only costs a few bytes. */
export const quantisation: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
]

export interface HuffmanTable {
  /** How many codes have each length from 1 to 16. */
  readonly counts: readonly number[]
  readonly values: readonly number[]
}

/** Table K.3. */
export const dcTable: HuffmanTable = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
}

/**
 * A table of our own: every pair of run and size as one code of eight bits would need 162 codes and there are 255, so
 * all fit. Larger than annex K's by a little, and there is nothing to copy wrongly.
 */
export const acTable: HuffmanTable = {
  counts: [0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0],
  values: [
    0x00,
    0xf0,
    ...Array.from({ length: 160 }, (_, index) => (Math.floor(index / 10) << 4) | ((index % 10) + 1)),
  ],
}

/** Codes by value: [bits, length]. */
export function codesOf({ counts, values }: HuffmanTable): Map<number, readonly [number, number]> {
  const codes = new Map<number, readonly [number, number]>()
  let code = 0
  let next = 0
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i++) codes.set(values[next++] ?? 0, [code++, index + 1])
    code <<= 1
  })
  return codes
}
