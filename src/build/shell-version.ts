/** How the built service worker says which build it keeps (service-worker-plugin.ts): the literals of this shape. */
const version = /(["'`])[0-9a-f]{12}(?=\1)/g

/**
 * The service worker of a deployment: it keeps the shell with the policy that it came with, so another policy of the same
 * build is another shell, and open tabs learn of it as of any update.
 */
export function withShellVersion(worker: string, deployment: string): string {
  const found = new Set(worker.match(version))
  if (found.size !== 1 || worker.includes('[['))
    throw new Error(`sw.js names ${String(found.size)} builds, or holds "[[", which a server would read.`)
  return worker.replace(version, `$&-${deployment.replaceAll('$', '$$$$')}`)
}
