/** Applies a unified diff by its text: line numbers drift as the sources grow, what a hunk replaces must be there once. */

/** The patched files by path. `read` gives the present text of one. */
export function applyPatch(patch: string, read: (path: string) => string): Map<string, string> {
  const files = new Map<string, string>()
  for (const part of patch.split(/^--- .*\n/m).slice(1)) {
    const path = /^\+\+\+ (?:b\/)?(\S+)/.exec(part)?.[1]
    if (path === undefined) throw new Error('a patch names no file')
    let text = files.get(path) ?? read(path)
    for (const hunk of part.split(/^@@ .*\n/m).slice(1)) text = applyHunk(text, hunk, path)
    files.set(path, text)
  }
  if (files.size === 0) throw new Error('a patch is empty')
  return files
}

function applyHunk(text: string, hunk: string, path: string): string {
  const lines = hunk.split('\n').filter((line) => /^[ +-]/.test(line))
  const side = (drop: string): string =>
    lines
      .filter((line) => !line.startsWith(drop))
      .map((line) => line.slice(1))
      .join('\n')
  const before = side('+')
  const parts = text.split(before)
  if (parts.length !== 2) throw new Error(`${path}: a hunk fits ${parts.length - 1} times:\n${before}`)
  return parts.join(side('-'))
}
