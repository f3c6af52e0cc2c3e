/** Hosts as people read them (RFC 3492): the browser itself shows no way to read an `xn--` host. */

/** Labels that are no punycode stay as they are. */
export function toUnicode(hostname: string): string {
  return hostname
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.')
}

function decodePunycode(input: string): string | null {
  const delimiter = input.lastIndexOf('-')
  const output = Array.from(delimiter > 0 ? input.slice(0, delimiter) : '', (c) => c.codePointAt(0) ?? 0)
  let [n, i, bias] = [128, 0, 72]
  for (let at = delimiter > 0 ? delimiter + 1 : 0; at < input.length;) {
    const previous = i
    let weight = 1
    for (let k = 36; ; k += 36) {
      const digit = digitOf(input.charCodeAt(at++))
      if (digit < 0) return null
      i += digit * weight
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < threshold) break
      weight *= 36 - threshold
    }
    const length = output.length + 1
    bias = adapt(i - previous, length, previous === 0)
    n += Math.floor(i / length)
    i %= length
    if (n > 0x10ffff) return null
    output.splice(i++, 0, n)
  }
  return String.fromCodePoint(...output)
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 22
  if (code >= 97 && code <= 122) return code - 97
  return -1
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : delta >> 1
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35)
  return k + Math.floor((36 * rest) / (rest + 38))
}
