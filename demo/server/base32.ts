/** Stalwart's base 32: the alphabet does not sort as its values do (M34), which is the point of having it here. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz792013'

export function toBase32(value: bigint | number): string {
  let rest = BigInt(value)
  let text = ''
  do {
    text = ALPHABET.charAt(Number(rest % 32n)) + text
    rest /= 32n
  } while (rest > 0n)
  return text
}

/** Null when a character is not of the alphabet. */
export function fromBase32(text: string): number | null {
  let value = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = value * 32 + digit
  }
  return value
}
