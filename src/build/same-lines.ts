/** `to` in place of `from`, as many lines long: what stays in a library keeps its line numbers, and its source map is right. */
export function sameLines(from: string, to: string): string {
  return to + '\n'.repeat(from.split('\n').length - to.split('\n').length)
}

/** The library's text with another one where the pattern meets. A library that reads otherwise fails the build. */
export function replacePart(library: string, code: string, part: RegExp, to = ''): string {
  const found = part.exec(code)?.[0]
  if (found === undefined) throw new Error(`${library} does not read as it did: ${String(part)}`)
  return code.replace(found, () => sameLines(found, to))
}
