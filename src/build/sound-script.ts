import { parseSync } from 'vite'

/**
 * Throws for a script that browsers refuse as a whole, such as one that exports a name which nothing in it has: a bundler
 * that cuts a circle of scripts apart wrongly writes that, and no minifier minds.
 */
export function demandSound(path: string, code: string): void {
  const [fault] = parseSync(path, code, { sourceType: 'module', showSemanticErrors: true }).errors
  if (fault) throw new Error(`${path} is refused by browsers: ${fault.message}`)
}
